//! What voters post: credentials, ballots, opened ballots; many at once in one transaction.

use super::{Bytes32, NewEntry, Seal};
use crate::{AuditEntry, NewJob, Result};
use async_trait::async_trait;
use types::{
    Timestamp,
    ids::{AccountId, AreaId, JobId, PersonId, PollId},
};

/// An entry that has been checked, except for what only the board knows.
#[derive(Debug, Clone)]
pub struct Vote {
    /// The entry.
    pub entry: NewEntry,
    /// What it does.
    pub kind: VoteKind,
    /// What else is written, if and when it is recorded.
    pub with: With,
}

/// What is written in the transaction that records an entry.
#[derive(Debug, Clone, Default)]
pub struct With {
    /// Work.
    pub jobs: Vec<NewJob>,
    /// A line of the audit log.
    pub audit: Option<AuditEntry>,
}

/// What a voter's entry does.
#[derive(Debug, Clone)]
pub enum VoteKind {
    /// Gives a slot its first credential (generation 1) or its next one.
    Credential {
        /// The slot.
        slot: i64,
        /// From 1.
        generation: i64,
        /// The public key.
        key: Bytes32,
    },
    /// A ballot, cast or opened.
    Ballot {
        /// The slot.
        slot: i64,
        /// The slot's how-manieth.
        number: i64,
        /// The hash of the slot's ballot before; zeros for the first.
        previous: Bytes32,
        /// The credential's key.
        credential: Bytes32,
        /// The ballot's hash.
        hash: Bytes32,
        /// Every point of every ciphertext, 32 bytes each.
        points: Vec<u8>,
        /// Opened instead of cast: its hash and points are used, its number is not.
        challenged: bool,
    },
}

/// What became of a vote.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VoteOutcome {
    /// Recorded at this place.
    Recorded(i64),
    /// Recorded before, at this place; nothing was stored.
    Duplicate(i64),
    /// Refused; nothing was stored.
    Refused(VoteRefusal),
}

/// Why the board does not take a vote.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VoteRefusal {
    /// Ballots are not taken now.
    NotOpen,
    /// No such credential.
    UnknownCredential,
    /// A later credential of the slot counts.
    Superseded,
    /// The credential belongs to another slot.
    WrongSlot,
    /// Not the next number.
    WrongNumber,
    /// Not the hash of the ballot before.
    WrongPrevious,
    /// A point is there already.
    ReusedPoint,
    /// The slot has a credential.
    CredentialExists,
    /// The key is another credential's.
    CredentialReused,
    /// Not the next generation.
    WrongGeneration,
    /// No such slot.
    UnknownSlot,
}

/// A credential with its slot's state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CredentialRecord {
    /// The slot.
    pub slot: i64,
    /// The credential's generation.
    pub generation: i64,
    /// Its entry.
    pub leaf: i64,
    /// The generation that counts for the slot.
    pub slot_generation: i64,
    /// The slot's last ballot, 0 for none.
    pub number: i64,
    /// Its hash.
    pub last_hash: Option<Bytes32>,
}

/// What a ballot brings that the board may know.
#[derive(Debug, Clone)]
pub struct Presented {
    /// Who brings it.
    pub person: PersonId,
    /// The ballot's hash.
    pub hash: Bytes32,
    /// The credential's key.
    pub credential: Bytes32,
}

/// What the board knows of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PresentedRecord {
    /// The person's slot, and the number of its last ballot, 0 for none.
    pub slot: Option<(i64, i64)>,
    /// The ballot, recorded before: its slot, whether it was opened, its entry, when.
    pub recorded: Option<(i64, bool, i64, Timestamp)>,
    /// The credential.
    pub credential: Option<CredentialRecord>,
}

/// A recorded ballot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BallotRecord {
    /// The ballot's hash.
    pub hash: Bytes32,
    /// The slot.
    pub slot: i64,
    /// The slot's how-manieth.
    pub number: i64,
    /// Opened instead of cast.
    pub challenged: bool,
    /// Its entry.
    pub leaf: i64,
    /// When.
    pub at: Timestamp,
    /// The number of the slot's last ballot: equal to `number` if this one counts.
    pub last_number: i64,
}

/// A new device's wish for a credential.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reissue {
    /// The slot.
    pub slot: i64,
    /// The generation it is to have.
    pub generation: i64,
    /// The device's key.
    pub key: Bytes32,
    /// The device's signature.
    pub possession: Vec<u8>,
    /// When.
    pub asked_at: Timestamp,
}

/// The same, as clerks see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReissueRecord {
    /// The poll.
    pub poll: PollId,
    /// Its title.
    pub title: String,
    /// The wish.
    pub reissue: Reissue,
    /// The person's name.
    pub name: String,
    /// Building, unit and room.
    pub address: [String; 3],
}

/// Makes the job that follows from ballots recorded from a place on. One such job of a poll waits at a time: see
/// [`Votes::fix_work`].
pub type JobFor<'a> = &'a (dyn Fn(i64) -> NewJob + Send + Sync);

/// Makes a job's payload for a board of so many entries.
pub type PayloadFor<'a> = &'a (dyn Fn(i64) -> String + Send + Sync);

/// Voters' entries.
#[async_trait]
pub trait Votes: Send + Sync {
    /// A credential by its key.
    async fn credential(&self, poll: PollId, key: &Bytes32) -> Result<Option<CredentialRecord>>;

    /// What the board knows of so many ballots, in their order. It may change until they are recorded.
    async fn presented(&self, poll: PollId, presented: &[Presented]) -> Result<Vec<PresentedRecord>>;

    /// Records many votes in one transaction, in order: each is recorded or left out by itself, and those recorded
    /// come with the job made from the first place taken, unless one with its key waits already. Duplicates, slots' states and points are judged with the head locked.
    async fn append_votes(
        &self,
        poll: PollId,
        at: Timestamp,
        votes: &[Vote],
        job: JobFor<'_>,
        seal: Seal<'_>,
    ) -> Result<Vec<VoteOutcome>>;

    /// Ends the gathering of a job that [`Votes::append_votes`] made: with the head locked, its payload is made from the
    /// board's size and its key is given free, so that what is recorded from now on makes a new job. The size; none
    /// where there is no such board.
    async fn fix_work(&self, poll: PollId, job: JobId, payload: PayloadFor<'_>) -> Result<Option<i64>>;

    /// Ballots whose hash begins with these bytes (a tracker has 10), at most 2.
    async fn ballots_by_hash(&self, poll: PollId, prefix: &[u8]) -> Result<Vec<BallotRecord>>;

    /// A slot's ballots, opened ones left out, newest first.
    async fn ballots_of(&self, poll: PollId, slot: i64, limit: i64) -> Result<Vec<BallotRecord>>;

    /// The accounts for whose slots ballots were recorded at `first..=last`, with each ballot's number and time.
    async fn casters(&self, poll: PollId, first: i64, last: i64) -> Result<Vec<(AccountId, i64, Timestamp)>>;

    /// Keeps a wish for a new credential in place of the slot's one before.
    async fn ask_reissue(&self, poll: PollId, reissue: &Reissue) -> Result<()>;

    /// A slot's wish.
    async fn reissue_of(&self, poll: PollId, slot: i64) -> Result<Option<Reissue>>;

    /// Wishes in open polls of an area and below, oldest first, at most 200.
    async fn reissues(&self, area: AreaId) -> Result<Vec<ReissueRecord>>;
}
