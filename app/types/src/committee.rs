//! The committee's workbench: what must be done, and how many took part.

use crate::{
    Timestamp,
    ids::PollId,
    polls::{Electorate, PollCard, RulePreset},
};
use serde::{Deserialize, Serialize};

/// What kind of thing is to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TaskKind {
    /// An open poll closes within three days.
    Closing,
    /// Trustees have not finished the round of the key ceremony that runs.
    Unanswered,
    /// The roll can be frozen.
    Freeze,
    /// Clerks are to sign.
    Sign,
    /// Trustees are to open the totals.
    Shares,
    /// A draft lies unpublished.
    Draft,
    /// Residents wait for a re-issued credential.
    Reissue,
    /// Codes were locked after too many tries.
    Locked,
}

/// One thing to be done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Task {
    /// What kind.
    pub kind: TaskKind,
    /// The poll concerned, if one is.
    pub poll: Option<PollId>,
    /// Its title, may be empty for a draft.
    pub title: String,
    /// By when; `None` if nothing presses.
    pub due: Option<Timestamp>,
    /// Who is waited for, by published name; empty: any clerk.
    pub people: Vec<String>,
    /// How many: people waited for, signatures given, requests, codes; for [`TaskKind::Closing`] slots that voted.
    pub count: u64,
    /// Out of how many, where there is such a number.
    pub of: u64,
}

/// What the workbench opens with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Today {
    /// What is to be done, the most pressing first.
    pub tasks: Vec<Task>,
    /// Open polls, the first to close first; at most five.
    pub open: Vec<PollTurnout>,
    /// When this was put together.
    pub now: Timestamp,
}

/// How many took part in a poll, and when; never what they chose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PollTurnout {
    /// The poll with its counts.
    pub card: PollCard,
    /// The rule whose threshold matters.
    pub rule: RulePreset,
    /// Persons or households.
    pub electorate: Electorate,
    /// How it grew, oldest first, at most 60 points; the first is the opening with 0.
    pub points: Vec<TurnoutPoint>,
}

/// Turnout at one moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct TurnoutPoint {
    /// When.
    pub at: Timestamp,
    /// Slots with at least one ballot by then.
    pub voted: u64,
}
