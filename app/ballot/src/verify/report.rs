//! The numbered steps and what was found.

use super::tree::Tree;
use crate::Refusal;
use crate::board::{Phase, State};
use crate::entry::Kind;
use crate::hash::Digest;

macro_rules! steps {
    ($( $(#[doc = $doc:literal])+ $name:ident = $number:literal, $code:literal, )+) => {
        /// A step of the verifier.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        #[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "kebab-case"))]
        #[repr(u8)]
        pub enum Step { $( $(#[doc = $doc])+ $name = $number, )+ }

        impl Step {
            /// All steps in order.
            pub const ALL: &'static [Self] = &[$( Self::$name, )+];

            /// The stable code, in kebab case.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $( Self::$name => $code, )+ }
            }
        }
    };
}

steps! {
    /// The board begins with a manifest of this version, within its limits; every entry is of a known kind.
    Parameters = 1, "parameters",
    /// The whole tree has the checkpoints' roots, its log has signed them, and it contains the heads seen before.
    Tree = 2, "tree",
    /// The key ceremony: commitments, proofs, confirmations, joint key, rehearsals.
    Keys = 3, "keys",
    /// The roll: slots without gap or repetition, counts, hash; the clerks' signatures.
    Roll = 4, "roll",
    /// Every credential and ballot: canonical, this poll's, credential, signature, number and previous hash.
    Ballots = 5, "ballots",
    /// No ballot and no ciphertext point stands twice.
    Duplicates = 6, "duplicates",
    /// Every proof.
    Proofs = 7, "proofs",
    /// Challenged ballots open to what was published, and do not count.
    Challenges = 8, "challenges",
    /// Counts, and the sums of the slots' last ballots, are those of the close entry.
    Aggregate = 9, "aggregate",
    /// The trustees' shares, and the totals that they open.
    Shares = 10, "shares",
    /// The rule, applied to the totals, gives the posted outcome.
    Rule = 11, "rule",
    /// Nothing is opened for fewer ballots than may be counted.
    Limits = 12, "limits",
    /// The ballot that was asked for counts.
    Tracker = 13, "tracker",
}

impl Step {
    /// The step's number, 1 to 13: the exit code of a failure.
    #[must_use]
    pub const fn number(self) -> u8 {
        self as u8
    }

    /// The step that a refused entry belongs to.
    pub(super) fn of(kind: Option<Kind>, refusal: Refusal) -> Self {
        match (kind, refusal) {
            (None | Some(Kind::Manifest), _) => Self::Parameters,
            (_, Refusal::WrongRoot) => Self::Tree,
            (_, Refusal::TooFewRehearsals) => Self::Keys,
            (_, Refusal::TooFewBallots) => Self::Limits,
            (_, Refusal::WrongOutcome) => Self::Rule,
            (Some(Kind::Commit | Kind::Reveal | Kind::Deal | Kind::Confirm | Kind::Rehearsal), _) => Self::Keys,
            (Some(Kind::RollPart | Kind::RollSummary | Kind::Approval | Kind::Open), _) => Self::Roll,
            (Some(Kind::Credential | Kind::Reissue | Kind::Ballot | Kind::Challenge), _) => match refusal {
                Refusal::Duplicate | Refusal::ReusedPoint => Self::Duplicates,
                Refusal::BadProof => Self::Proofs,
                Refusal::BadOpening => Self::Challenges,
                _ => Self::Ballots,
            },
            (Some(Kind::Close), _) => Self::Aggregate,
            (Some(Kind::Share | Kind::Result), _) => Self::Shares,
        }
    }

    /// Whether the board has come far enough for this step.
    fn is_due(self, state: &State) -> bool {
        let phase = state.course().phase();
        match self {
            Self::Tree | Self::Tracker => true,
            Self::Parameters => state.size() > 0,
            Self::Keys => state.course().joint_key().is_some(),
            Self::Roll | Self::Ballots | Self::Duplicates | Self::Proofs | Self::Challenges => phase >= Phase::Open,
            Self::Aggregate => phase >= Phase::Closed,
            Self::Shares | Self::Rule | Self::Limits => phase == Phase::Done,
        }
    }
}

/// Something that a step found.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Finding {
    /// The entry, from 0, where there is one.
    pub index: Option<u64>,
    /// A stable code: a [`Refusal`]'s, or one of those of docs/BALLOT.md.
    pub code: &'static str,
}

/// What came of a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "kebab-case"))]
pub enum Status {
    /// All of it holds.
    Passed,
    /// There are findings.
    Failed,
    /// The poll has not come so far, or nobody asked.
    NotDue,
}

/// One step of a report.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct StepReport {
    /// The step.
    pub step: Step,
    /// 1 to 13.
    pub number: u8,
    /// The step's stable code.
    pub code: &'static str,
    /// What came of it.
    pub status: Status,
    /// The first findings, at most [`StepReport::SHOWN`].
    pub findings: Vec<Finding>,
    /// How many findings there are.
    pub count: u64,
}

impl StepReport {
    /// Findings that a report keeps for each step.
    pub const SHOWN: usize = 20;
}

/// Whether a ballot counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "kebab-case"))]
pub enum TrackerState {
    /// It is the last ballot of its slot: so far, until the poll is closed.
    Counted,
    /// A later ballot of the same slot counts instead.
    Replaced,
    /// It was opened, and never counts.
    Challenged,
    /// It is not on the board.
    Unknown,
    /// It is on the board, but the board's rules, its signature or a proof do not hold: it does not count.
    Refused,
    /// Two ballots on the board have this tracker: compare the whole hash that the device keeps.
    Ambiguous,
}

impl TrackerState {
    /// The stable code of the finding.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Counted => "counted",
            Self::Replaced => "replaced",
            Self::Challenged => "challenged",
            Self::Unknown => "unknown-tracker",
            Self::Refused => "refused",
            Self::Ambiguous => "ambiguous-tracker",
        }
    }
}

