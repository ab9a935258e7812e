//! Polls as they travel: from the clerk's draft to the published result.
//!
//! `draft` is what a clerk writes; `page` what everybody sees; `ceremony` what trustees and clerks need;
//! `casting` what a voter's device needs; `board` the public record; `result` what came out.
//! What is hashed or signed never travels as these structs but as exact bytes ([`crate::bytes::Blob`]), laid out by docs/BALLOT.md.

mod board;
mod casting;
mod ceremony;
mod draft;
mod page;
mod result;

pub use board::*;
pub use casting::*;
pub use ceremony::*;
pub use draft::*;
pub use page::*;
pub use result::*;

use serde::{Deserialize, Serialize};

/// Where a poll stands. It only ever moves down this list; `Lapsed` can follow any state before `Open`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum PollState {
    /// Being written; visible to the clerks of its area alone.
    Draft,
    /// Published and fixed; the trustees make the key.
    Ceremony,
    /// The key stands; the roll is to be frozen.
    Roll,
    /// The roll is frozen; clerks sign it.
    Signing,
    /// Signed; opens by the clock.
    Scheduled,
    /// Ballots are taken.
    Open,
    /// Closed; the trustees open the sums.
    Counting,
    /// The result is published.
    Finished,
    /// Its closing time came before it could open.
    Lapsed,
}

impl PollState {
    /// Every state, in order.
    pub const ALL: [Self; 9] = [
        Self::Draft,
        Self::Ceremony,
        Self::Roll,
        Self::Signing,
        Self::Scheduled,
        Self::Open,
        Self::Counting,
        Self::Finished,
        Self::Lapsed,
    ];

    /// The stable string, as in JSON and in the database.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Ceremony => "ceremony",
            Self::Roll => "roll",
            Self::Signing => "signing",
            Self::Scheduled => "scheduled",
            Self::Open => "open",
            Self::Counting => "counting",
            Self::Finished => "finished",
            Self::Lapsed => "lapsed",
        }
    }

    /// The state with this stable string.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == text)
    }
}

/// Who counts as one voter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Electorate {
    /// Every resident of age: one slot each.
    #[default]
    Residents,
    /// One representative for each household: one slot for a household.
    Households,
}

/// The deciding rule; `docs/BALLOT.md` defines each to the letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum RulePreset {
    /// Residents' meeting 居民会议: more than half take part, more than half of those agree.
    #[default]
    ResidentsMeeting,
    /// Households' representatives 户代表: more than half of the households, more than half of those.
    HouseholdRepresentatives,
    /// Village households' representatives: two thirds of the households, more than half of those.
    VillageHouseholds,
    /// Advisory 意向征集: an order of the options, nothing is decided.
    Advisory,
}

impl RulePreset {
    /// The presets offered, in the order offered.
    pub const ALL: [Self; 4] =
        [Self::ResidentsMeeting, Self::HouseholdRepresentatives, Self::VillageHouseholds, Self::Advisory];

    /// Who must be counted for this rule; `None` where either will do.
    #[must_use]
    pub const fn electorate(self) -> Option<Electorate> {
        match self {
            Self::ResidentsMeeting => Some(Electorate::Residents),
            Self::HouseholdRepresentatives | Self::VillageHouseholds => Some(Electorate::Households),
            Self::Advisory => None,
        }
    }
}

/// Who holds the key that opens the sums.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case", tag = "mode")]
pub enum KeyHolder {
    /// `k` of `n` trustees together.
    Trustees {
        /// How many it takes.
        k: u8,
        /// How many there are.
        n: u8,
    },
    /// The server. Every page of such a poll must say: the operator is able to see ballots.
    System,
}

/// Counts that are public while a poll runs: who took part, never how.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Turnout {
    /// Slots on the roll.
    pub slots: u64,
    /// Slots with at least one ballot.
    pub voted: u64,
}
