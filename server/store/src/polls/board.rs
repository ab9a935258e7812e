//! The public board: entries under one tree, and the stations that a poll passes with them.

use super::{Bytes32, NewSlot, Publication};
use crate::{AuditEntry, NewJob, Result};
use async_trait::async_trait;
use types::{
    Timestamp,
    ids::PollId,
    polls::{PollState, TimelineKind},
};

/// An entry to be appended.
#[derive(Debug, Clone)]
pub struct NewEntry {
    /// The kind byte.
    pub kind: u8,
    /// The exact bytes.
    pub bytes: Vec<u8>,
    /// The tree's hash of them.
    pub leaf_hash: Bytes32,
}

/// An entry on the board.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryRecord {
    /// Its place, from 0.
    pub leaf: i64,
    /// The kind byte.
    pub kind: i64,
    /// The exact bytes.
    pub bytes: Vec<u8>,
    /// When it was recorded.
    pub at: Timestamp,
}

/// Up to 256 hashes of one level of the tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TileRecord {
    /// Level L holds the nodes at height 8 L.
    pub level: i64,
    /// Place among the tiles of its level, from 0.
    pub position: i64,
    /// 32 bytes each.
    pub hashes: Vec<u8>,
}

/// The end of a board and the counts kept with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// Entries.
    pub size: i64,
    /// The tree's root.
    pub root: Bytes32,
    /// The signed note.
    pub checkpoint: String,
    /// Credentials and ballots are taken.
    pub taking: bool,
    /// The joint key, once it stands.
    pub joint_key: Option<Bytes32>,
    /// The roll's hash, once it is frozen.
    pub roll_hash: Option<Bytes32>,
    /// Slots on the roll.
    pub slots: i64,
    /// Slots with a ballot.
    pub voted: i64,
    /// Ballots cast.
    pub ballots: i64,
    /// Ballots opened.
    pub challenged: i64,
}

/// What it takes to append: the roots of the complete subtrees, and the last tile of each level that may grow.
#[derive(Debug, Clone)]
pub struct Edge {
    /// Entries.
    pub size: i64,
    /// The subtrees' roots, 32 bytes each, largest first.
    pub frontier: Vec<u8>,
    /// The right-most tiles that are not full.
    pub tiles: Vec<TileRecord>,
}

/// The board after an append.
#[derive(Debug, Clone)]
pub struct Sealed {
    /// Entries.
    pub size: i64,
    /// The tree's root.
    pub root: Bytes32,
    /// The subtrees' roots.
    pub frontier: Vec<u8>,
    /// The signed note.
    pub checkpoint: String,
    /// Tiles that are new or have grown, whole.
    pub tiles: Vec<TileRecord>,
}

/// Computes the next head from the edge and the new leaves' hashes. Pure; runs inside the transaction.
pub type Seal<'a> = &'a (dyn Fn(Edge, &[Bytes32]) -> Result<Sealed> + Send + Sync);

/// What changes together with the entries of a [`Step`].
#[derive(Debug, Clone)]
pub enum Effect {
    /// The draft is published; the board is begun with the step's entries.
    Publish(Box<Publication>),
    /// The poll's next state.
    State(PollState),
    /// A station is reached; the second value counts from the first of the step's entries.
    Event(TimelineKind, Option<i64>),
    /// The joint key stands.
    JointKey(Bytes32),
    /// The roll is frozen.
    Roll(Bytes32, Vec<NewSlot>),
    /// Ballots are taken from here on, or no more.
    Taking(bool),
    /// Work that follows.
    Jobs(Vec<NewJob>),
    /// What the audit log says.
    Audit(AuditEntry),
}

/// A step of a poll's course: entries that no voter posts, and what changes with them.
#[derive(Debug, Clone)]
pub struct Step {
    /// The poll.
    pub poll: PollId,
    /// When.
    pub at: Timestamp,
    /// The state the poll must be in.
    pub from: PollState,
    /// The size the board must have if there are entries; 0 with [`Effect::Publish`].
    pub size: i64,
    /// The entries.
    pub entries: Vec<NewEntry>,
    /// What changes with them.
    pub effects: Vec<Effect>,
}

/// A signed head that was kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    /// Its size.
    pub size: i64,
    /// The signed note.
    pub checkpoint: String,
}

/// The board.
#[async_trait]
pub trait Board: Send + Sync {
    /// The end of a poll's board; `None` for drafts.
    async fn head(&self, poll: PollId) -> Result<Option<Head>>;

    /// Takes a step; false if the poll's state or the board's size is not what the step was made for.
    async fn advance(&self, step: &Step, seal: Seal<'_>) -> Result<bool>;

    /// Entries from `from` on, at most `limit`.
    async fn entries(&self, poll: PollId, from: i64, limit: i64) -> Result<Vec<EntryRecord>>;

    /// The bytes of all entries that no voter posted, in order, with their places.
    async fn course(&self, poll: PollId) -> Result<Vec<EntryRecord>>;

    /// One entry.
    async fn entry(&self, poll: PollId, leaf: i64) -> Result<Option<EntryRecord>>;

    /// Tiles by level and place; those that do not exist are left out.
    async fn tiles(&self, poll: PollId, wanted: &[(i64, i64)]) -> Result<Vec<TileRecord>>;

    /// The kept heads of a board, smallest first.
    async fn checkpoints(&self, poll: PollId) -> Result<Vec<Checkpoint>>;

    /// The last ballots of the slots after `after`, by slot, at most `limit`: slot and bytes.
    async fn last_ballots(&self, poll: PollId, after: i64, limit: i64) -> Result<Vec<(i64, Vec<u8>)>>;
}
