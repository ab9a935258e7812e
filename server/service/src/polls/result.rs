//! The result.

use super::{convert::count, page::share};
use crate::{Caller, Result, Service};
use ballot::{
    Entry, Manifest, Payload,
    entry::{Outcome, ResultEntry, Verdict},
    rule::{self, Check, QuestionDecision},
};
use store::polls::EventRecord;
use types::{
    ErrorCode,
    ids::PollId,
    polls::{
        Decision, KeyHolder, OptionResult, PollQuestion, PollResult, PollState, Published, QuestionResult, RuleCheck,
        RuleCheckKind, ShareLine, TimelineKind, Turnout,
    },
};

/// Entries after the close at most: shares and the result.
const AFTER_CLOSE: i64 = 16;

impl Service {
    /// Turnout, totals, rule and shares.
    ///
    /// # Errors
    /// `WrongState` before the poll is closed.
    pub async fn poll_result(&self, caller: &Caller, poll: PollId) -> Result<PollResult> {
        let record = self.published(poll).await?;
        if !matches!(record.row.state, PollState::Counting | PollState::Finished) {
            return Err(ErrorCode::WrongState.into());
        }
        let page = self.fixed(&record)?;
        let events = self.store().poll_events(poll).await?;
        let event = |kind| events.iter().find(|event| event.kind == kind);
        let leaf = |event: Option<&EventRecord>| event.and_then(|event| event.leaf);
        let after_close = match leaf(event(TimelineKind::Closed)) {
            Some(close) => self.store().entries(poll, close + 1, AFTER_CLOSE).await?,
            None => Vec::new(),
        };
        let posted: Vec<(u8, u64)> =
            after_close.iter().filter_map(|entry| Some((share(&entry.bytes)?, count(entry.leaf)))).collect();
        let turnout = Turnout { slots: count(record.row.slots), voted: count(record.row.voted) };
        let result = event(TimelineKind::Result);
        let (mut outcome, mut proof) = (Published::Pending, None);
        if let Some(place) = leaf(result) {
            let manifest = self.published_manifest(caller, poll).await?;
            let entry = after_close.iter().find(|entry| entry.leaf == place).ok_or(ErrorCode::Internal)?;
            outcome = published(&manifest, &page.questions, turnout, &entry.bytes)?;
            proof = Some(self.proof(poll, place).await?);
        }
        let (names, needed) = match page.key {
            KeyHolder::System => (vec![String::new()], 1),
            KeyHolder::Trustees { k, .. } => (page.trustees.clone(), k),
        };
        let line = |(index, name): (u8, String)| {
            let leaf = posted.iter().find(|(who, _)| *who == index).map(|(_, leaf)| *leaf);
            ShareLine { index, name, leaf }
        };
        Ok(PollResult {
            poll,
            title: record.row.title,
            state: record.row.state,
            rule: page.rule,
            key: page.key,
            turnout,
            ballots: count(record.ballots),
            challenged: count(record.challenged),
            shares: (1..).zip(names).map(line).collect(),
            shares_needed: needed,
            finished_at: result.map(|event| event.at),
            outcome,
            proof,
        })
    }
}

/// The totals of the result entry with the rule's steps, computed again from the totals.
fn published(manifest: &Manifest, questions: &[PollQuestion], turnout: Turnout, bytes: &[u8]) -> Result<Published> {
    let Ok(Payload::Result(ResultEntry { questions: tallies })) = Entry::decode(bytes).map(|entry| entry.payload)
    else {
        return Err(ErrorCode::Internal.into());
    };
    let Some(tallies) = tallies else {
        return Ok(Published::Withheld { voted: turnout.voted, needed: manifest.min_group.into() });
    };
    let narrow = |n: u64| u32::try_from(n).unwrap_or(u32::MAX);
    let totals: Vec<&[u32]> = tallies.iter().map(|tally| tally.totals.as_slice()).collect();
    let decision = rule::decide(manifest, narrow(turnout.slots), narrow(turnout.voted), &totals);
    let quorum = decision.quorum;
    let decided = questions.iter().zip(decision.questions);
    Ok(Published::Totals {
        questions: decided.map(|(question, decided)| self::question(question, quorum, decided)).collect(),
    })
}

fn question(question: &PollQuestion, quorum: Option<Check>, decided: QuestionDecision) -> QuestionResult {
    let Outcome { verdict, chosen } = decided.outcome;
    let option = |(place, text): (usize, &String)| {
        let votes = decided.totals.get(place).copied().unwrap_or(0);
        let before = decided.totals.iter().filter(|other| **other > votes).count();
        let named = chosen.iter().any(|chosen| usize::from(*chosen) == place);
        OptionResult {
            text: text.clone(),
            votes: votes.into(),
            place: u32::try_from(before).unwrap_or(u32::MAX) + 1,
            // In an order every option is named; chosen is none.
            chosen: named && verdict != Verdict::Ranked,
        }
    };
    let checks = quorum.into_iter().chain(decided.checks);
    QuestionResult {
        title: question.title.clone(),
        yes_no: question.yes_no,
        options: question.options.iter().enumerate().map(option).collect(),
        checks: checks.map(|check| rule_check(question, check)).collect(),
        decision: match verdict {
            Verdict::NoQuorum => Decision::NoQuorum,
            Verdict::Passed => Decision::Passed,
            Verdict::NotPassed => Decision::NotPassed,
            Verdict::Tie => Decision::Tie,
            Verdict::Each => Decision::Each,
            Verdict::Ranked => Decision::Ranked,
        },
    }
}

fn rule_check(question: &PollQuestion, check: Check) -> RuleCheck {
    let (num, den) = check.fraction;
    RuleCheck {
        kind: if check.option.is_some() { RuleCheckKind::Support } else { RuleCheckKind::Turnout },
        have: check.have,
        of: check.of,
        need_num: num.into(),
        need_den: den.into(),
        strict: check.strict,
        passed: check.ok,
        option: check.option.and_then(|place| question.options.get(usize::from(place)).cloned()),
    }
}
