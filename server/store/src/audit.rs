//! The append-only audit log. It names actions and objects by id, never people: no names, numbers or codes.

use crate::Result;
use async_trait::async_trait;
use sha2::{Digest as _, Sha256};
use types::{
    Timestamp,
    ids::{AccountId, AreaId},
};

/// What somebody did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditEntry {
    /// When.
    pub at: Timestamp,
    /// Who; none for the system.
    pub actor: Option<AccountId>,
    /// The action, kebab-case.
    pub action: String,
    /// What it was done to: `<kind>:<id>`.
    pub object: String,
    /// Where.
    pub area: Option<AreaId>,
    /// Circumstances as a JSON object without personal data; may be empty.
    pub detail: String,
}

/// An entry in its place in the chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditRecord {
    /// From 1, without gaps.
    pub seq: i64,
    /// What was done.
    pub entry: AuditEntry,
    /// The hash of the entry before; 32 zero bytes for the first.
    pub prev_hash: Vec<u8>,
    /// [`link`] of `prev_hash`, `seq` and `entry`.
    pub hash: Vec<u8>,
}

/// The end of the chain: number and hash of the last entry, zeros if there is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditHead {
    /// The last entry's number.
    pub seq: i64,
    /// Its hash.
    pub hash: Vec<u8>,
}

/// The hash that binds an entry to the one before: SHA-256 of a label and every field, each after its length as 8 bytes, big-endian.
#[must_use]
pub fn link(prev_hash: &[u8], seq: i64, entry: &AuditEntry) -> Vec<u8> {
    let actor = entry.actor.map_or(Vec::new(), |id| id.as_bytes().to_vec());
    let area = entry.area.map_or(Vec::new(), |id| id.as_bytes().to_vec());
    let fields: [&[u8]; 9] = [
        b"minyi-audit-1",
        prev_hash,
        &seq.to_be_bytes(),
        &entry.at.0.to_be_bytes(),
        &actor,
        entry.action.as_bytes(),
        entry.object.as_bytes(),
        &area,
        entry.detail.as_bytes(),
    ];
    let mut hash = Sha256::new();
    for field in fields {
        hash.update((field.len() as u64).to_be_bytes());
        hash.update(field);
    }
    hash.finalize().to_vec()
}

/// The audit log. Entries that belong to a change are written in that change's transaction; the methods here are for the rest.
#[async_trait]
pub trait Audit: Send + Sync {
    /// Appends an entry that goes with no other change.
    async fn audit(&self, entry: &AuditEntry) -> Result<()>;

    /// Entries with `seq > after`, oldest first, at most `limit`: for checking the chain.
    async fn audit_chain(&self, after: i64, limit: i64) -> Result<Vec<AuditRecord>>;

    /// Entries of the areas below `path` with `seq < before`, newest first, at most `limit`: for reading. With those that
    /// belong to no area, if `unplaced`.
    async fn audit_page(&self, path: &str, unplaced: bool, before: i64, limit: i64) -> Result<Vec<AuditRecord>>;

    /// The end of the chain.
    async fn audit_head(&self) -> Result<AuditHead>;
}
