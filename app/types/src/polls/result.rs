//! What came out of a poll.

use super::{KeyHolder, PollState, RulePreset, TreeProof, Turnout};
use crate::{Timestamp, ids::PollId};
use serde::{Deserialize, Serialize};

/// The result page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PollResult {
    /// The poll.
    pub poll: PollId,
    /// Its title.
    pub title: String,
    /// Counting or finished.
    pub state: PollState,
    /// The rule that decides.
    pub rule: RulePreset,
    /// Who holds the key.
    pub key: KeyHolder,
    /// Who took part.
    pub turnout: Turnout,
    /// Ballots on the board, replaced ones included.
    pub ballots: u64,
    /// Ballots opened to check a device; they never count.
    pub challenged: u64,
    /// The trustees' shares so far.
    pub shares: Vec<ShareLine>,
    /// How many shares it takes.
    pub shares_needed: u8,
    /// When the result was published.
    pub finished_at: Option<Timestamp>,
    /// The totals, or why there are none.
    pub outcome: Published,
    /// The result entry on the board.
    pub proof: Option<TreeProof>,
}

/// A trustee's share of the opening.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ShareLine {
    /// The trustee's number, from 1; the system key counts as trustee 1.
    pub index: u8,
    /// The name as published; empty for the system key.
    pub name: String,
    /// The entry on the board; `None`: not posted.
    pub leaf: Option<u64>,
}

/// The totals, or why there are none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case", tag = "published")]
pub enum Published {
    /// Not yet: shares are missing.
    Pending,
    /// Never: so few ballots that totals would lay single ones open.
    Withheld {
        /// Voters who took part.
        voted: u64,
        /// How many it takes.
        needed: u64,
    },
    /// The totals.
    Totals {
        /// One for each question.
        questions: Vec<QuestionResult>,
    },
}

/// The totals of one question and what follows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct QuestionResult {
    /// The question.
    pub title: String,
    /// The preset yes, no, abstain.
    pub yes_no: bool,
    /// The options in ballot order.
    pub options: Vec<OptionResult>,
    /// The rule, step by step; empty if advisory.
    pub checks: Vec<RuleCheck>,
    /// What is decided.
    pub decision: Decision,
}

/// The votes of one option.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OptionResult {
    /// The option.
    pub text: String,
    /// Its votes.
    pub votes: u64,
    /// Its place, from 1; equal votes share a place.
    pub place: u32,
    /// Chosen by the rule.
    pub chosen: bool,
}

/// One step of the rule, with its numbers: `have` of `of`, wanted `need_num/need_den`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RuleCheck {
    /// Which step.
    pub kind: RuleCheckKind,
    /// The number reached.
    pub have: u64,
    /// The number it is measured against.
    pub of: u64,
    /// The threshold's numerator.
    pub need_num: u64,
    /// The threshold's denominator.
    pub need_den: u64,
    /// More than the threshold (true), or at least (false).
    pub strict: bool,
    /// Reached.
    pub passed: bool,
    /// The option that is measured, for [`RuleCheckKind::Support`].
    pub option: Option<String>,
}

/// The steps of the rules that count heads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum RuleCheckKind {
    /// Enough of the roll took part.
    Turnout,
    /// Enough of those who took part are for it.
    Support,
}

/// What follows from totals and rule; the options concerned have `chosen` set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Decision {
    /// Too few took part: nothing is decided; the totals are published all the same.
    NoQuorum,
    /// The proposal, or the option with the most votes, has reached what the rule asks for.
    Passed,
    /// It has not.
    NotPassed,
    /// The first options have equal votes, and the rule does not break the tie.
    Tie,
    /// Each option by itself: the chosen ones have passed.
    Each,
    /// Advisory: an order, no decision.
    Ranked,
}
