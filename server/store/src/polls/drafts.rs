//! Drafts and all that a clerk needs to write one.

use super::Bytes32;
use crate::{AuditEntry, Result};
use async_trait::async_trait;
use types::{
    Timestamp,
    ids::{AccountId, AreaId, AttachmentId, PollId},
    polls::PollState,
};

/// A new draft.
#[derive(Debug, Clone)]
pub struct NewDraft {
    /// The poll.
    pub poll: PollId,
    /// Where.
    pub area: AreaId,
    /// Its title, perhaps empty.
    pub title: String,
    /// JSON of [`types::polls::PollDraft`].
    pub draft: String,
    /// Who.
    pub by: AccountId,
    /// When.
    pub at: Timestamp,
}

/// A poll as its clerk sees it, in whatever state.
#[derive(Debug, Clone)]
pub struct DraftRecord {
    /// The poll.
    pub poll: PollId,
    /// Where.
    pub area: AreaId,
    /// The area's name.
    pub area_name: String,
    /// The area's path.
    pub area_path: String,
    /// Where it stands.
    pub state: PollState,
    /// Its title.
    pub title: String,
    /// JSON of [`types::polls::PollDraft`].
    pub draft: String,
    /// One more with each save.
    pub version: i64,
    /// Last saved.
    pub updated_at: Timestamp,
}

/// A file of a poll without its content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttachmentRecord {
    /// The file.
    pub id: AttachmentId,
    /// Its poll.
    pub poll: PollId,
    /// Its name.
    pub name: String,
    /// Its media type.
    pub mime: String,
    /// SHA-256 of the content.
    pub sha256: Bytes32,
    /// Bytes.
    pub size: i64,
}

/// A clerk with a signing key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClerkRecord {
    /// The account.
    pub account: AccountId,
    /// The verified person's name, or the login.
    pub name: String,
    /// The Ed25519 public key.
    pub key: Bytes32,
    /// When it was registered.
    pub registered_at: Timestamp,
}

/// Somebody who can be a trustee.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrusteeRecord {
    /// The account.
    pub account: AccountId,
    /// The verified person's name, or the login.
    pub name: String,
    /// Holds the role of a supervisor there.
    pub supervisor: bool,
}

/// What publishing fixes, beside the manifest entry.
#[derive(Debug, Clone)]
pub struct Publication {
    /// The version that was checked; another one means somebody saved meanwhile.
    pub version: i64,
    /// JSON of what is the same for everybody on the poll's page.
    pub page: String,
    /// When ballots are taken from.
    pub opens_at: Timestamp,
    /// When ballots are taken until.
    pub closes_at: Timestamp,
    /// The server holds the key.
    pub key_system: bool,
    /// Trustees it takes.
    pub key_k: i64,
    /// Trustees.
    pub key_n: i64,
    /// The poll it corrects.
    pub corrects: Option<PollId>,
    /// Trustee accounts, number 1 first.
    pub trustees: Vec<AccountId>,
    /// Clerk accounts in the manifest's order.
    pub clerks: Vec<AccountId>,
    /// Where it is listed: its area and all above it.
    pub listed: Vec<AreaId>,
}

/// Drafts, files, clerks' keys.
#[async_trait]
pub trait PollDrafts: Send + Sync {
    /// Keeps a new draft.
    async fn create_draft(&self, draft: &NewDraft) -> Result<()>;

    /// The drafts of an area, last saved first, at most 200.
    async fn drafts(&self, area: AreaId) -> Result<Vec<DraftRecord>>;

    /// A poll in whatever state.
    async fn draft_record(&self, poll: PollId) -> Result<Option<DraftRecord>>;

    /// Saves over `version`; false if that is not the stored one, or it is no draft any more.
    async fn save_draft(&self, poll: PollId, version: i64, title: &str, draft: &str, at: Timestamp) -> Result<bool>;

    /// Deletes a draft and its files; false if it is no draft.
    async fn delete_draft(&self, poll: PollId) -> Result<bool>;

    /// Adds a file; false if the poll is no draft or has ten files.
    async fn add_attachment(&self, file: &AttachmentRecord, content: &[u8]) -> Result<bool>;

    /// Removes a file; false if the poll is no draft or has no such file.
    async fn remove_attachment(&self, poll: PollId, file: AttachmentId) -> Result<bool>;

    /// A poll's files, in the order they were added.
    async fn attachments(&self, poll: PollId) -> Result<Vec<AttachmentRecord>>;

    /// A file with its content.
    async fn attachment(&self, poll: PollId, file: AttachmentId) -> Result<Option<(AttachmentRecord, Vec<u8>)>>;

    /// Registers an account's signing key in place of the one before. `Conflict("clerk_keys_key")` if another has it.
    async fn set_clerk_key(&self, account: AccountId, key: &Bytes32, audit: &AuditEntry) -> Result<()>;

    /// An account's signing key.
    async fn clerk_key(&self, account: AccountId) -> Result<Option<(Bytes32, Timestamp)>>;

    /// Clerks and committee leads for the area at `path` who have a key, first registered first, at most 200.
    async fn clerks_with_keys(&self, path: &str) -> Result<Vec<ClerkRecord>>;

    /// Accounts with a role for the area at `path`, above or below it: supervisors first, then by name; at most 200.
    async fn trustee_choices(&self, path: &str) -> Result<Vec<TrusteeRecord>>;
}
