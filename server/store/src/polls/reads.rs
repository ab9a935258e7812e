//! What pages and lists show. Counts come from the head's row, never from counting ballots.

use crate::Result;
use async_trait::async_trait;
use types::{
    Timestamp,
    ids::{AccountId, AreaId, PersonId, PollId},
    polls::{PollState, TimelineKind},
};

/// A published poll as a line of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PollRow {
    /// The poll.
    pub poll: PollId,
    /// Its title.
    pub title: String,
    /// Where.
    pub area: AreaId,
    /// The area's name.
    pub area_name: String,
    /// Where it stands.
    pub state: PollState,
    /// When ballots are taken from.
    pub opens_at: Timestamp,
    /// When ballots are taken until.
    pub closes_at: Timestamp,
    /// The server holds the key.
    pub key_system: bool,
    /// Trustees it takes.
    pub key_k: i64,
    /// Trustees.
    pub key_n: i64,
    /// Slots on the roll.
    pub slots: i64,
    /// Slots with a ballot.
    pub voted: i64,
    /// The asking person's slot.
    pub my_slot: Option<i64>,
    /// When their last ballot was recorded.
    pub my_last_at: Option<Timestamp>,
}

/// A published poll with everything its page shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PollRecord {
    /// The line.
    pub row: PollRow,
    /// The area's path.
    pub area_path: String,
    /// JSON of what is the same for everybody.
    pub page: String,
    /// The poll it corrects.
    pub corrects: Option<PollId>,
    /// The published poll that corrects it.
    pub corrected_by: Option<PollId>,
    /// Ballots cast.
    pub ballots: i64,
    /// Ballots opened.
    pub challenged: i64,
    /// Entries on the board.
    pub size: i64,
    /// The key that ballots are sealed to, once it stands.
    pub joint_key: Option<super::Bytes32>,
}

/// A station that a poll has reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventRecord {
    /// Which.
    pub kind: TimelineKind,
    /// When.
    pub at: Timestamp,
    /// The entry that shows it.
    pub leaf: Option<i64>,
}

/// The end of a page of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ListCursor {
    /// The last line's opening.
    pub opens_at: Timestamp,
    /// The last line's poll.
    pub poll: PollId,
}

/// A named part in a poll.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RoleInPoll {
    /// Among the manifest's trustees, from 1.
    Trustee(i64),
    /// Among the manifest's clerks, from 0.
    Clerk(i64),
}

/// Lists and pages.
#[async_trait]
pub trait PollReads: Send + Sync {
    /// A published poll's page, with the slot of `person`.
    async fn poll(&self, poll: PollId, person: Option<PersonId>) -> Result<Option<PollRecord>>;

    /// Published polls listed for an area (`None`: everywhere), newest opening first.
    async fn poll_list(
        &self,
        area: Option<AreaId>,
        phase: Option<&'static str>,
        after: Option<ListCursor>,
        person: Option<PersonId>,
        limit: i64,
    ) -> Result<Vec<PollRow>>;

    /// The polls on whose roll a person is: open ones first, then by closing time, newest first.
    async fn polls_of(&self, person: PersonId, limit: i64) -> Result<Vec<PollRow>>;

    /// The polls in which an account is a trustee, newest first.
    async fn trustee_polls(&self, account: AccountId, limit: i64) -> Result<Vec<(PollRow, i64)>>;

    /// What parts an account has in a poll.
    async fn roles_in_poll(&self, poll: PollId, account: AccountId) -> Result<Vec<RoleInPoll>>;

    /// The trustees' accounts, number 1 first.
    async fn poll_trustees(&self, poll: PollId) -> Result<Vec<AccountId>>;

    /// The stations a poll has reached.
    async fn poll_events(&self, poll: PollId) -> Result<Vec<EventRecord>>;
}
