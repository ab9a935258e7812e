//! Clerks' signing keys, made in their browsers.

use crate::{Caller, Result, Service};
use types::{ErrorCode, bytes::Hex32, polls::ClerkKey};

impl Service {
    /// Registers the caller's Ed25519 public key, replacing the one before; published polls keep the old one.
    pub async fn register_clerk_key(&self, caller: &Caller, key: Hex32) -> Result<ClerkKey> {
        let _ = (caller, key);
        Err(ErrorCode::Internal.into())
    }

    /// The caller's key, if registered.
    pub async fn clerk_key(&self, caller: &Caller) -> Result<Option<ClerkKey>> {
        let _ = caller;
        Err(ErrorCode::Internal.into())
    }
}
