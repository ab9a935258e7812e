//! What came of a recount, in words and as JSON.

use ballot::board::Course;
use ballot::verify::{Report, Status, Step, TrackerState};
use serde_json::{Value, json};
use std::fmt::Write as _;

/// A report with what the record says that it is about.
pub struct Outcome {
    /// The steps.
    pub report: Report,
    /// The title, once there is a manifest.
    pub title: Option<String>,
    /// For each question its options with their votes, once there is a result.
    pub totals: Vec<Vec<(String, u32)>>,
}

impl Outcome {
    pub(super) fn new(report: Report, course: &Course) -> Self {
        let manifest = course.manifest();
        let tallies = course.result().and_then(|result| result.questions.as_deref()).unwrap_or_default();
        let questions = manifest.map_or(&[][..], |manifest| &manifest.questions);
        let totals = questions.iter().zip(tallies).map(|(question, tally)| {
            let options = question.options.iter().map(|option| option.text.clone());
            options.zip(tally.totals.iter().copied()).collect()
        });
        let totals = totals.collect();
        Self { report, title: manifest.map(|manifest| manifest.title.clone()), totals }
    }

    /// The report for people.
    #[must_use]
    pub fn to_text(&self) -> String {
        let mut text = String::new();
        let report = &self.report;
        let _ = writeln!(text, "{}", self.title.as_deref().unwrap_or("(no manifest)"));
        let slots = report.slots.map_or_else(|| "?".to_owned(), |slots| slots.to_string());
        let _ = writeln!(
            text,
            "{} entries · {slots} voters on the roll · {} ballots cast, {} counted, {} opened to check a device",
            report.entries, report.cast, report.counted, report.challenged
        );
        let _ = writeln!(text, "tree root {}\n", hex(&report.root));
        for step in &report.steps {
            let word = match step.status {
                Status::Passed => "pass",
                Status::Failed => "FAIL",
                Status::NotDue => "  – ",
            };
            let _ = writeln!(text, "V{:<2} {word}  {:<11} {}", step.number, step.code, meaning(step.step));
            for finding in &step.findings {
                let place = finding.index.map_or_else(String::new, |index| format!("entry {index}: "));
                let _ = writeln!(text, "          {place}{}", finding.code);
            }
            if step.count > step.findings.len() as u64 {
                let _ = writeln!(text, "          … {} in all", step.count);
            }
        }
        if report.cosigned > 0 {
            let _ = writeln!(text, "\nWitnesses who have signed this board: {}", report.cosigned);
        }
        if let Some(tracker) = report.tracker {
            let closed = report.status(Step::Aggregate) != Status::NotDue;
            let _ = writeln!(text, "\nYour ballot: {}", about(tracker, closed));
        }
        for options in &self.totals {
            text.push('\n');
            for (option, votes) in options {
                let _ = writeln!(text, "{votes:>9}  {option}");
            }
        }
        text.push_str(match report.first_failure() {
            Some(_) => "\nThis record does not hold.",
            None if report.status(Step::Shares) == Status::NotDue => {
                "\nEverything so far holds; there is no result yet."
            }
            None => "\nEvery step holds.",
        });
        text
    }

    /// The report for programs: one JSON object.
    #[must_use]
    pub fn to_json(&self) -> String {
        let report = &self.report;
        let steps: Vec<Value> = report.steps.iter().map(|step| {
            let findings: Vec<Value> = step.findings.iter().map(|f| json!({ "entry": f.index, "code": f.code })).collect();
            let status = match step.status {
                Status::Passed => "passed",
                Status::Failed => "failed",
                Status::NotDue => "not-due",
            };
            json!({ "number": step.number, "code": step.code, "status": status, "findings": findings, "count": step.count })
        }).collect();
        let totals: Vec<Vec<Value>> = self
            .totals
            .iter()
            .map(|options| options.iter().map(|(option, votes)| json!({ "option": option, "votes": votes })).collect())
            .collect();
        json!({
            "holds": report.first_failure().is_none(),
            "failed": report.first_failure().map(Step::number),
            "title": self.title,
            "entries": report.entries,
            "root": hex(&report.root),
            "manifest": report.manifest.map(|hash| hex(&hash)),
            "slots": report.slots,
            "cast": report.cast,
            "counted": report.counted,
            "challenged": report.challenged,
            "cosigned": report.cosigned,
            "tracker": report.tracker.map(TrackerState::code),
            "steps": steps,
            "totals": totals,
        })
        .to_string()
    }
}

/// What a step has established where it passes.
const fn meaning(step: Step) -> &'static str {
    match step {
        Step::Parameters => "the poll's text and rules, within their limits; every entry of a known kind",
        Step::Tree => "all entries are under the signed checkpoint; nothing seen before was taken away",
        Step::Keys => "the trustees' ceremony, its proofs, the joint key",
        Step::Roll => "the roll: each slot once, its counts, the clerks' signatures",
        Step::Ballots => "every ballot: this poll's, from a slot's own key, in its order",
        Step::Duplicates => "no ballot and no part of one stands twice",
        Step::Proofs => "every ballot holds allowed choices only",
        Step::Challenges => "opened ballots hold what their devices said, and do not count",
        Step::Aggregate => "the sums are those of each slot's last ballot",
        Step::Shares => "the trustees opened these sums and no others",
        Step::Rule => "the rule, applied to the totals, gives the published outcome",
        Step::Limits => "nothing was opened for a group too small",
        Step::Tracker => "your ballot counts",
    }
}

const fn about(tracker: TrackerState, closed: bool) -> &'static str {
    match tracker {
        TrackerState::Counted if closed => "it counts.",
        TrackerState::Counted => "it is its slot's last ballot so far; a later one would replace it.",
        TrackerState::Refused => "it is on this board, but a step above refuses it: it does not count.",
        TrackerState::Replaced => "it was recorded; a later ballot of the same slot counts instead.",
        TrackerState::Challenged => "it was opened to check a device, and never counts.",
        TrackerState::Ambiguous => {
            "more than one ballot has this code: somebody has made one on purpose. Compare the whole hash on your receipt."
        }
        TrackerState::Unknown => "it is not on this board.",
    }
}

/// Lower-case hexadecimal.
pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
