//! What people's devices do, done natively: voters seal, trustees make keys and open sums, clerks sign.
//!
//! `minyi demo`, `minyi replay` and the measurements act through these; a browser does the same with the same crate.

mod clerk;
mod trustee;
mod voter;

pub use clerk::{ClerkDevice, Proposal, prepare_poll};
pub use trustee::{TrusteeDevice, hold_ceremony, open_sums};
pub use voter::{Prepared, VoterDevice};

use ballot::board::Course;
use rand_chacha::{ChaCha20Rng, rand_core::SeedableRng as _};
use service::{Caller, Clock, Entropy, Service};
use std::sync::atomic::{AtomicI64, Ordering};
use types::polls::BoardEntry;
use types::{Problem, Timestamp};

/// What can go wrong while acting for somebody.
#[derive(Debug, thiserror::Error)]
pub enum DeviceError {
    /// The portal has refused.
    #[error("the portal has refused: {}", said(.0))]
    Portal(#[from] Problem),
    /// The board does not follow the rules.
    #[error("the board has an entry that does not belong there: {0}")]
    Board(#[from] ballot::Refusal),
    /// A trustee's device does not go on.
    #[error("the trustee's device does not go on: {0}")]
    Trustee(#[from] ballot::TrusteeError),
    /// The manifest cannot be read.
    #[error("the manifest cannot be read: {0}")]
    Manifest(#[from] ballot::ManifestError),
    /// The choices do not fit the poll.
    #[error("the choices do not fit the poll: {0}")]
    Choices(#[from] ballot::voter::ChoiceError),
    /// Not what was expected at this point.
    #[error("{0}")]
    Unexpected(String),
}

/// The result of acting for somebody.
pub type Result<T> = core::result::Result<T, DeviceError>;

/// A problem with its fields, for people who read a terminal.
fn said(problem: &Problem) -> String {
    problem
        .fields
        .iter()
        .fold(problem.code.as_str().to_owned(), |text, field| format!("{text} · {}: {}", field.field, field.reason))
}

/// A source of randomness for devices, seeded once from the portal's.
#[must_use]
pub fn rng(entropy: &dyn Entropy) -> ChaCha20Rng {
    let mut seed = [0; 32];
    entropy.fill(&mut seed);
    ChaCha20Rng::from_seed(seed)
}

/// A clock that is set by hand, so that weeks pass in seconds. It never goes back.
#[derive(Debug)]
pub struct HandClock(AtomicI64);

impl HandClock {
    /// A clock that stands at `at`.
    #[must_use]
    pub const fn at(at: Timestamp) -> Self {
        Self(AtomicI64::new(at.0))
    }

    /// Moves on to `at`, if that is later.
    pub fn move_to(&self, at: Timestamp) {
        self.0.fetch_max(at.0, Ordering::Relaxed);
    }

    /// Moves on by so many milliseconds.
    pub fn pass(&self, ms: i64) {
        self.0.fetch_add(ms.max(0), Ordering::Relaxed);
    }
}

impl Clock for HandClock {
    fn now(&self) -> Timestamp {
        Timestamp(self.0.load(Ordering::Relaxed))
    }
}

/// The board's course, checked entry by entry, as a browser does.
///
/// # Errors
/// [`DeviceError::Board`] at the first entry that does not belong there.
pub fn course(entries: &[BoardEntry]) -> Result<Course> {
    let mut course = Course::new();
    for entry in entries {
        let checked = course.check(&entry.bytes.0)?;
        course.apply(&checked, entry.leaf)?;
    }
    Ok(course)
}

/// Every entry of a board.
///
/// # Errors
/// Those of [`Service::board_entries`].
pub async fn board(service: &Service, caller: &Caller, poll: types::ids::PollId) -> Result<Vec<BoardEntry>> {
    let mut entries = Vec::new();
    loop {
        let page = service.board_entries(caller, poll, entries.len() as u64).await?;
        let end = page.entries.is_empty() || page.size <= (entries.len() + page.entries.len()) as u64;
        entries.extend(page.entries);
        if end {
            return Ok(entries);
        }
    }
}
