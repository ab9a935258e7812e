//! PostgreSQL, for a city and for several nodes behind a balancer.

mod dialect;
#[path = "../../store/sql/mod.rs"]
mod sql;

/// The engine all queries of `store/sql` are compiled for here.
pub type Db = sqlx::Postgres;
