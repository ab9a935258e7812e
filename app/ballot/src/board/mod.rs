//! Which entry may come when: the one place that the server and the verifier both ask.
//!
//! [`Course`] holds everything but the votes, [`Slots`] the votes, [`State`] is both together; [`KeyCeremony`] is the
//! beginning of a course. The three are used in two steps: `check` decodes and verifies signatures and proofs (slow, `&self`), `apply` asks the order rules again and
//! takes the entry in (cheap, `&mut self`).

mod ceremony;
mod closing;
mod course;
mod key;
mod slots;
mod state;

pub use ceremony::{Ceremony, TrusteeProgress};
pub(crate) use ceremony::{coefficient_statement, commitment_of, rehearsal_statement, share_info};
pub use course::{Checked, Course, Phase, Roll};
pub use key::KeyCeremony;
pub(crate) use slots::Vote;
pub use slots::{Replaced, Slot, Slots};
pub(crate) use state::is_vote;
pub use state::{CheckedEntry, State};
