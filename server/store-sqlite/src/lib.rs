//! The embedded default: one SQLite file in WAL mode, one writer connection, a pool of readers.

mod dialect;
#[path = "../../store/sql/mod.rs"]
mod sql;

use sqlx::{
    Pool,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};
use std::{collections::HashMap, path::Path, sync::Arc, time::Duration};
use store::{Result, StoreError};

/// The engine all queries of `store/sql` are compiled for here.
pub type Db = sqlx::Sqlite;

static MIGRATIONS: sqlx::migrate::Migrator = sqlx::migrate!();

/// The store over one SQLite file. Cheap to clone.
#[derive(Debug, Clone)]
pub struct SqlStore {
    /// One connection: writers queue here instead of failing in SQLite.
    pub(crate) writer: Pool<Db>,
    pub(crate) reader: Pool<Db>,
    unique: Arc<HashMap<String, String>>,
}

impl SqlStore {
    /// Opens the file, making it if need be, and brings its tables up to date.
    ///
    /// # Errors
    /// [`StoreError::Engine`] if the file cannot be opened or was made by a newer program.
    pub async fn connect(path: &Path) -> Result<Self> {
        let options = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(Duration::from_secs(10))
            .statement_cache_capacity(512)
            .pragma("cache_size", "-16000")
            .pragma("temp_store", "memory");
        let writer = SqlitePoolOptions::new()
            .max_connections(1)
            .acquire_timeout(Duration::from_secs(10))
            .connect_with(options.clone())
            .await
            .map_err(dialect::engine)?;
        MIGRATIONS.run(&writer).await.map_err(|error| StoreError::Engine(Box::new(error)))?;
        let readers = u32::try_from(std::thread::available_parallelism().map_or(2, usize::from)).unwrap_or(2) + 2;
        let reader = SqlitePoolOptions::new()
            .max_connections(readers)
            .acquire_timeout(Duration::from_secs(10))
            .connect_with(options.pragma("query_only", "on"))
            .await
            .map_err(dialect::engine)?;
        let unique = Arc::new(dialect::unique_names(&writer).await.map_err(dialect::engine)?);
        Ok(Self { writer, reader, unique })
    }

    /// What an error of the engine means. `query!(…).await.map_err(|error| self.error(error))?`
    pub(crate) fn error(&self, error: sqlx::Error) -> StoreError {
        dialect::error(&self.unique, error)
    }

    /// Ends all connections, writing back the log.
    pub async fn close(&self) {
        self.reader.close().await;
        self.writer.close().await;
    }
}
