//! Backups: every table as lines of JSON, the same for both engines, so that a backup of one reads back into the other.

use crate::Result;
use async_trait::async_trait;

/// Takes the lines of a backup, without line ends.
pub type Sink<'a> = &'a mut (dyn FnMut(String) -> std::io::Result<()> + Send);
/// Gives the lines of a backup.
pub type Source<'a> = &'a mut (dyn Iterator<Item = std::io::Result<String>> + Send);

/// Backups. The format: `{"minyi_backup":1}`; for each table `{"table":…,"columns":[[name,kind],…]}` and its rows as arrays,
/// bytes in base64; at the end `{"rows":n}`, without which a backup was cut off.
#[async_trait]
pub trait Dump: Send + Sync {
    /// Writes everything as it is at one moment, while others go on working; how many rows.
    async fn dump(&self, sink: Sink<'_>) -> Result<u64>;

    /// Reads a backup into an unused database, all of it or nothing; how many rows.
    ///
    /// # Errors
    /// [`crate::StoreError::Conflict`] with `not_empty` if the database is in use, or with what does not fit;
    /// [`crate::StoreError::Corrupt`] if the lines are no whole backup.
    async fn restore(&self, source: Source<'_>) -> Result<u64>;
}
