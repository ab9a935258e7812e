//! Clerks' signing keys, made in their browsers.

use super::convert::hex;
use crate::{Caller, Result, Service, policy::Action};
use store::StoreError;
use types::{ErrorCode, Problem, bytes::Hex32, polls::ClerkKey};

impl Service {
    /// Registers the caller's Ed25519 public key, replacing the one before; published polls keep the old one.
    ///
    /// # Errors
    /// `Invalid` with field `key`: not a key, or another clerk's.
    pub async fn register_clerk_key(&self, caller: &Caller, key: Hex32) -> Result<ClerkKey> {
        let account = self.allowed_somewhere(caller, Action::OpenPoll).await?;
        let usable = ed25519_dalek::VerifyingKey::from_bytes(&key.0).is_ok_and(|key| !key.is_weak());
        if !usable {
            return Err(Problem::field("key", "invalid"));
        }
        let mut entry = self.entry(Some(account), "register-clerk-key", &format!("account:{account}"), None);
        entry.detail = format!(r#"{{"key":"{}"}}"#, data_encoding::HEXLOWER.encode(&key.0));
        match self.store().set_clerk_key(account, &key.0, &entry).await {
            Ok(()) => Ok(ClerkKey { key, registered_at: entry.at }),
            Err(StoreError::Conflict(name)) if name == "clerk_keys_key" => Err(Problem::field("key", "repeated")),
            Err(error) => Err(error.into()),
        }
    }

    /// The caller's key, if registered.
    ///
    /// # Errors
    /// `SignInNeeded`.
    pub async fn clerk_key(&self, caller: &Caller) -> Result<Option<ClerkKey>> {
        let account = caller.account.as_ref().ok_or(ErrorCode::SignInNeeded)?;
        let key = self.store().clerk_key(account.account).await?;
        Ok(key.map(|(key, registered_at)| ClerkKey { key: hex(key), registered_at }))
    }
}
