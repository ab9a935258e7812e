//! The embedded default: one SQLite file in WAL mode, one writer connection, a pool of readers.

mod dialect;
#[path = "../../store/sql/mod.rs"]
mod sql;

/// The engine all queries of `store/sql` are compiled for here.
pub type Db = sqlx::Sqlite;
