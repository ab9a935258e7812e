//! The queries, compiled by each engine crate against its own `crate::Db`, so that every one is checked against both schemas.
//!
//! Portable subset: BIGINT, BOOLEAN, TEXT, BLOB/BYTEA; time as milliseconds UTC; `$1`; `RETURNING`; `ON CONFLICT`.
//! A row is locked by an `UPDATE` that changes nothing (`SET id = id … RETURNING`): on PostgreSQL it takes the row's
//! lock until the transaction ends, on SQLite the writer is alone anyway.

mod accounts;
mod areas;
mod audit;
pub(crate) mod dump;
mod grants;
mod health;
mod import_match;
mod imports;
mod jobs;
mod list;
mod notices;
mod polls;
mod roll;
mod rows;
mod sessions;
mod throttles;
mod verifications;
mod workbench;

impl store::Store for crate::SqlStore {}
