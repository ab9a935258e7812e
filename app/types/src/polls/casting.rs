//! What a voter's device needs, and what it gets.

use super::TreeProof;
use crate::{
    Timestamp,
    bytes::{Blob, Hex32},
    ids::PollId,
};
use serde::{Deserialize, Serialize};

/// Everything a device needs to make a ballot. It checks what it can against the manifest and the board.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct VotingContext {
    /// The poll.
    pub poll: PollId,
    /// The manifest's exact bytes.
    pub manifest: Blob,
    /// The hash of the manifest.
    pub manifest_hash: Hex32,
    /// The key to encrypt under.
    pub joint_key: Hex32,
    /// The hash of the roll.
    pub roll_hash: Hex32,
    /// Slots on the roll.
    pub slots: u32,
    /// The caller's slot, from 1.
    pub slot: u32,
    /// The credential that counts for the slot; `None` before the first device registers one.
    pub credential: Option<Credential>,
    /// The generation that the next credential of this slot has: 1 for the first, which the device registers itself;
    /// from 2 on a clerk re-issues what the new device asks for.
    pub next_generation: u16,
    /// The key for which a re-issue was asked and waits for a clerk.
    pub reissue_asked: Option<Hex32>,
    /// The number that the next ballot carries, from 1.
    pub next_number: u32,
    /// The hash of the slot's ballot before it; all zero for the first.
    pub previous_hash: Hex32,
    /// The key that signs checkpoints, as a C2SP verifier key.
    pub log_key: String,
    /// The server's clock, for a device whose own is wrong.
    pub now: Timestamp,
    /// When ballots are taken until.
    pub closes_at: Timestamp,
}

/// A credential on the board.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Credential {
    /// The Ed25519 public key.
    pub key: Hex32,
    /// 1 for the first, one more for each re-issue.
    pub generation: u16,
    /// Its entry on the board.
    pub leaf: u64,
}

/// The proof that a ballot is in: keep it. Answers a cast, a repeated cast of the same bytes, and a challenge.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Receipt {
    /// The code that people compare, groups of characters: made from the ballot's hash.
    pub tracker: String,
    /// The hash of the ballot.
    pub hash: Hex32,
    /// When it was recorded.
    pub at: Timestamp,
    /// Its place on the board and the proof.
    pub proof: TreeProof,
}

/// What became of a ballot, or of an opened (challenged) one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BallotStatus {
    /// How it stands.
    pub standing: BallotStanding,
    /// The tracker.
    pub tracker: String,
    /// The slot.
    pub slot: u32,
    /// The ballot's number within the slot.
    pub number: u32,
    /// When it was recorded.
    pub at: Timestamp,
    /// Its place on the board, proved against the newest checkpoint.
    pub proof: TreeProof,
    /// That checkpoint continues the one whose size was given: RFC 6962 consistency proof; `None` if no size was given.
    pub consistency: Option<Vec<Hex32>>,
}

/// How a recorded ballot stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum BallotStanding {
    /// The slot's last ballot: this one counts.
    Counts,
    /// A later ballot of the slot has replaced it.
    Replaced,
    /// Was opened to check the device; never counts.
    Challenged,
}

/// What was recorded for the caller's slot. A ballot that they did not cast shows here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MyRecord {
    /// The slot.
    pub slot: u32,
    /// How many ballots were recorded; the last counts.
    pub ballots: u32,
    /// The last ones, newest first, at most 20.
    pub last: Vec<RecordedBallot>,
    /// The credential that counts, if a device has registered one.
    pub credential: Option<Credential>,
}

/// A recorded ballot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RecordedBallot {
    /// Its number within the slot, from 1.
    pub number: u32,
    /// Its tracker.
    pub tracker: String,
    /// When.
    pub at: Timestamp,
    /// Its place on the board.
    pub leaf: u64,
}

/// The caller's slot, and what its commitment on the board was made from. Nobody else gets the salt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MySlot {
    /// The slot.
    pub slot: u32,
    /// The salt.
    pub salt: Hex32,
    /// The text under the commitment.
    pub person: String,
    /// The commitment as it stands on the board.
    pub commitment: Hex32,
    /// The roll entry that holds it.
    pub leaf: u64,
}

/// What a cast or a challenge answers. Either way the ballot is on the board exactly once and the receipt proves it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case", tag = "answer")]
pub enum CastAnswer {
    /// Recorded now.
    Recorded {
        /// The proof.
        receipt: Receipt,
    },
    /// These very bytes were recorded before, for the same person: the answer to the first try was lost. Nothing was stored.
    /// The API says so with status 409, code `duplicate` and the receipt.
    Duplicate {
        /// The proof.
        receipt: Receipt,
    },
}

impl CastAnswer {
    /// The proof, whichever it is.
    #[must_use]
    pub fn receipt(self) -> Receipt {
        match self {
            Self::Recorded { receipt } | Self::Duplicate { receipt } => receipt,
        }
    }
}
