//! Storage: what is kept, and the traits by which `service` keeps it.
//!
//! One trait per aggregate, one file per trait, records beside it. **Each method is one transaction**:
//! what must happen together is one method, so a caller can never leave half of it behind.
//! Look-ups return `Option`; the caller decides what "not found" means. What must be unique is unique by a
//! constraint in the database, and its violation comes back as [`StoreError::Conflict`] with the constraint's name.
//!
//! The SQL is in `sql/`, compiled once by each engine crate; both pass the same conformance suite (feature `testing`).

mod accounts;
mod areas;
mod audit;
mod dump;
mod error;
mod health;
mod imports;
mod jobs;
mod notices;
pub mod polls;
mod roll;
mod sessions;
#[cfg(feature = "testing")]
pub mod testing;
mod workbench;

pub use accounts::{
    Account, Accounts, CodeHolder, Grant, NewAccount, NewCode, Proof, Roles, Standing, Verification, Verifications,
    Verified,
};
pub use areas::{Area, Areas};
pub use audit::{Audit, AuditEntry, AuditHead, AuditRecord, link};
pub use dump::{Dump, Sink, Source};
pub use error::StoreError;
pub use health::Health;
pub use imports::{Import, ImportCounts, ImportRow, Imports, Kept, Matched};
pub use jobs::{Jobs, LeasedJob, NewJob};
pub use notices::{Notice, NoticeMail, Notices};
pub use roll::{LetterPerson, LetterQuery, Person, PersonsQuery, Roll};
pub use sessions::{FoundSession, Hits, NewSession, Session, Sessions, Throttles};
pub use workbench::Workbench;

/// The result of every storage method.
pub type Result<T> = core::result::Result<T, StoreError>;

/// Everything that can be stored, by whichever engine.
pub trait Store:
    Accounts
    + Areas
    + Audit
    + Dump
    + Health
    + Imports
    + Jobs
    + Notices
    + Roles
    + Roll
    + Sessions
    + Throttles
    + Verifications
    + Workbench
    + polls::Polls
    + Send
    + Sync
    + 'static
{
}
