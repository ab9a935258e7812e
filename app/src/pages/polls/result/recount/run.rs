//! The recount itself: a chunk of its own.

use super::{Outcome, Phase, Work};
use crate::pages::polls::board::{Board, BoardError, bundles};
use crate::pages::polls::device::{Slice, stopwatch};
use crate::pages::polls::keepsake::Keepsake;
use ballot::checkpoint::Note;
use ballot::verify::{Head, Options, Report, Status, Verifier};
use ballot::{Kind, Refusal, Tracker, entry::kind_of};
use leptos::prelude::{GetUntracked as _, Set as _, lazy};
use types::ids::PollId;

/// Proofs that are checked together: few, so that the page stays alive on an old phone.
const BATCH: usize = 4;

/// Downloads the board and checks it, a few entries at a time, until it is done or stopped.
#[lazy]
pub(super) async fn recounted(poll: PollId, tracker: String, work: Work) {
    let began = stopwatch();
    let board = Board::of(poll);
    let report = read(&board, poll, &tracker, work).await;
    let seconds = ((stopwatch() - began) / 1000.0).round() as u64;
    let mut outcome = match report {
        Ok(Some(report)) => outcome(&report, seconds),
        Ok(None) => return,
        Err(BoardError::Fetch(_)) => return work.phase.set(Phase::Offline),
        Err(BoardError::Malformed) => unreadable(Refusal::NotCanonical, seconds),
        Err(BoardError::Refused(refusal)) => unreadable(refusal, seconds),
    };
    if !tracker.trim().is_empty() && tracker.parse::<Tracker>().is_err() {
        outcome.tracker = Some("malformed");
    }
    work.phase.set(Phase::Done(outcome));
}

async fn read(board: &Board, poll: PollId, tracker: &str, work: Work) -> Result<Option<Report>, BoardError> {
    let note = board.checkpoint().await?;
    let size = size_of(&note).ok_or(BoardError::Malformed)?;
    // A head that a receipt was proved against must be part of this board.
    let heads = Keepsake::all(poll).into_iter().filter_map(|(_, keepsake)| keepsake.head);
    let heads = heads.map(|head| Head { size: head.size, root: head.root.0 }).collect();
    let tracker = tracker.parse().ok();
    let mut verifier = Verifier::new(Options { heads, tracker, batch: BATCH, ..Options::default() });
    verifier.checkpoint(&note);
    let mut slice = Slice::begin();
    for tile in bundles(size) {
        for entry in board.bundle(tile).await? {
            verifier.push(&entry);
            let step = kind_of(&entry).map_or(1, step_of);
            work.phase.set(Phase::Running { done: verifier.size(), all: size, step });
            slice.breathe().await;
            if work.stopped.try_get_untracked().unwrap_or(true) {
                return Ok(None);
            }
        }
    }
    work.phase.set(Phase::Running { done: size, all: size, step: 9 });
    for index in verifier.wanted() {
        let entry = board.entry(index, size).await?;
        verifier.supply(index, &entry);
        slice.breathe().await;
    }
    slice.give_way().await;
    Ok(Some(verifier.finish()))
}

/// The size that a checkpoint names; whether it is signed is the verifier's business.
fn size_of(note: &str) -> Option<u64> {
    Note::parse(note).ok()?;
    note.lines().nth(1)?.parse().ok()
}

/// The step that an entry of this kind is worked on in, for the display.
const fn step_of(kind: Kind) -> u8 {
    match kind {
        Kind::Manifest => 1,
        Kind::Commit | Kind::Reveal | Kind::Deal | Kind::Confirm | Kind::Rehearsal => 3,
        Kind::RollPart | Kind::RollSummary | Kind::Approval | Kind::Open => 4,
        Kind::Credential | Kind::Reissue | Kind::Ballot | Kind::Challenge => 7,
        Kind::Close => 9,
        Kind::Share => 10,
        Kind::Result => 11,
    }
}

/// A record that cannot be read to its end: the files of its tree (V2) are broken, whatever stands in them.
fn unreadable(why: Refusal, seconds: u64) -> Outcome {
    let steps = (1..=13).map(|step| (step == 2).then_some(false)).collect();
    Outcome { steps, findings: vec![(2, None, why.code())], tracker: None, seconds }
}

fn outcome(report: &Report, seconds: u64) -> Outcome {
    let came = |status| match status {
        Status::Passed => Some(true),
        Status::Failed => Some(false),
        Status::NotDue => None,
    };
    let findings = report
        .steps
        .iter()
        .flat_map(|step| step.findings.iter().map(|finding| (step.number, finding.index, finding.code)));
    Outcome {
        steps: report.steps.iter().map(|step| came(step.status)).collect(),
        findings: findings.collect(),
        tracker: report.tracker.map(|state| state.code()),
        seconds,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_that_cannot_be_read_is_a_broken_one_and_not_a_missing_network() {
        let outcome = unreadable(Refusal::NotCanonical, 3);
        assert_eq!(outcome.steps.len(), 13);
        assert_eq!(outcome.steps.iter().position(|step| *step == Some(false)), Some(1), "V2");
        assert_eq!(outcome.findings, [(2, None, "not-canonical")]);
    }
}
