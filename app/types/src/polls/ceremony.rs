//! What trustees and clerks need to make the key, freeze the roll, open, and open the sums.

use super::{BoardEntry, KeyHolder, PollState};
use crate::{
    Timestamp,
    bytes::{Blob, Hex32},
    ids::PollId,
};
use serde::{Deserialize, Serialize};

/// The rounds of the key ceremony. Everybody finishes one before anybody begins the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum CeremonyRound {
    /// Commit to the coefficients, so that nobody can choose theirs after seeing the others'.
    Commit,
    /// Show the coefficients with proofs of knowledge.
    Reveal,
    /// Send every other trustee their share, sealed.
    Deal,
    /// Confirm that the shares received fit, and the joint key.
    Confirm,
    /// Open a rehearsal sum together: a lost quorum would lose the vote.
    Rehearse,
}

impl CeremonyRound {
    /// The rounds in order.
    pub const ALL: [Self; 5] = [Self::Commit, Self::Reveal, Self::Deal, Self::Confirm, Self::Rehearse];
}

/// A poll in which the caller is a trustee.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TrusteeLine {
    /// The poll.
    pub poll: PollId,
    /// Its title.
    pub title: String,
    /// Where it stands.
    pub state: PollState,
    /// The caller has something to do now: a round of the ceremony, or a share.
    pub my_turn: bool,
    /// When ballots are taken until.
    pub closes_at: Timestamp,
}

/// The ceremony as a trustee's browser needs it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Ceremony {
    /// The poll.
    pub poll: PollId,
    /// Its title.
    pub title: String,
    /// Where the poll stands.
    pub state: PollState,
    /// k of n.
    pub key: KeyHolder,
    /// The trustees, in the manifest's order.
    pub trustees: Vec<TrusteeProgress>,
    /// The caller's number among the trustees, as the board counts them (from 1).
    pub me: Option<u8>,
    /// The round that runs; `None` once the rehearsal is done.
    pub round: Option<CeremonyRound>,
    /// The caller is to post in this round.
    pub my_turn: bool,
    /// The board's entries from the manifest on, up to the first that is none of the ceremony: what a browser checks and
    /// computes from. A rehearsal after that shows in `trustees`.
    pub entries: Vec<BoardEntry>,
}

/// How far a trustee has come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TrusteeProgress {
    /// The number on the board, from 1.
    pub index: u8,
    /// The name as published.
    pub name: String,
    /// The last round they finished.
    pub done: Option<CeremonyRound>,
}

/// A clerk's signing key, made in their browser.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ClerkKey {
    /// The Ed25519 public key.
    pub key: Hex32,
    /// When it was registered. Polls published before name an older key or none.
    pub registered_at: Timestamp,
}

/// How many slots a frozen roll would have, or has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SlotCounts {
    /// All slots.
    pub slots: u64,
    /// By building, in order.
    pub buildings: Vec<BuildingCount>,
}

/// The slots of one building.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BuildingCount {
    /// The building's name.
    pub building: String,
    /// Its slots.
    pub slots: u64,
}

/// What a clerk signs to open a poll, and who has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Opening {
    /// The poll.
    pub poll: PollId,
    /// Its title.
    pub title: String,
    /// Where it stands.
    pub state: PollState,
    /// The frozen roll.
    pub counts: SlotCounts,
    /// How many signatures it takes.
    pub needed: u8,
    /// The clerks whom the manifest names.
    pub clerks: Vec<ClerkProgress>,
    /// The caller's place among the manifest's clerks, from 0, as the board counts them.
    pub me: Option<u8>,
    /// The manifest's exact bytes.
    pub manifest: Blob,
    /// The hash of the manifest.
    pub manifest_hash: Hex32,
    /// The joint key.
    pub joint_key: Hex32,
    /// The hash of the roll.
    pub roll_hash: Hex32,
    /// Every entry of the board so far, for a browser that checks before it signs.
    pub entries: Vec<BoardEntry>,
}

/// A clerk and whether they have signed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ClerkProgress {
    /// The place on the board, from 0.
    pub index: u8,
    /// The name as published.
    pub name: String,
    /// Their key in this poll's manifest.
    pub key: Hex32,
    /// Has signed.
    pub signed: bool,
}

/// A resident who asks for a new credential: the old device is lost.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReissueRequest {
    /// The poll.
    pub poll: PollId,
    /// Its title.
    pub title: String,
    /// The slot.
    pub slot: u32,
    /// The person's name, for the clerk who has them before the desk.
    pub name: String,
    /// Their building and room.
    pub address: String,
    /// When they asked.
    pub asked_at: Timestamp,
    /// The generation that the new credential will have.
    pub generation: u16,
    /// The caller's place among the manifest's clerks, from 0; `None`: somebody else must sign.
    pub me: Option<u8>,
    /// The new device's key.
    pub key: Hex32,
    /// Its signature over the re-issue entry up to the key.
    pub possession: Blob,
    /// The manifest's exact bytes; with the next three fields, the context that is signed.
    pub manifest: Blob,
    /// The joint key.
    pub joint_key: Hex32,
    /// The hash of the roll.
    pub roll_hash: Hex32,
    /// Slots on the roll.
    pub slots: u32,
}

/// What a trustee's browser needs to open the sums. It downloads the board and recomputes them; nobody tells it what to open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TallyWork {
    /// The poll.
    pub poll: PollId,
    /// Its title.
    pub title: String,
    /// Where it stands.
    pub state: PollState,
    /// The caller's number among the trustees, from 1.
    pub me: Option<u8>,
    /// The caller has posted their share.
    pub posted: bool,
    /// Trustees whose shares are in.
    pub shares: Vec<u8>,
    /// How many it takes.
    pub needed: u8,
    /// Entries on the board.
    pub size: u64,
    /// The signed checkpoint of that size.
    pub checkpoint: String,
    /// The key that signs checkpoints, as a C2SP verifier key.
    pub log_key: String,
}
