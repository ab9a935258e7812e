//! The manifest: everything that is fixed before a poll opens, as one JSON document whose exact bytes are hashed.
//!
//! A [`Draft`] is filled in and written with [`Draft::to_bytes`]; those bytes are the first entry of the board.
//! [`Manifest::parse`] accepts exactly what `to_bytes` can write: compact JSON, the fields in the order of the
//! structs below, unknown or repeated fields refused. So there is one byte string for one manifest.

mod canonical;
mod check;
mod preset;

use crate::hash::{Digest, Hash};
use canonical::{Canonical as _, Reader};
use std::ops::Deref;

/// The value of [`Draft::format`].
pub const FORMAT: &str = "minyi-poll/1";
/// No result is published for fewer ballots, whatever a manifest says.
pub const MIN_GROUP: u32 = 10;

/// Upper limits of a manifest. Characters are Unicode scalar values.
pub mod limits {
    /// Bytes of the whole document.
    pub const BYTES: usize = 49_152;
    /// Characters of a title, a name, an option.
    pub const LINE: usize = 200;
    /// Characters of an option's detail, a question, the electorate's description.
    pub const PARAGRAPH: usize = 2_000;
    /// Characters of the poll's text (Markdown).
    pub const TEXT: usize = 20_000;
    /// Attachments.
    pub const ATTACHMENTS: usize = 20;
    /// Questions.
    pub const QUESTIONS: usize = 8;
    /// Options of one question (at least 2).
    pub const OPTIONS: usize = 50;
    /// Options of all questions together.
    pub const ALL_OPTIONS: usize = 100;
    /// Areas of the electorate.
    pub const AREAS: usize = 64;
    /// Clerks (at least as many as must sign).
    pub const CLERKS: usize = 16;
    /// Trustees.
    pub const TRUSTEES: u8 = 9;
    /// Trustees it takes to open a total.
    pub const THRESHOLD: u8 = 5;
}

/// The poll's id: 16 bytes, 32 hex digits in JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PollId(pub [u8; 16]);

/// An Ed25519 public key, 64 hex digits in JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PublicKey(pub [u8; 32]);

/// A SHA-256 digest of a file, 64 hex digits in JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Sha256(pub [u8; 32]);

/// The community the poll belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Area {
    /// The portal's id of the area.
    pub id: String,
    /// Its name, as residents know it.
    pub name: String,
}

/// A file that belongs to the poll; only its hash is part of the manifest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attachment {
    /// File name.
    pub name: String,
    /// Media type, such as `application/pdf`.
    pub media_type: String,
    /// Bytes.
    pub size: u64,
    /// SHA-256 of the file.
    pub sha256: Sha256,
}

/// How a question may be answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Exactly one option (`min = max = 1`). Yes / no / abstain is this: abstain is an option.
    Single,
    /// From `min` to `max` options.
    Approval,
}

/// One answer that can be chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// What is chosen.
    pub text: String,
    /// More about it, or empty.
    pub detail: String,
}

/// How a question's totals become an outcome.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decides {
    /// The option in [`Question::yes`] passes or fails against [`Rule::pass`].
    Yes,
    /// The option with the most votes wins, if it reaches [`Rule::pass`] where that is given.
    Plurality,
    /// Each option passes or fails by itself against [`Rule::pass`].
    Each,
    /// Nothing is decided; the options are put in order.
    Ranking,
}

/// One question of a poll.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// The question.
    pub text: String,
    /// Single choice or approval.
    pub kind: Kind,
    /// 2 to [`limits::OPTIONS`] options; a choice is an index into this list, from 0.
    pub options: Vec<Choice>,
    /// The fewest options a ballot may choose.
    pub min: u16,
    /// The most options a ballot may choose.
    pub max: u16,
    /// What the totals decide.
    pub decides: Decides,
    /// The index of the option that says yes, with [`Decides::Yes`]; null otherwise.
    pub yes: Option<u16>,
}

/// A named deciding rule. Where the name is not `custom`, the rule's numbers are exactly the preset's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Preset {
    /// 居民会议: residents of 18 and over; more than half take part; more than half of those taking part.
    ResidentsMeeting,
    /// 户代表会议: one per household; more than half take part; more than half of those taking part.
    Households,
    /// The same in a village: two thirds of the households take part.
    HouseholdsVillage,
    /// 意向征集: a ranking, nothing is decided.
    Advisory,
    /// Any other numbers.
    Custom,
}

/// An exact share of a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fraction {
    /// Numerator.
    pub num: u32,
    /// Denominator, at least the numerator, at most 1,000.
    pub den: u32,
    /// True: more than the fraction. False: at least the fraction.
    pub strict: bool,
}

/// What an option's votes are measured against.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Base {
    /// Those taking part: the counted ballots, abstentions included.
    Ballots,
    /// All slots of the roll.
    Roll,
}

/// The share of the votes that an option needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pass {
    /// How much.
    pub fraction: Fraction,
    /// Of what.
    pub base: Base,
}

/// What happens where the first options have equal votes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TieBreak {
    /// Nobody wins; a new poll decides.
    None,
    /// The option listed first.
    ListedFirst,
}

