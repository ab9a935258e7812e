//! Is the database there, and is it ours?

use crate::Result;
use async_trait::async_trait;

/// Readiness, and the installation's identity.
#[async_trait]
pub trait Health: Send + Sync {
    /// Answers if a query can be answered.
    async fn ping(&self) -> Result<()>;

    /// Remembers the fingerprint of the master secret at the first call; afterwards tells whether `fingerprint` is the same.
    async fn pin_key(&self, fingerprint: &[u8]) -> Result<bool>;
}