/// All steps, and what was counted on the way.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Report {
    /// V1 to V13.
    pub steps: Vec<StepReport>,
    /// Entries read.
    pub entries: u64,
    /// Root of the tree of those entries.
    #[cfg_attr(feature = "serde", serde(serialize_with = "hex"))]
    pub root: Digest,
    /// The manifest's hash.
    #[cfg_attr(feature = "serde", serde(serialize_with = "optional_hex"))]
    pub manifest: Option<Digest>,
    /// Slots of the roll.
    pub slots: Option<u32>,
    /// Ballots cast, replaced ones included.
    pub cast: u32,
    /// Ballots challenged.
    pub challenged: u32,
    /// Ballots that count.
    pub counted: u32,
    /// Witnesses who have signed the last checkpoint.
    pub cosigned: usize,
    /// The ballot that was asked for.
    pub tracker: Option<TrackerState>,
}

#[cfg(feature = "serde")]
fn hex<S: serde::Serializer>(digest: &Digest, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(&data_encoding::HEXLOWER.encode(digest))
}

#[cfg(feature = "serde")]
fn optional_hex<S: serde::Serializer>(digest: &Option<Digest>, to: S) -> Result<S::Ok, S::Error> {
    match digest {
        Some(digest) => hex(digest, to),
        None => to.serialize_none(),
    }
}

impl Report {
    pub(super) fn new(state: &State, tree: &Tree, findings: Findings, tracker: Option<TrackerState>) -> Self {
        let course = state.course();
        let step = |(step, (findings, count)): (&Step, (Vec<Finding>, u64))| {
            let due = step.is_due(state) && (*step != Step::Tracker || tracker.is_some());
            let status = match (count, due) {
                (0, true) => Status::Passed,
                (0, false) => Status::NotDue,
                _ => Status::Failed,
            };
            StepReport { step: *step, number: step.number(), code: step.code(), status, findings, count }
        };
        Self {
            steps: Step::ALL.iter().zip(findings.0).map(step).collect(),
            entries: tree.size(),
            root: tree.root(),
            manifest: course.manifest().map(|m| *m.hash()),
            slots: course.roll().map(|roll| roll.slots),
            cast: state.slots().cast(),
            challenged: state.slots().challenged(),
            counted: state.slots().counted(),
            cosigned: tree.cosigned(),
            tracker,
        }
    }

    /// What came of a step.
    #[must_use]
    pub fn status(&self, step: Step) -> Status {
        self.steps.iter().find(|s| s.step == step).map_or(Status::NotDue, |s| s.status)
    }

    /// The first step that failed.
    #[must_use]
    pub fn first_failure(&self) -> Option<Step> {
        self.steps.iter().find(|s| s.status == Status::Failed).map(|s| s.step)
    }

    /// 0, or the number of the first step that failed.
    #[must_use]
    pub fn exit_code(&self) -> u8 {
        self.first_failure().map_or(0, Step::number)
    }
}

/// Findings under construction, by step.
#[derive(Clone, Debug)]
pub(super) struct Findings(Vec<(Vec<Finding>, u64)>);

impl Default for Findings {
    fn default() -> Self {
        Self(vec![(Vec::new(), 0); Step::ALL.len()])
    }
}

impl Findings {
    pub(super) fn add(&mut self, step: Step, index: Option<u64>, code: &'static str) {
        let Some((shown, count)) = self.0.get_mut(usize::from(step.number() - 1)) else {
            return;
        };
        *count += 1;
        if shown.len() < StepReport::SHOWN {
            shown.push(Finding { index, code });
        }
    }

    pub(super) fn any(&self, step: Step) -> bool {
        self.0.get(usize::from(step.number() - 1)).is_some_and(|(_, count)| *count > 0)
    }

    pub(super) fn refused(&mut self, step: Step, index: u64, refusal: Refusal) {
        self.add(step, Some(index), refusal.code());
    }
}