/// The deciding rule, as data from which the outcome can be computed again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    /// The rule's name.
    pub preset: Preset,
    /// The share of the roll that must take part, or null.
    pub quorum: Option<Fraction>,
    /// The share of the votes an option needs, or null.
    pub pass: Option<Pass>,
    /// What a tie means.
    pub tie: TieBreak,
}

/// What a slot of the roll stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// One slot per resident.
    Residents,
    /// One slot per household.
    Households,
}

/// Who may vote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Electorate {
    /// What a slot stands for.
    pub kind: Unit,
    /// Full years of age, 0 for no limit.
    pub min_age: u8,
    /// Ids of the areas, at least one.
    pub areas: Vec<String>,
    /// The same in words.
    pub description: String,
}

/// Who holds the poll's key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyMode {
    /// `k` of `n` trustees, `k ≥ 2`: no single party can open a ballot.
    Trustees,
    /// The server alone (`k = n = 1`): the operator is able to read ballots, and every page must say so.
    System,
}

/// The key ceremony's shape.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Keys {
    /// Trustees or system.
    pub mode: KeyMode,
    /// Trustees it takes to open a total.
    pub k: u8,
    /// Trustees.
    pub n: u8,
    /// Their names, trustee 1 first; none with a system key.
    pub names: Vec<String>,
}

/// A clerk who may sign for this poll.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clerk {
    /// Name.
    pub name: String,
    /// Signing key.
    pub key: PublicKey,
}

/// The board's log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Log {
    /// The checkpoint's origin line and the name of its key, such as `minyi.example/polls/<id>`.
    pub origin: String,
    /// The key that signs checkpoints.
    pub key: PublicKey,
}

/// A manifest's content. Field order is the order in the document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// [`FORMAT`].
    pub format: String,
    /// This poll.
    pub poll: PollId,
    /// The poll that this one corrects, or null.
    pub corrects: Option<PollId>,
    /// Where.
    pub area: Area,
    /// Title.
    pub title: String,
    /// Text (Markdown).
    pub text: String,
    /// Files.
    pub attachments: Vec<Attachment>,
    /// Questions, at least one.
    pub questions: Vec<Question>,
    /// Deciding rule.
    pub rule: Rule,
    /// Who may vote.
    pub electorate: Electorate,
    /// The fewest ballots for which totals are published, at least [`MIN_GROUP`].
    pub min_group: u32,
    /// Opening time, milliseconds since 1970 UTC.
    pub opens_at: u64,
    /// Closing time, milliseconds since 1970 UTC.
    pub closes_at: u64,
    /// Who holds the key.
    pub keys: Keys,
    /// Clerks.
    pub clerks: Vec<Clerk>,
    /// How many of them must sign what opens the poll, at least 2.
    pub clerk_signatures: u8,
    /// The log.
    pub log: Log,
}

/// Why a manifest is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ManifestError {
    /// More than [`limits::BYTES`].
    #[error("the manifest is larger than {} bytes", limits::BYTES)]
    TooLarge,
    /// Not JSON of this format in its one encoding (compact, every field in its place); the byte where it stops being so.
    #[error("the manifest cannot be read from byte {0} on")]
    Unreadable(usize),
    /// A field breaks a limit or does not fit the others; the field's path, and what is asked for.
    #[error("{field}: {problem}")]
    Field {
        /// Where, such as `questions[0].max`.
        field: String,
        /// What is wrong, for developers; pages have their own words.
        problem: &'static str,
    },
}

/// A manifest that has been checked. Fields are those of its [`Draft`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Manifest {
    draft: Draft,
    hash: Digest,
}

impl Manifest {
    /// Reads the exact bytes of a published manifest.
    ///
    /// # Errors
    /// [`ManifestError`] names the first field that is wrong.
    pub fn parse(bytes: &[u8]) -> Result<Self, ManifestError> {
        if bytes.len() > limits::BYTES {
            return Err(ManifestError::TooLarge);
        }
        let text = str::from_utf8(bytes).map_err(|e| ManifestError::Unreadable(e.valid_up_to()))?;
        let mut reader = Reader::new(text);
        let draft = Draft::read(&mut reader);
        if !reader.is_done() {
            return Err(ManifestError::Unreadable(reader.at()));
        }
        check::draft(&draft)?;
        let hash = Hash::new("manifest").part(bytes).digest();
        Ok(Self { draft, hash })
    }

    /// The digest of the manifest's bytes, `T("manifest"; bytes)`.
    #[must_use]
    pub fn hash(&self) -> &Digest {
        &self.hash
    }

    /// Options of all questions together.
    #[must_use]
    pub fn option_count(&self) -> usize {
        self.questions.iter().map(|q| q.options.len()).sum()
    }
}

impl Deref for Manifest {
    type Target = Draft;

    fn deref(&self) -> &Draft {
        &self.draft
    }
}

impl Draft {
    /// Checks every limit and writes the document.
    ///
    /// # Errors
    /// [`ManifestError`] names the first field that is wrong.
    pub fn to_bytes(&self) -> Result<Vec<u8>, ManifestError> {
        check::draft(self)?;
        let mut bytes = Vec::new();
        self.write(&mut bytes);
        if bytes.len() > limits::BYTES { Err(ManifestError::TooLarge) } else { Ok(bytes) }
    }
}
