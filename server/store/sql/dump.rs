//! Backups. The tables are asked for by name at run time, so these few queries alone are not checked when compiled.

use crate::{Db, SqlStore, dialect, dialect::Tx};
use async_trait::async_trait;
use data_encoding::BASE64;
use futures::TryStreamExt as _;
use serde_json::{Value, json};
use sqlx::{AssertSqlSafe, QueryBuilder, Row as _};
use store::{Dump, Result, Sink, Source, StoreError};

/// Tables that a new database has rows in.
const SEEDED: [&str; 3] = ["areas", "audit_head", "installation"];
/// Rows of one INSERT; with at most 25 columns this stays below both engines' limits.
const BATCH: usize = 500;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Integer,
    Text,
    Bytes,
    Boolean,
}

impl Kind {
    const fn name(self) -> &'static str {
        match self {
            Self::Integer => "integer",
            Self::Text => "text",
            Self::Bytes => "bytes",
            Self::Boolean => "boolean",
        }
    }
}

/// A table with its columns in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Table {
    pub(crate) name: String,
    pub(crate) columns: Vec<(String, Kind)>,
}

impl Table {
    /// `a, b, c`. Names come from the database's own catalogue, and hold letters and underscores only.
    fn list(&self) -> String {
        self.columns.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>().join(", ")
    }

    fn head(&self) -> Value {
        let columns: Vec<Value> = self.columns.iter().map(|(name, kind)| json!([name, kind.name()])).collect();
        json!({ "table": self.name, "columns": columns })
    }
}

fn lost(error: std::io::Error) -> StoreError {
    StoreError::Engine(Box::new(error))
}

fn cell(row: &<Db as sqlx::Database>::Row, index: usize, kind: Kind) -> core::result::Result<Value, sqlx::Error> {
    Ok(match kind {
        Kind::Integer => row.try_get::<Option<i64>, _>(index)?.map_or(Value::Null, Value::from),
        Kind::Text => row.try_get::<Option<String>, _>(index)?.map_or(Value::Null, Value::from),
        Kind::Boolean => row.try_get::<Option<bool>, _>(index)?.map_or(Value::Null, Value::from),
        Kind::Bytes => {
            row.try_get::<Option<Vec<u8>>, _>(index)?.map_or(Value::Null, |bytes| BASE64.encode(&bytes).into())
        }
    })
}

/// A row of a backup, each value as its column's kind asks.
fn values(table: &Table, line: &str) -> Result<Vec<Value>> {
    let row: Vec<Value> = serde_json::from_str(line).map_err(|_| StoreError::Corrupt("backup"))?;
    if row.len() == table.columns.len() { Ok(row) } else { Err(StoreError::Corrupt("backup")) }
}

async fn insert(store: &SqlStore, tx: &mut Tx, table: &Table, rows: &[Vec<Value>]) -> Result<()> {
    if rows.is_empty() {
        return Ok(());
    }
    let decoded: Vec<Vec<Option<Vec<u8>>>> = rows
        .iter()
        .map(|row| {
            let bytes = |(value, (_, kind)): (&Value, &(String, Kind))| match (kind, value.as_str()) {
                (Kind::Bytes, Some(text)) => {
                    BASE64.decode(text.as_bytes()).map(Some).map_err(|_| StoreError::Corrupt("backup"))
                }
                _ => Ok(None),
            };
            row.iter().zip(&table.columns).map(bytes).collect()
        })
        .collect::<Result<_>>()?;
    let mut query = QueryBuilder::<Db>::new(format!("INSERT INTO {} ({}) ", table.name, table.list()));
    query.push_values(rows.iter().zip(&decoded), |mut cells, (row, bytes)| {
        for ((value, (_, kind)), bytes) in row.iter().zip(&table.columns).zip(bytes) {
            match kind {
                Kind::Integer => cells.push_bind(value.as_i64()),
                Kind::Text => cells.push_bind(value.as_str().map(str::to_owned)),
                Kind::Boolean => cells.push_bind(value.as_bool()),
                Kind::Bytes => cells.push_bind(bytes.clone()),
            };
        }
    });
    query.build().execute(&mut **tx).await.map_err(|error| store.error(error))?;
    Ok(())
}

/// Everything but what every new database has must be absent.
async fn must_be_empty(store: &SqlStore, tx: &mut Tx, tables: &[Table]) -> Result<()> {
    for table in tables.iter().filter(|table| !SEEDED.contains(&table.name.as_str())) {
        let any = sqlx::query(AssertSqlSafe(format!("SELECT 1 FROM {} LIMIT 1", table.name)));
        if any.fetch_optional(&mut **tx).await.map_err(|error| store.error(error))?.is_some() {
            return Err(StoreError::Conflict("not_empty".to_owned()));
        }
    }
    for name in SEEDED {
        let clear = sqlx::query(AssertSqlSafe(format!("DELETE FROM {name}")));
        clear.execute(&mut **tx).await.map_err(|error| store.error(error))?;
    }
    Ok(())
}

#[async_trait]
impl Dump for SqlStore {
    async fn dump(&self, sink: Sink<'_>) -> Result<u64> {
        let mut tx = dialect::begin_read(self).await?;
        let mut count = 0u64;
        sink(json!({ "minyi_backup": 1 }).to_string()).map_err(lost)?;
        for table in dialect::tables(self, &mut tx).await? {
            sink(table.head().to_string()).map_err(lost)?;
            let query = sqlx::query(AssertSqlSafe(format!("SELECT {} FROM {}", table.list(), table.name)));
            let mut rows = query.fetch(&mut *tx);
            while let Some(row) = rows.try_next().await.map_err(|error| self.error(error))? {
                let cells = table.columns.iter().enumerate().map(|(index, (_, kind))| cell(&row, index, *kind));
                let cells: Vec<Value> =
                    cells.collect::<core::result::Result<_, _>>().map_err(|error| self.error(error))?;
                sink(Value::from(cells).to_string()).map_err(lost)?;
                count += 1;
            }
        }
        sink(json!({ "rows": count }).to_string()).map_err(lost)?;
        Ok(count)
    }

    async fn restore(&self, source: Source<'_>) -> Result<u64> {
        let broken = StoreError::Corrupt("backup");
        let mut tx = dialect::begin(self).await?;
        dialect::defer_foreign_keys(self, &mut tx).await?;
        let tables = dialect::tables(self, &mut tx).await?;
        must_be_empty(self, &mut tx, &tables).await?;
        if source.next().transpose().map_err(lost)?.as_deref() != Some(r#"{"minyi_backup":1}"#) {
            return Err(broken);
        }
        let (mut table, mut rows, mut count): (Option<&Table>, Vec<Vec<Value>>, u64) = (None, Vec::new(), 0);
        while let Some(line) = source.next().transpose().map_err(lost)? {
            if let (Some(table), true) = (table, line.starts_with('[')) {
                rows.push(values(table, &line)?);
                count += 1;
                if rows.len() < BATCH {
                    continue;
                }
            }
            if let Some(table) = table {
                insert(self, &mut tx, table, &rows).await?;
                rows.clear();
            }
            if line.starts_with('[') {
                continue;
            }
            let head: Value = serde_json::from_str(&line).map_err(|_| StoreError::Corrupt("backup"))?;
            if head["rows"] == count {
                dialect::commit(self, tx).await?;
                return Ok(count);
            }
            // A table this program does not know, or knows with other columns: the backup is another version's.
            let known = tables.iter().find(|table| table.head() == head);
            table = Some(
                known.ok_or_else(|| StoreError::Conflict(format!("backup of another version: {}", head["table"])))?,
            );
        }
        Err(broken)
    }
}
