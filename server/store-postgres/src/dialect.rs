//! What differs between the engines.

use crate::{Db, SqlStore};
use sqlx::Transaction;
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
