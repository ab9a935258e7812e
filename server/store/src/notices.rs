//! The inbox of each account.

use crate::{NewJob, Result};
use async_trait::async_trait;
use types::{
    Timestamp,
    ids::{AccountId, NoticeId, PollId},
};

/// A message as kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// Its id. Fan-out derives it from the job and the account, so that doing the job twice sends nothing twice.
    pub id: NoticeId,
    /// Whose inbox.
    pub account: AccountId,
    /// The kind, kebab-case.
    pub kind: String,
    /// What its sentence names: a JSON object of strings.
    pub args: String,
    /// The poll it is about.
    pub poll: Option<PollId>,
    /// When it was sent.
    pub sent_at: Timestamp,
    /// When it was read.
    pub read_at: Option<Timestamp>,
}

/// What a mail about a notice needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoticeMail {
    /// The message.
    pub notice: Notice,
    /// The confirmed address.
    pub email: String,
    /// The language tag.
    pub language: String,
}

/// Inboxes.
#[async_trait]
pub trait Notices: Send + Sync {
    /// Puts messages into inboxes; those already there stay as they are. `mail` has one job per message: those whose
    /// account has no confirmed address, or wants no mail, are left out.
    async fn add_notices(&self, notices: &[Notice], mail: &[NewJob]) -> Result<()>;

    /// The inbox, newest first, before the position `(sent_at, id)`.
    async fn notices(
        &self,
        account: AccountId,
        before: Option<(Timestamp, NoticeId)>,
        limit: i64,
    ) -> Result<Vec<Notice>>;

    /// How many are unread.
    async fn unread(&self, account: AccountId) -> Result<i64>;

    /// Marks one, or all, as read.
    async fn mark_read(&self, account: AccountId, notice: Option<NoticeId>, now: Timestamp) -> Result<()>;

    /// The message with its address, if there still is one that is confirmed and wanted.
    async fn notice_mail(&self, notice: NoticeId) -> Result<Option<NoticeMail>>;

    /// Accounts verified as persons whose home is below `path`, by id after `after`: one page of a fan-out.
    async fn verified_accounts(
        &self,
        path: &str,
        now: Timestamp,
        after: Option<AccountId>,
        limit: i64,
    ) -> Result<Vec<AccountId>>;

    /// Accounts that hold `role` for the area at `path` or for one above it.
    async fn role_accounts(&self, path: &str, role: &str) -> Result<Vec<AccountId>>;
}
