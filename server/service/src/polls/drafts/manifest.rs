//! From a draft to the manifest, and to what every page of the poll shows.

use super::AREAS;
use super::{check::SIGNATURES, eligible, files};
use crate::{
    Result, Service,
    polls::convert::{ballot_id, millis},
};
use ballot::manifest::{
    Area, Attachment as File, Choice, Clerk, Decides, Draft, Electorate as Electors, FORMAT, KeyMode, Keys, Kind, Log,
    Preset, Question, Rule, Sha256, Unit, limits,
};
use ballot::{Manifest, ManifestError, PublicKey};
use serde::{Deserialize, Serialize};
use store::polls::{AttachmentRecord, ClerkRecord, DraftRecord};
use types::{
    ErrorCode, Problem, Timestamp,
    bytes::Hex32,
    ids::AccountId,
    polls::{
        Attachment, Electorate, KeyDraft, KeyHolder, PollDraft, PollQuestion, QuestionDraft, QuestionKind, RulePreset,
        yes_no_options,
    },
};

/// What is the same for everybody on a poll's page; stored as JSON when it is published.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(in crate::polls) struct FixedPage {
    pub(in crate::polls) text: String,
    pub(in crate::polls) language: String,
    pub(in crate::polls) questions: Vec<PollQuestion>,
    pub(in crate::polls) areas: Vec<String>,
    /// Whom the roll is made from: the areas' paths.
    pub(in crate::polls) paths: Vec<String>,
    pub(in crate::polls) min_age: u8,
    pub(in crate::polls) electorate: Electorate,
    pub(in crate::polls) rule: RulePreset,
    pub(in crate::polls) min_group: u32,
    pub(in crate::polls) attachments: Vec<Attachment>,
    pub(in crate::polls) trustees: Vec<String>,
    pub(in crate::polls) clerks: Vec<String>,
    pub(in crate::polls) key: KeyHolder,
    pub(in crate::polls) opens_at: Timestamp,
    pub(in crate::polls) closes_at: Timestamp,
    pub(in crate::polls) manifest_hash: Hex32,
}

/// A draft with everything that it names.
pub(super) struct Named {
    pub(super) record: DraftRecord,
    pub(super) draft: PollDraft,
    files: Vec<AttachmentRecord>,
    areas: Vec<(String, String, String)>,
    paths: Vec<String>,
    pub(super) trustees: Vec<(AccountId, String)>,
    pub(super) clerks: Vec<ClerkRecord>,
}

impl Service {
    /// Looks up everything that a draft names; what is gone is left out. Of more clerks than a manifest can name, whoever
    /// drafts is one.
    pub(super) async fn named(&self, by: AccountId, record: DraftRecord, draft: PollDraft) -> Result<Named> {
        let path = record.area_path.clone();
        let below = self.store().areas_below(&path, true, AREAS).await?;
        let chosen = below.iter().filter(|area| draft.eligibility.areas.contains(&area.id));
        let areas = chosen.map(|area| (area.id.to_string(), area.name.clone(), area.path.clone())).collect();
        let paths = eligible::paths(&draft.eligibility, &below);
        let choices = self.trustees_for(&path, &draft).await?;
        let trustees = match &draft.key {
            KeyDraft::System => Vec::new(),
            KeyDraft::Trustees { accounts, .. } => accounts
                .iter()
                .filter_map(|account| choices.iter().find(|choice| choice.account == *account))
                .map(|choice| (choice.account, choice.name.clone()))
                .collect(),
        };
        let mut clerks = self.store().clerks_with_keys(&path).await?;
        clerks.sort_by_key(|clerk| clerk.account != by);
        clerks.truncate(limits::CLERKS);
        let files = self.store().attachments(record.poll).await?;
        Ok(Named { record, draft, files, areas, paths, trustees, clerks })
    }

    /// The manifest of a draft that has no problems.
    pub(super) fn manifest(&self, named: &Named) -> Result<Manifest> {
        let Named { record, draft, .. } = named;
        let (opens_at, closes_at) = draft.opens_at.zip(draft.closes_at).ok_or(ErrorCode::Invalid)?;
        let preset = match draft.rule {
            RulePreset::ResidentsMeeting => Preset::ResidentsMeeting,
            RulePreset::HouseholdRepresentatives => Preset::Households,
            RulePreset::VillageHouseholds => Preset::HouseholdsVillage,
            RulePreset::Advisory => Preset::Advisory,
        };
        let manifest = Draft {
            format: FORMAT.to_owned(),
            poll: ballot_id(record.poll),
            corrects: draft.corrects.map(ballot_id),
            area: Area { id: record.area.to_string(), name: record.area_name.clone() },
            title: draft.title.trim().to_owned(),
            text: draft.text.replace("\r\n", "\n"),
            attachments: named.files.iter().map(file).collect(),
            questions: draft.questions.iter().map(|question| self::question(draft, question)).collect(),
            rule: Rule::of(preset).ok_or(ErrorCode::Internal)?,
            electorate: Electors {
                kind: match draft.eligibility.electorate {
                    Electorate::Residents => Unit::Residents,
                    Electorate::Households => Unit::Households,
                },
                min_age: draft.eligibility.min_age,
                areas: named.areas.iter().map(|(id, ..)| id.clone()).collect(),
                description: named.areas.iter().map(|(_, name, _)| name.as_str()).collect::<Vec<_>>().join(" · "),
            },
            min_group: draft.min_group,
            opens_at: millis(opens_at),
            closes_at: millis(closes_at),
            keys: keys(named),
            clerks: named
                .clerks
                .iter()
                .map(|clerk| Clerk { name: clerk.name.clone(), key: PublicKey(clerk.key) })
                .collect(),
            clerk_signatures: u8::try_from(SIGNATURES).unwrap_or(u8::MAX),
            log: Log { origin: self.log_origin(record.poll), key: PublicKey(self.log_key().public()) },
        };
        let bytes = manifest.to_bytes().map_err(problem)?;
        Manifest::parse(&bytes).map_err(problem)
    }

