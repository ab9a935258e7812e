//! The secret ballot of Minyi: sealed ballots, proofs, the public board, and the verifier's steps.
//!
//! No I/O, no clock; the random source is a parameter. docs/BALLOT.md is the normative text; this crate is one of the
//! two implementations that follow it. README.md shows which part serves whom.
//!
//! Where to look: [`manifest`] what is fixed before a poll opens · [`entry`] the byte layout of every board entry ·
//! [`sealed`] checking a ballot · [`voter`], [`clerk`], [`trustee`] what each person's device does · [`board`] which
//! entry may come when · [`tally`], [`rule`] sums, totals, outcome · [`verify`] the numbered steps ·
//! [`merkle`], [`tiles`], [`checkpoint`] the log.

pub mod board;
pub mod checkpoint;
pub mod clerk;
pub mod entry;
pub mod manifest;
pub mod merkle;
pub mod roll;
pub mod rule;
pub mod sealed;
pub mod selfcheck;
pub mod tally;
pub mod tiles;
pub mod trustee;
pub mod verify;
pub mod voter;

// The integration tests' world also serves unit tests, and names this crate from outside.
#[cfg(test)]
extern crate self as ballot;

mod bytes;
mod context;
mod group;
mod hash;
mod proof;
mod refusal;
mod sign;
mod tracker;

pub use clerk::ClerkKey;
pub use context::PollContext;
pub use entry::{Entry, Kind, Payload};
pub use group::{PointBytes, ScalarBytes};
pub use hash::{Digest, VERSION};
pub use manifest::{Draft, Manifest, ManifestError, PollId, PublicKey};
pub use refusal::Refusal;
pub use sealed::{
    CheckedBallot, CredentialState, check_ballot, check_ballots, check_challenge, check_credential, check_reissue,
};
pub use tally::Aggregate;
pub use tracker::{NotATracker, Tracker};
pub use trustee::{RecoveryCode, Trustee, TrusteeError};
pub use verify::{Report, Verifier};
pub use voter::{Sealing, VoterKey};
