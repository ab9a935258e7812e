//! PostgreSQL, for a city and for several nodes behind a balancer.

mod dialect;
#[path = "../../store/sql/mod.rs"]
mod sql;
#[cfg(feature = "testing")]
pub mod testing;

use sqlx::{
    Pool,
    postgres::{PgConnectOptions, PgPoolOptions},
};
use std::{str::FromStr as _, time::Duration};
use store::{Result, StoreError};

/// The engine all queries of `store/sql` are compiled for here.
pub type Db = sqlx::Postgres;

static MIGRATIONS: sqlx::migrate::Migrator = sqlx::migrate!();

/// The store over a PostgreSQL database. Cheap to clone.
#[derive(Debug, Clone)]
pub struct SqlStore {
    pub(crate) writer: Pool<Db>,
    pub(crate) reader: Pool<Db>,
}

impl SqlStore {
    /// Connects to `postgres://user:password@host:port/database` and brings its tables up to date.
    ///
    /// # Errors
    /// [`StoreError::Engine`] if there is no answer, or the tables were made by a newer program.
    pub async fn connect(url: &str) -> Result<Self> {
        let options = PgConnectOptions::from_str(url).map_err(dialect::error)?.application_name("minyi");
        let pool = PgPoolOptions::new()
            .max_connections(24)
            .acquire_timeout(Duration::from_secs(10))
            .connect_with(options)
            .await
            .map_err(dialect::error)?;
        MIGRATIONS.run(&pool).await.map_err(|error| StoreError::Engine(Box::new(error)))?;
        Ok(Self { writer: pool.clone(), reader: pool })
    }

    /// What an error of the engine means. `query!(…).await.map_err(|error| self.error(error))?`
    #[expect(clippy::unused_self, reason = "the other engine needs its list of index names")]
    pub(crate) fn error(&self, error: sqlx::Error) -> StoreError {
        dialect::error(error)
    }

    /// Ends all connections.
    pub async fn close(&self) {
        self.writer.close().await;
    }
}