    /// The name of a poll's board: the portal's address without its scheme, and the poll.
    fn log_origin(&self, poll: types::ids::PollId) -> String {
        let url = self.public_url();
        let host = url.split_once("://").map_or(url, |(_, rest)| rest);
        let host: String = host.chars().filter(|c| !c.is_whitespace() && *c != '+').collect();
        format!("{}/polls/{poll}", host.trim_end_matches('/'))
    }
}

impl Named {
    /// What every page of the poll shows. `hash` is zero in a preview.
    pub(super) fn page(&self, hash: Hex32, now: Timestamp) -> FixedPage {
        let Self { draft, .. } = self;
        let opens_at = draft.opens_at.unwrap_or(now);
        FixedPage {
            text: draft.text.replace("\r\n", "\n"),
            language: draft.language.clone(),
            questions: draft.questions.iter().map(|question| shown(&draft.language, question)).collect(),
            areas: self.areas.iter().map(|(_, name, _)| name.clone()).collect(),
            paths: self.paths.clone(),
            min_age: draft.eligibility.min_age,
            electorate: draft.eligibility.electorate,
            rule: draft.rule,
            min_group: draft.min_group,
            attachments: self.files.iter().cloned().map(files::travelling).collect(),
            trustees: self.trustees.iter().map(|(_, name)| name.clone()).collect(),
            clerks: self.clerks.iter().map(|clerk| clerk.name.clone()).collect(),
            key: match &draft.key {
                KeyDraft::System => KeyHolder::System,
                KeyDraft::Trustees { k, .. } => {
                    KeyHolder::Trustees { k: *k, n: u8::try_from(self.trustees.len()).unwrap_or(u8::MAX) }
                }
            },
            opens_at,
            closes_at: draft.closes_at.unwrap_or(opens_at),
            manifest_hash: hash,
        }
    }
}

fn file(file: &AttachmentRecord) -> File {
    let shown = files::travelling(file.clone());
    File { name: shown.name, media_type: shown.mime, size: shown.bytes, sha256: Sha256(file.sha256) }
}

fn keys(named: &Named) -> Keys {
    match &named.draft.key {
        KeyDraft::System => Keys { mode: KeyMode::System, k: 1, n: 1, names: Vec::new() },
        KeyDraft::Trustees { k, .. } => {
            let names: Vec<String> = named.trustees.iter().map(|(_, name)| name.clone()).collect();
            Keys { mode: KeyMode::Trustees, k: *k, n: u8::try_from(names.len()).unwrap_or(u8::MAX), names }
        }
    }
}

/// A question as the page shows it.
fn shown(language: &str, question: &QuestionDraft) -> PollQuestion {
    let yes_no = question.kind == QuestionKind::YesNo;
    let options = if yes_no {
        yes_no_options(language).map(str::to_owned).to_vec()
    } else {
        question.options.iter().map(|option| option.trim().to_owned()).collect()
    };
    let (min, max) = match question.kind {
        QuestionKind::Approval { min, max } => (min, max),
        QuestionKind::YesNo | QuestionKind::Single => (1, 1),
    };
    PollQuestion { title: question.title.trim().to_owned(), options, min, max, yes_no }
}

/// A question as the manifest has it.
fn question(draft: &PollDraft, question: &QuestionDraft) -> Question {
    let advisory = draft.rule == RulePreset::Advisory;
    let (kind, decides) = match question.kind {
        QuestionKind::YesNo => (Kind::Single, Decides::Yes),
        QuestionKind::Single => (Kind::Single, Decides::Plurality),
        QuestionKind::Approval { .. } => (Kind::Approval, Decides::Each),
    };
    let decides = if advisory { Decides::Ranking } else { decides };
    let shown = shown(&draft.language, question);
    let narrow = |n: u32| u16::try_from(n).unwrap_or(u16::MAX);
    Question {
        text: shown.title,
        kind,
        options: shown.options.into_iter().map(|text| Choice { text, detail: String::new() }).collect(),
        min: narrow(shown.min),
        max: narrow(shown.max),
        decides,
        yes: (decides == Decides::Yes).then_some(0),
    }
}

/// A limit of the manifest that the draft's own check does not know: the field in the manifest's words.
fn problem(error: ManifestError) -> Problem {
    match error {
        ManifestError::Field { field, .. } => Problem::field(&field, "invalid"),
        ManifestError::TooLarge => Problem::field("text", "too-long"),
        _ => ErrorCode::BadManifest.into(),
    }
}
