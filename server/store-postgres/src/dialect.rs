//! What differs between the engines.

use crate::{
    Db, SqlStore,
    sql::dump::{Kind, Table},
};
use sqlx::{Row as _, Transaction};
use store::{Result, StoreError};

/// A write transaction.
pub(crate) type Tx = Transaction<'static, Db>;

/// Begins a write transaction. Whoever reads in order to write locks the row first, by an `UPDATE` that changes nothing.
pub(crate) async fn begin(store: &SqlStore) -> Result<Tx> {
    store.writer.begin().await.map_err(error)
}

/// Begins a read transaction: one consistent picture.
pub(crate) async fn begin_read(store: &SqlStore) -> Result<Tx> {
    store.reader.begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").await.map_err(error)
}

/// Lets rows refer to rows that come later, until the transaction ends.
pub(crate) async fn defer_foreign_keys(store: &SqlStore, tx: &mut Tx) -> Result<()> {
    sqlx::query("SET CONSTRAINTS ALL DEFERRED").execute(&mut **tx).await.map_err(|error| store.error(error))?;
    Ok(())
}

/// Our tables with their columns.
pub(crate) async fn tables(store: &SqlStore, tx: &mut Tx) -> Result<Vec<Table>> {
    let rows = sqlx::query(
        "SELECT table_name::text, column_name::text, data_type::text FROM information_schema.columns
         WHERE table_schema = current_schema() AND substr(table_name, 1, 5) <> '_sqlx'
         ORDER BY table_name::text COLLATE \"C\", column_name::text COLLATE \"C\"",
    )
    .fetch_all(&mut **tx)
    .await
    .map_err(|error| store.error(error))?;
    let mut tables: Vec<Table> = Vec::new();
    for row in rows {
        let (name, column, kind): (String, String, String) = (row.get(0), row.get(1), row.get(2));
        let kind = match kind.as_str() {
            "bigint" => Kind::Integer,
            "bytea" => Kind::Bytes,
            "boolean" => Kind::Boolean,
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
pub(crate) async fn commit(_store: &SqlStore, tx: Tx) -> Result<()> {
    tx.commit().await.map_err(error)
}

pub(crate) fn error(error: sqlx::Error) -> StoreError {
    if let sqlx::Error::PoolTimedOut = error {
        return StoreError::Busy;
    }
    let Some(database) = error.as_database_error() else { return StoreError::Engine(Box::new(error)) };
    if database.is_foreign_key_violation() {
        return StoreError::Conflict("foreign_key".to_owned());
    }
    if let Some(constraint) = database.constraint() {
        return StoreError::Conflict(constraint.to_owned());
    }
    // Serialisation failure, deadlock, lock timeout, too many connections, shutting down.
    match database.code().as_deref() {
        Some("40001" | "40P01" | "55P03" | "53300" | "57P01" | "57P03") => StoreError::Busy,
        _ => StoreError::Engine(Box::new(error)),
    }
}
