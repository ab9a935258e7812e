//! The wizard's steps as their forms send them, and how each goes into the draft.

use serde::{Deserialize, Serialize};
use types::{
    Problem, Timestamp,
    ids::{AccountId, AreaId},
    polls::{Electorate, KeyDraft, PollDraft, QuestionDraft, QuestionKind, RulePreset},
};

/// One step of the wizard.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Part {
    Text(TextPart),
    Questions(QuestionsPart),
    Voters(VotersPart),
    Rule(RulePart),
    Key(KeyPart),
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct TextPart {
    pub(super) title: String,
    pub(super) text: String,
    pub(super) language: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct QuestionsPart {
    #[serde(default)]
    pub(super) questions: Vec<QuestionPart>,
}

/// A question as typed: options one a line, numbers as text.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(crate) struct QuestionPart {
    pub(super) title: String,
    pub(super) kind: String,
    #[serde(default)]
    pub(super) options: String,
    #[serde(default)]
    pub(super) min: String,
    #[serde(default)]
    pub(super) max: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct VotersPart {
    /// None ticked: the poll's own area is meant when it is published.
    #[serde(default)]
    pub(super) areas: Vec<AreaId>,
    pub(super) electorate: Electorate,
    pub(super) min_age: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct RulePart {
    /// As a `datetime-local` field writes it; empty if not decided.
    pub(super) opens: String,
    pub(super) closes: String,
    pub(super) rule: RulePreset,
    pub(super) min_group: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct KeyPart {
    /// `trustees` or `system`.
    pub(super) mode: String,
    #[serde(default)]
    pub(super) accounts: Vec<AccountId>,
    #[serde(default)]
    pub(super) k: String,
    /// The login of another trustee, to be added.
    #[serde(default)]
    pub(super) login: String,
}

impl Part {
    /// Writes the step into the draft, on the server. `time` reads a `datetime-local` field.
    ///
    /// # Errors
    /// A number or a date that is none, by the name of its field.
    #[cfg_attr(feature = "hydrate", expect(dead_code, reason = "the server reads forms"))]
    pub(super) fn write(self, draft: &mut PollDraft, time: impl Fn(&str) -> Option<Timestamp>) -> Result<(), Problem> {
        match self {
            Self::Text(TextPart { title, text, language }) => {
                (draft.title, draft.text, draft.language) = (title.trim().to_owned(), text, language);
            }
            Self::Questions(QuestionsPart { questions }) => {
                draft.questions = questions.into_iter().map(QuestionPart::into_draft).collect();
            }
            Self::Voters(VotersPart { areas, electorate, min_age }) => {
                let min_age = number(&min_age, "min_age")?;
                draft.eligibility = types::polls::Eligibility { areas, min_age, electorate };
            }
            Self::Rule(RulePart { opens, closes, rule, min_group }) => {
                draft.opens_at = moment(&opens, "opens", &time)?;
                draft.closes_at = moment(&closes, "closes", &time)?;
                draft.min_group = number(&min_group, "min_group")?;
                draft.rule = rule;
                if let Some(electorate) = rule.electorate() {
                    draft.eligibility.electorate = electorate;
                }
            }
            Self::Key(KeyPart { mode, .. }) if mode == "system" => draft.key = KeyDraft::System,
            Self::Key(KeyPart { accounts, k, .. }) => {
                let k = if k.trim().is_empty() { 2 } else { number(&k, "k")? };
                draft.key = KeyDraft::Trustees { k, accounts };
            }
        }
        Ok(())
    }
}

impl QuestionPart {
    /// A question of the draft, as the form shows it.
    pub(super) fn of(question: &QuestionDraft) -> Self {
        let (kind, min, max) = match question.kind {
            QuestionKind::YesNo => ("yes-no", 1, 1),
            QuestionKind::Single => ("single", 1, 1),
            QuestionKind::Approval { min, max } => ("approval", min, max),
        };
        let options = question.options.join("\n");
        Self { title: question.title.clone(), kind: kind.into(), options, min: min.to_string(), max: max.to_string() }
    }

    fn into_draft(self) -> QuestionDraft {
        let lines = self.options.lines().map(str::trim).filter(|line| !line.is_empty());
        let options: Vec<String> = lines.map(str::to_owned).collect();
        let all = u32::try_from(options.len()).unwrap_or(u32::MAX);
        let kind = match self.kind.as_str() {
            "single" => QuestionKind::Single,
            "approval" => QuestionKind::Approval {
                min: self.min.trim().parse().unwrap_or(1),
                max: self.max.trim().parse().unwrap_or(all),
            },
            _ => QuestionKind::YesNo,
        };
        QuestionDraft { title: self.title.trim().to_owned(), kind, options }
    }
}

fn number<N: core::str::FromStr>(text: &str, field: &str) -> Result<N, Problem> {
    text.trim().parse().map_err(|_| Problem::field(field, "number"))
}

fn moment(text: &str, field: &str, time: impl Fn(&str) -> Option<Timestamp>) -> Result<Option<Timestamp>, Problem> {
    match text.trim() {
        "" => Ok(None),
        text => time(text).map(Some).ok_or_else(|| Problem::field(field, "date")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn question(kind: &str, options: &str) -> QuestionPart {
        QuestionPart {
            title: " 选哪一个 ".into(),
            kind: kind.into(),
            options: options.into(),
            ..QuestionPart::default()
        }
    }

    #[test]
    fn options_are_the_lines_that_say_something() {
        let draft = question("single", " 东侧 \n\n西侧\r\n").into_draft();
        assert_eq!((draft.title.as_str(), draft.options), ("选哪一个", vec!["东侧".to_owned(), "西侧".to_owned()]));
        assert_eq!(draft.kind, QuestionKind::Single);
    }

    #[test]
    fn an_approval_without_numbers_takes_one_to_all() {
        assert_eq!(question("approval", "a\nb\nc").into_draft().kind, QuestionKind::Approval { min: 1, max: 3 });
    }

    #[test]
    fn a_question_reads_back_as_it_was_written() {
        let part =
            QuestionPart { min: "1".into(), max: "2".into(), title: "题".into(), ..question("approval", "a\nb") };
        assert_eq!(QuestionPart::of(&part.clone().into_draft()), part);
    }

    #[test]
    fn a_rule_for_households_counts_households_and_a_wrong_date_is_named() {
        let mut draft = PollDraft::default();
        let part = |opens: &str| {
            let (closes, min_group) = (String::new(), "10".to_owned());
            Part::Rule(RulePart { opens: opens.into(), closes, rule: RulePreset::HouseholdRepresentatives, min_group })
        };
        let time = |text: &str| (text == "ok").then_some(Timestamp(7));
        part("ok").write(&mut draft, time).expect("a date");
        assert_eq!((draft.opens_at, draft.eligibility.electorate), (Some(Timestamp(7)), Electorate::Households));
        assert_eq!(part("bad").write(&mut draft, time), Err(Problem::field("opens", "date")));
    }
}
