//! A poll as a clerk writes it.

use super::{Electorate, RulePreset};
use crate::{
    FieldProblem, Timestamp,
    ids::{AccountId, AreaId, AttachmentId, PollId},
};
use serde::{Deserialize, Serialize};

/// The longest title, in characters.
pub const TITLE_MAX: usize = 120;
/// The longest text, in characters of Markdown.
pub const TEXT_MAX: usize = 20_000;
/// Questions in one poll.
pub const QUESTIONS_MAX: usize = 8;
/// Options of one question.
pub const OPTIONS_MAX: usize = 50;
/// Options of all questions together.
pub const ALL_OPTIONS_MAX: usize = 100;
/// The longest option or question, in characters.
pub const OPTION_MAX: usize = 200;
/// Files of one poll.
pub const ATTACHMENTS_MAX: usize = 10;
/// The largest file, in bytes.
pub const ATTACHMENT_BYTES_MAX: usize = 5 * 1024 * 1024;
/// Below this many ballots no total is ever published.
pub const GROUP_MIN: u32 = 10;
/// The most trustees it may take to open the sums; the fewest are 2.
pub const THRESHOLD_MAX: u8 = 5;
/// The most trustees a poll may have.
pub const TRUSTEES_MAX: usize = 9;

/// What kind of answer a question takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum QuestionKind {
    /// Yes, no, abstain: the three options are [`yes_no_options`] in the poll's language; `options` stays empty.
    #[default]
    YesNo,
    /// Exactly one of the options.
    Single,
    /// At least `min`, at most `max` of the options.
    Approval {
        /// The fewest marks.
        min: u32,
        /// The most marks.
        max: u32,
    },
}

/// One question of a draft.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct QuestionDraft {
    /// The question.
    pub title: String,
    /// What kind of answer it takes.
    pub kind: QuestionKind,
    /// The options in ballot order; ignored for [`QuestionKind::YesNo`].
    pub options: Vec<String>,
}

/// Who may vote: everybody on the roll of these areas who is old enough on the closing day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Eligibility {
    /// Areas (an estate, some buildings); each with all below it. Must lie within the poll's area.
    pub areas: Vec<AreaId>,
    /// Age in full years at closing time.
    pub min_age: u8,
    /// Persons or households.
    pub electorate: Electorate,
}

impl Default for Eligibility {
    fn default() -> Self {
        Self { areas: Vec::new(), min_age: 18, electorate: Electorate::Residents }
    }
}

/// Who shall hold the key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "mode")]
pub enum KeyDraft {
    /// `k` of the chosen accounts.
    Trustees {
        /// How many it takes, at least 2, at most all.
        k: u8,
        /// The trustees, in order.
        accounts: Vec<AccountId>,
    },
    /// The server.
    System,
}

impl Default for KeyDraft {
    fn default() -> Self {
        Self::Trustees { k: 2, accounts: Vec::new() }
    }
}

/// A poll as a clerk writes it, whole or half finished. Saved as it is; checked when published.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PollDraft {
    /// The title.
    pub title: String,
    /// The text, Markdown; pictures as `![what](attachment:<id>)`.
    pub text: String,
    /// The language in which title, text and options are written: `zh-Hans`, `zh-Hant` or `en`.
    pub language: String,
    /// The published poll that this one corrects.
    pub corrects: Option<PollId>,
    /// The questions, in ballot order.
    pub questions: Vec<QuestionDraft>,
    /// Who may vote.
    pub eligibility: Eligibility,
    /// When ballots are taken from.
    pub opens_at: Option<Timestamp>,
    /// When ballots are taken until.
    pub closes_at: Option<Timestamp>,
    /// The deciding rule.
    pub rule: RulePreset,
    /// Totals are published from this many ballots, at least [`GROUP_MIN`].
    pub min_group: u32,
    /// Who holds the key.
    pub key: KeyDraft,
}

impl Default for PollDraft {
    fn default() -> Self {
        Self {
            title: String::new(),
            text: String::new(),
            language: "zh-Hans".to_owned(),
            corrects: None,
            questions: vec![QuestionDraft::default()],
            eligibility: Eligibility::default(),
            opens_at: None,
            closes_at: None,
            rule: RulePreset::default(),
            min_group: GROUP_MIN,
            key: KeyDraft::default(),
        }
    }
}

/// A line of the list of drafts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftLine {
    /// The poll.
    pub poll: PollId,
    /// Its title, perhaps still empty.
    pub title: String,
    /// Last saved.
    pub updated_at: Timestamp,
}

/// A draft with everything the wizard shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftPage {
    /// The poll.
    pub poll: PollId,
    /// The area it belongs to.
    pub area: AreaId,
    /// That area's name.
    pub area_name: String,
    /// The draft.
    pub draft: PollDraft,
    /// Its files.
    pub attachments: Vec<Attachment>,
    /// Goes up with each save; send it back with the next one.
    pub version: i64,
    /// Last saved.
    pub updated_at: Timestamp,
    /// What is missing or wrong before it can be published. Field names: `title`, `questions.0.options.1`, `closes_at`, ….
    pub problems: Vec<FieldProblem>,
    /// How many would be on the roll today.
    pub eligible: u64,
    /// The areas that can be chosen, top down.
    pub areas: Vec<AreaChoice>,
    /// The accounts that can be trustees: supervisory members first, then others with a role, then verified residents
    /// whom the draft names.
    pub trustees: Vec<TrusteeChoice>,
    /// How many clerks of the area have registered a signing key; opening takes two.
    pub clerk_keys: u32,
}

/// What a save answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftSaved {
    /// The new version.
    pub version: i64,
    /// When.
    pub updated_at: Timestamp,
    /// What is still missing or wrong.
    pub problems: Vec<FieldProblem>,
    /// How many would be on the roll today.
    pub eligible: u64,
}

/// An area that can be chosen for a poll.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AreaChoice {
    /// The area.
    pub area: AreaId,
    /// Its name.
    pub name: String,
    /// 0 for the poll's own area, 1 below it, and so on.
    pub depth: u8,
}

/// An account that can be a trustee.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrusteeChoice {
    /// The account.
    pub account: AccountId,
    /// The name to show, and to publish with the poll.
    pub name: String,
    /// Member of the supervisory committee of the area.
    pub supervisor: bool,
}

/// A file of a poll, served at `/api/v1/polls/{poll}/attachments/{id}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Attachment {
    /// The file.
    pub id: AttachmentId,
    /// Its name as uploaded, cleaned.
    pub name: String,
    /// Its kind, found from its content: `image/png`, `image/jpeg`, `image/webp` or `application/pdf`.
    pub mime: String,
    /// Its size in bytes.
    pub bytes: u64,
    /// SHA-256 of the content; the manifest names it.
    pub sha256: crate::bytes::Hex32,
}

/// The options of [`QuestionKind::YesNo`] in ballot order, in the poll's language: a fixed wording, so that manifests
/// of different communities say the same.
#[must_use]
pub const fn yes_no_options(language: &str) -> [&'static str; 3] {
    match language.as_bytes() {
        b"en" => ["For", "Against", "Abstain"],
        b"zh-Hant" => ["贊成", "反對", "棄權"],
        _ => ["赞成", "反对", "弃权"],
    }
}
