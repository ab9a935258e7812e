//! A poll as everybody sees it.

use super::{Attachment, Electorate, KeyHolder, PollState, RulePreset, Turnout};
use crate::{
    Timestamp,
    bytes::Hex32,
    ids::{AreaId, PollId},
};
use serde::{Deserialize, Serialize};

/// A line of a list of polls.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PollCard {
    /// The poll.
    pub poll: PollId,
    /// Its title.
    pub title: String,
    /// Its area.
    pub area: AreaId,
    /// That area's name.
    pub area_name: String,
    /// Where it stands.
    pub state: PollState,
    /// When ballots are taken from.
    pub opens_at: Timestamp,
    /// When ballots are taken until.
    pub closes_at: Timestamp,
    /// Who holds the key.
    pub key: KeyHolder,
    /// Who took part so far.
    pub turnout: Turnout,
    /// What the signed-in person has to do with it; `None` for those who are not on its roll.
    pub mine: Option<MyPart>,
}

/// What a person has to do with a poll.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MyPart {
    /// Their slot on the roll.
    pub slot: u32,
    /// When their last ballot was recorded, if one was.
    pub voted_at: Option<Timestamp>,
}

/// A page of a list, by a cursor that the server gave.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PollList {
    /// The polls, newest opening first.
    pub polls: Vec<PollCard>,
    /// Send it back as `after` for the next page; `None` at the end.
    pub next: Option<String>,
}

/// Which polls a list shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum PollFilter {
    /// All that are published.
    #[default]
    All,
    /// Being prepared: published, not open yet.
    Coming,
    /// Ballots are taken.
    Open,
    /// Closed: counting, finished, lapsed.
    Closed,
}

/// A poll's page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PollPage {
    /// Title, state, dates, turnout, my part.
    pub card: PollCard,
    /// The text, Markdown.
    pub text: String,
    /// The language of title, text and options.
    pub language: String,
    /// The questions.
    pub questions: Vec<PollQuestion>,
    /// Who may vote: the names of the areas.
    pub areas: Vec<String>,
    /// Age in full years at closing time.
    pub min_age: u8,
    /// Persons or households.
    pub electorate: Electorate,
    /// The deciding rule.
    pub rule: RulePreset,
    /// Totals are published from this many ballots.
    pub min_group: u32,
    /// Files.
    pub attachments: Vec<Attachment>,
    /// Who holds the key, by name; empty for a system key.
    pub trustees: Vec<Person>,
    /// Who can open it and re-issue credentials.
    pub clerks: Vec<Person>,
    /// The poll that this one corrects.
    pub corrects: Option<PollId>,
    /// The poll that corrects this one.
    pub corrected_by: Option<PollId>,
    /// The hash of the manifest (docs/BALLOT.md); zero in a preview.
    pub manifest_hash: Hex32,
    /// The key that ballots are sealed to, once it stands.
    pub joint_key: Option<Hex32>,
    /// What the caller can do here now.
    pub actions: Vec<PollAction>,
    /// How the caller stands to the poll.
    pub standing: Standing,
    /// What happened and what comes next.
    pub timeline: Vec<TimelineEvent>,
}

/// A question with its options.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PollQuestion {
    /// The question.
    pub title: String,
    /// The options in ballot order.
    pub options: Vec<String>,
    /// The fewest marks.
    pub min: u32,
    /// The most marks; 1 with `min` 1 is a single choice.
    pub max: u32,
    /// The options are the preset yes, no, abstain, in this order.
    pub yes_no: bool,
}

/// A named part in a poll.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Person {
    /// The name as published in the manifest.
    pub name: String,
    /// Has done what is asked of them at this stage.
    pub done: bool,
}

/// How the caller stands to a poll.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// Nobody is signed in.
    SignedOut,
    /// Signed in, identity not verified.
    NotVerified,
    /// Verified, not on this poll's roll, or the roll is not frozen yet.
    NotOnRoll,
    /// On the roll.
    OnRoll,
}

/// Something the caller can do with a poll now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum PollAction {
    /// Clerk: write on.
    EditDraft,
    /// Trustee: the next step of the key ceremony.
    Ceremony,
    /// Clerk: freeze the roll.
    FreezeRoll,
    /// Clerk with a key that the manifest names: sign the roll, so that the poll can open.
    SignOpening,
    /// Resident: vote.
    Vote,
    /// Resident with a credential on another device: ask for a new one.
    AskReissue,
    /// Clerk: re-issue credentials that were asked for.
    Reissue,
    /// Trustee: open the sums.
    PostShare,
    /// Clerk: write a new poll that corrects this one.
    Correct,
}

/// What happened to a poll, or will.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TimelineEvent {
    /// What.
    pub kind: TimelineKind,
    /// When; `None` for what has no date yet.
    pub at: Option<Timestamp>,
    /// It has happened.
    pub done: bool,
    /// The board entry that shows it.
    pub leaf: Option<u64>,
}

/// The stations of a poll.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum TimelineKind {
    /// Published and fixed.
    Published,
    /// The key stands.
    KeyMade,
    /// The roll is frozen.
    RollFrozen,
    /// Two clerks have signed.
    Signed,
    /// Ballots are taken.
    Opened,
    /// No more ballots are taken.
    Closed,
    /// The result is published.
    Result,
}

impl TimelineKind {
    /// Every station, in order.
    pub const ALL: [Self; 7] =
        [Self::Published, Self::KeyMade, Self::RollFrozen, Self::Signed, Self::Opened, Self::Closed, Self::Result];

    /// The stable string, as in JSON and in the database.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Published => "published",
            Self::KeyMade => "key-made",
            Self::RollFrozen => "roll-frozen",
            Self::Signed => "signed",
            Self::Opened => "opened",
            Self::Closed => "closed",
            Self::Result => "result",
        }
    }

    /// The station with this stable string.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }
}

impl PollFilter {
    /// The stable string, as in JSON and in the database; `None` for all.
    #[must_use]
    pub const fn phase(self) -> Option<&'static str> {
        match self {
            Self::All => None,
            Self::Coming => Some("coming"),
            Self::Open => Some("open"),
            Self::Closed => Some("closed"),
        }
    }

    /// The filter under which a published poll in `state` is listed.
    #[must_use]
    pub const fn of(state: PollState) -> Self {
        match state {
            PollState::Draft | PollState::Ceremony | PollState::Roll | PollState::Signing | PollState::Scheduled => {
                Self::Coming
            }
            PollState::Open => Self::Open,
            PollState::Counting | PollState::Finished | PollState::Lapsed => Self::Closed,
        }
    }
}
