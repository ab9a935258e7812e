//! Which round of the ceremony runs, and who is to post.

use ballot::board::{Course, TrusteeProgress};
use types::polls::CeremonyRound;

/// Whether a trustee has finished a round.
fn has(progress: TrusteeProgress, round: CeremonyRound) -> bool {
    match round {
        CeremonyRound::Commit => progress.committed,
        CeremonyRound::Reveal => progress.revealed,
        CeremonyRound::Deal => progress.dealt,
        CeremonyRound::Confirm => progress.confirmed,
        CeremonyRound::Rehearse => progress.rehearsed,
    }
}

/// What every trustee has posted, trustee 1 first.
pub(super) fn progress(course: &Course) -> Vec<TrusteeProgress> {
    course.ceremony().map(|ceremony| ceremony.progress().collect()).unwrap_or_default()
}

/// The first round that somebody has not finished.
pub(super) fn running(progress: &[TrusteeProgress]) -> Option<CeremonyRound> {
    CeremonyRound::ALL.into_iter().find(|round| !progress.iter().all(|trustee| has(*trustee, *round)))
}

/// The last round that a trustee has finished.
pub(super) fn finished(progress: TrusteeProgress) -> Option<CeremonyRound> {
    // Where there is one trustee nothing is dealt, and it counts as done from the start.
    CeremonyRound::ALL.into_iter().take_while(|round| has(progress, *round)).last()
}

/// Whether trustee `index` (from 1) is to post in the running round.
pub(super) fn is_turn(progress: &[TrusteeProgress], index: u8) -> bool {
    let trustee = usize::from(index).checked_sub(1).and_then(|place| progress.get(place));
    running(progress).zip(trustee).is_some_and(|(round, trustee)| !has(*trustee, round))
}
