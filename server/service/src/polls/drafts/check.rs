//! What is missing or wrong in a draft before it can be published.

use super::AREAS;
use crate::{Result, Service};
use store::polls::DraftRecord;
use types::{
    FieldProblem, Timestamp,
    polls::{
        ALL_OPTIONS_MAX, Electorate, GROUP_MIN, KeyDraft, OPTION_MAX, OPTIONS_MAX, PollDraft, PollState, QUESTIONS_MAX,
        QuestionDraft, QuestionKind, RulePreset, TEXT_MAX, THRESHOLD_MAX, TITLE_MAX, TRUSTEES_MAX,
    },
};

/// How many clerks sign what opens a poll.
pub(super) const SIGNATURES: usize = 2;
/// Areas of an electorate.
const AREAS_MAX: usize = 64;

#[derive(Default)]
struct Problems(Vec<FieldProblem>);

impl Problems {
    fn add(&mut self, field: impl Into<String>, reason: &str) {
        self.0.push(FieldProblem { field: field.into(), reason: reason.to_owned() });
    }

    /// One line of text: not empty, not too long, no control characters.
    fn line(&mut self, field: impl Into<String>, text: &str, max: usize) {
        if text.trim().is_empty() {
            self.add(field, "required");
        } else if text.chars().count() > max {
            self.add(field, "too-long");
        } else if text.chars().any(char::is_control) {
            self.add(field, "invalid");
        }
    }
}

impl Service {
    pub(super) async fn draft_problems(&self, record: &DraftRecord, draft: &PollDraft) -> Result<Vec<FieldProblem>> {
        let mut found = Problems::default();
        texts(&mut found, draft);
        questions(&mut found, draft);
        voters(&mut found, draft);
        dates(&mut found, draft, self.now());
        self.areas_and_people(&mut found, record, draft).await?;
        Ok(found.0)
    }

    async fn areas_and_people(&self, found: &mut Problems, record: &DraftRecord, draft: &PollDraft) -> Result<()> {
        let below = self.store().areas_below(&record.area_path, true, AREAS).await?;
        if draft.eligibility.areas.iter().any(|area| below.iter().all(|known| known.id != *area)) {
            found.add("eligibility.areas", "invalid");
        }
        if let KeyDraft::Trustees { accounts, .. } = &draft.key {
            let choices = self.trustees_for(&record.area_path, draft).await?;
            if accounts.iter().any(|account| choices.iter().all(|choice| choice.account != *account)) {
                found.add("key.accounts", "invalid");
            }
        }
        if self.store().clerks_with_keys(&record.area_path).await?.len() < SIGNATURES {
            found.add("clerks", "too-few");
        }
        if let Some(corrects) = draft.corrects {
            let old = self.store().draft_record(corrects).await?;
            if old.is_none_or(|old| old.state == PollState::Draft || old.area != record.area) {
                found.add("corrects", "invalid");
            }
        }
        Ok(())
    }
}

fn texts(found: &mut Problems, draft: &PollDraft) {
    found.line("title", &draft.title, TITLE_MAX);
    if draft.text.chars().count() > TEXT_MAX {
        found.add("text", "too-long");
    } else if draft.text.replace("\r\n", "\n").chars().any(|c| c.is_control() && c != '\n') {
        found.add("text", "invalid");
    }
    if !["zh-Hans", "zh-Hant", "en"].contains(&draft.language.as_str()) {
        found.add("language", "invalid");
    }
}

fn questions(found: &mut Problems, draft: &PollDraft) {
    if draft.questions.is_empty() {
        found.add("questions", "required");
    } else if draft.questions.len() > QUESTIONS_MAX {
        found.add("questions", "too-many");
    }
    for (i, question) in draft.questions.iter().enumerate() {
        self::question(found, i, question);
    }
    let options: usize = draft.questions.iter().map(options).sum();
    if options > ALL_OPTIONS_MAX {
        found.add("questions", "too-many");
    }
}

fn options(question: &QuestionDraft) -> usize {
    if question.kind == QuestionKind::YesNo { 3 } else { question.options.len() }
}

fn question(found: &mut Problems, i: usize, question: &QuestionDraft) {
    found.line(format!("questions.{i}.title"), &question.title, OPTION_MAX);
    if question.kind == QuestionKind::YesNo {
        return;
    }
    let count = question.options.len();
    if count < 2 {
        found.add(format!("questions.{i}.options"), "too-few");
    } else if count > OPTIONS_MAX {
        found.add(format!("questions.{i}.options"), "too-many");
    }
    for (j, option) in question.options.iter().enumerate() {
        let field = format!("questions.{i}.options.{j}");
        if question.options.iter().take(j).any(|other| other.trim() == option.trim() && !option.trim().is_empty()) {
            found.add(field, "repeated");
        } else {
            found.line(field, option, OPTION_MAX);
        }
    }
    if let QuestionKind::Approval { min, max } = question.kind {
        if max == 0 || max as usize > count {
            found.add(format!("questions.{i}.max"), "out-of-range");
        } else if min > max {
            found.add(format!("questions.{i}.min"), "out-of-range");
        }
    }
}

fn voters(found: &mut Problems, draft: &PollDraft) {
    let eligibility = &draft.eligibility;
    if eligibility.areas.is_empty() {
        found.add("eligibility.areas", "required");
    } else if eligibility.areas.len() > AREAS_MAX {
        found.add("eligibility.areas", "too-many");
    }
    if eligibility.min_age > 120 || (draft.rule == RulePreset::ResidentsMeeting && eligibility.min_age < 18) {
        found.add("eligibility.min_age", "out-of-range");
    }
    if draft.rule.electorate().is_some_and(|needed| needed != eligibility.electorate) {
        found.add(
            "rule",
            if eligibility.electorate == Electorate::Residents { "needs-households" } else { "needs-residents" },
        );
    }
    if draft.min_group < GROUP_MIN || draft.min_group > 1_000_000 {
        found.add("min_group", "out-of-range");
    }
    if let KeyDraft::Trustees { k, accounts } = &draft.key {
        let repeated = accounts.iter().enumerate().any(|(i, account)| accounts[..i].contains(account));
        if accounts.len() < 2 {
            found.add("key.accounts", "too-few");
        } else if accounts.len() > TRUSTEES_MAX {
            found.add("key.accounts", "too-many");
        } else if repeated {
            found.add("key.accounts", "repeated");
        } else if !(2..=THRESHOLD_MAX).contains(k) || usize::from(*k) > accounts.len() {
            found.add("key.k", "out-of-range");
        }
    }
}

fn dates(found: &mut Problems, draft: &PollDraft, now: Timestamp) {
    match (draft.opens_at, draft.closes_at) {
        (None, closes_at) => {
            found.add("opens_at", "required");
            if closes_at.is_none() {
                found.add("closes_at", "required");
            }
        }
        (Some(_), None) => found.add("closes_at", "required"),
        (Some(opens_at), Some(closes_at)) => {
            if closes_at <= opens_at {
                found.add("closes_at", "before-opening");
            } else if closes_at <= now {
                found.add("closes_at", "past");
            } else if closes_at.0 > 1 << 52 || opens_at.0 < 0 {
                found.add("closes_at", "out-of-range");
            }
        }
    }
}
