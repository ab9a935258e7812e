//! Signed-in devices, and tries within a window.

use crate::Result;
use async_trait::async_trait;
use types::{
    Timestamp,
    ids::{AccountId, PersonId, SessionId},
};

/// A new session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewSession {
    /// The session.
    pub id: SessionId,
    /// Whose.
    pub account: AccountId,
    /// SHA-256 of the token.
    pub token_hash: Vec<u8>,
    /// What the device calls itself.
    pub device: String,
    /// When.
    pub at: Timestamp,
    /// When it ends unless used before.
    pub expires_at: Timestamp,
}

/// A session as looked up by its token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundSession {
    /// The session.
    pub id: SessionId,
    /// Whose.
    pub account: AccountId,
    /// The verified person, if not expired.
    pub person: Option<PersonId>,
    /// When it was last seen, to within the time between touches.
    pub seen_at: Timestamp,
}

/// A session in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// The session.
    pub id: SessionId,
    /// What the device calls itself.
    pub device: String,
    /// When it signed in.
    pub created_at: Timestamp,
    /// When it was last seen.
    pub seen_at: Timestamp,
}

/// How often something was tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hits {
    /// In this window, the present try included.
    pub count: i64,
    /// When the window ends.
    pub window_end: Timestamp,
}

/// Signed-in devices.
#[async_trait]
pub trait Sessions: Send + Sync {
    /// Signs a device in; of more than 50 sessions of an account the longest unused end.
    async fn create_session(&self, session: &NewSession) -> Result<()>;

    /// The sessions with these tokens, in their order; none where there is none or it has ended.
    async fn sessions_by_token(&self, token_hashes: &[[u8; 32]], now: Timestamp) -> Result<Vec<Option<FoundSession>>>;

    /// Notes that it was used, and prolongs it.
    async fn touch_session(&self, session: SessionId, now: Timestamp, expires_at: Timestamp) -> Result<()>;

    /// The account's sessions, the last used first.
    async fn sessions(&self, account: AccountId, now: Timestamp) -> Result<Vec<Session>>;

    /// Ends one; false if it is not the account's.
    async fn end_session(&self, account: AccountId, session: SessionId) -> Result<bool>;

    /// Ends all but `keep`.
    async fn end_sessions(&self, account: AccountId, keep: Option<SessionId>) -> Result<()>;
}

/// Tries within a window, counted in the database so that several nodes count together.
#[async_trait]
pub trait Throttles: Send + Sync {
    /// Counts a try under `key`; a new window of `window_ms` begins if the last has ended.
    async fn hit(&self, key: &[u8], now: Timestamp, window_ms: i64) -> Result<Hits>;

    /// Takes one back.
    async fn unhit(&self, key: &[u8]) -> Result<()>;

    /// Forgets the tries under `key`.
    async fn forgive(&self, key: &[u8]) -> Result<()>;

    /// Forgets what is over at `now`: sessions, throttles, tickets.
    async fn sweep(&self, now: Timestamp) -> Result<()>;
}
