//! What differs between the engines.

use crate::{
    Db, SqlStore,
    sql::dump::{Kind, Table},
};
use sqlx::{Pool, Row as _, Transaction};
use std::collections::HashMap;
use store::{Result, StoreError};

/// A write transaction.
pub(crate) type Tx = Transaction<'static, Db>;

/// Begins a write transaction: the only writer from the start, so that it never has to give up half-way.
pub(crate) async fn begin(store: &SqlStore) -> Result<Tx> {
    store.writer.begin_with("BEGIN IMMEDIATE").await.map_err(|error| store.error(error))
}

/// Begins a read transaction: one consistent picture.
pub(crate) async fn begin_read(store: &SqlStore) -> Result<Tx> {
    store.reader.begin().await.map_err(|error| store.error(error))
}

/// Lets rows refer to rows that come later, until the transaction ends.
pub(crate) async fn defer_foreign_keys(store: &SqlStore, tx: &mut Tx) -> Result<()> {
    sqlx::query("PRAGMA defer_foreign_keys = ON").execute(&mut **tx).await.map_err(|error| store.error(error))?;
    Ok(())
}

/// Our tables with their columns.
pub(crate) async fn tables(store: &SqlStore, tx: &mut Tx) -> Result<Vec<Table>> {
    let rows = sqlx::query(
        "SELECT m.name, c.name, c.type FROM sqlite_schema m, pragma_table_info(m.name) c
         WHERE m.type = 'table' AND substr(m.name, 1, 5) <> '_sqlx' AND substr(m.name, 1, 7) <> 'sqlite_' ORDER BY m.name, c.name",
    )
    .fetch_all(&mut **tx)
    .await
    .map_err(|error| store.error(error))?;
    let mut tables: Vec<Table> = Vec::new();
    for row in rows {
        let (name, column, kind): (String, String, String) = (row.get(0), row.get(1), row.get(2));
        let kind = match kind.as_str() {
            "BIGINT" => Kind::Integer,
            "BLOB" => Kind::Bytes,
            "BOOLEAN" => Kind::Boolean,
            _ => Kind::Text,
        };
        match tables.last_mut().filter(|table| table.name == name) {
            Some(table) => table.columns.push((column, kind)),
            None => tables.push(Table { name, columns: vec![(column, kind)] }),
        }
    }
    Ok(tables)
}

/// Makes it durable.
pub(crate) async fn commit(store: &SqlStore, tx: Tx) -> Result<()> {
    tx.commit().await.map_err(|error| store.error(error))
}

pub(crate) fn engine(error: sqlx::Error) -> StoreError {
    error_named(&HashMap::new(), error)
}

pub(crate) fn error(unique: &HashMap<String, String>, error: sqlx::Error) -> StoreError {
    error_named(unique, error)
}

fn error_named(unique: &HashMap<String, String>, error: sqlx::Error) -> StoreError {
    if let sqlx::Error::PoolTimedOut = error {
        return StoreError::Busy;
    }
    let Some(database) = error.as_database_error() else { return StoreError::Engine(Box::new(error)) };
    let message = database.message();
    if database.is_foreign_key_violation() {
        return StoreError::Conflict("foreign_key".to_owned());
    }
    if let Some(columns) = message.strip_prefix("UNIQUE constraint failed: ") {
        let name = columns.strip_prefix("index '").map(|name| name.trim_end_matches('\''));
        let name = name.or_else(|| unique.get(columns).map(String::as_str)).unwrap_or(columns);
        return StoreError::Conflict(name.to_owned());
    }
    if let Some(name) = message.strip_prefix("CHECK constraint failed: ") {
        return StoreError::Conflict(name.to_owned());
    }
    // SQLITE_BUSY and SQLITE_LOCKED with all their extended codes.
    let code = database.code().and_then(|code| code.parse::<u32>().ok()).unwrap_or_default();
    if matches!(code & 0xff, 5 | 6) { StoreError::Busy } else { StoreError::Engine(Box::new(error)) }
}

/// "table.column, table.column" as SQLite words it → the name of the unique index, `<table>_pkey` for primary keys.
pub(crate) async fn unique_names(pool: &Pool<Db>) -> core::result::Result<HashMap<String, String>, sqlx::Error> {
    let rows = sqlx::query(
        "SELECT m.name AS tab, l.name AS idx, l.origin AS origin, group_concat(m.name || '.' || i.name, ', ') AS cols
         FROM sqlite_schema m, pragma_index_list(m.name) l, pragma_index_info(l.name) i
         WHERE m.type = 'table' AND l.\"unique\" = 1 GROUP BY m.name, l.name ORDER BY m.name, l.name",
    )
    .fetch_all(pool)
    .await?;
    Ok(rows
        .iter()
        .map(|row| {
            let index: String = row.get("idx");
            let name = if row.get::<String, _>("origin") == "pk" {
                format!("{}_pkey", row.get::<String, _>("tab"))
            } else {
                index
            };
            (row.get::<String, _>("cols"), name)
        })
        .collect())
}
