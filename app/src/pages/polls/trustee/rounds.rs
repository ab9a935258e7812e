//! The ceremony's next step, computed from the board alone.

use super::{alarm::Alarm, secret::Secret};
use crate::pages::polls::ceremony::check;
use crate::pages::polls::device::DeviceRng;
use ballot::board::{Course, TrusteeProgress};
use ballot::{RecoveryCode, Trustee, TrusteeError, trustee::fingerprint};
use types::{bytes::Hex32, ids::PollId, polls::Ceremony};

/// What the board says of this trustee, and what comes next.
pub(super) struct Turn {
    /// The board, checked entry by entry.
    pub(super) course: Course,
    /// This trustee.
    pub(super) trustee: Trustee,
    /// The entry to post now, if it is this trustee's turn.
    pub(super) post: Option<Vec<u8>>,
}

/// Checks the board and makes this trustee's next entry.
pub(super) async fn turn(ceremony: &Ceremony, code: &RecoveryCode, me: u8) -> Result<Turn, Alarm> {
    let mut course = Course::new();
    let take = |bytes: &[u8], place| course.check(bytes).and_then(|checked| course.apply(&checked, place));
    let entries = ceremony.entries.iter().map(|entry| &entry.bytes);
    let roots = check(entries, take).await.map_err(|refusal| Alarm::Board(refusal.code()))?;
    continues(ceremony.poll, &roots)?;
    let manifest = course.manifest().ok_or(Alarm::Board("bad-manifest"))?;
    if manifest.poll.0 != ceremony.poll.0 {
        return Err(Alarm::Board("wrong-poll"));
    }
    let trustee = Trustee::new(code, manifest, me).map_err(|refusal| Alarm::Board(refusal.code()))?;
    let post = next(&course, &trustee).map_err(|error| Alarm::of(error, 0))?;
    Ok(Turn { course, trustee, post })
}

fn next(course: &Course, trustee: &Trustee) -> Result<Option<Vec<u8>>, TrusteeError> {
    let Some(ceremony) = course.ceremony() else { return Ok(None) };
    let all: Vec<TrusteeProgress> = ceremony.progress().collect();
    let Some(mine) = all.get(usize::from(trustee.index()).wrapping_sub(1)) else { return Ok(None) };
    if !mine.committed {
        return Ok(Some(trustee.commit()));
    }
    // From here on each step compares this trustee's own key with the one on the board.
    Ok(Some(match mine {
        mine if !mine.revealed && all.iter().all(|t| t.committed) => trustee.reveal(course)?,
        mine if mine.revealed && !mine.dealt && all.iter().all(|t| t.revealed) => match DeviceRng::open() {
            Some(mut rng) => trustee.deal(course, &mut rng)?,
            None => return Ok(None),
        },
        mine if mine.dealt && !mine.confirmed && all.iter().all(|t| t.dealt) => trustee.confirm(course)?,
        mine if mine.confirmed && !mine.rehearsed && ceremony.is_confirmed() => trustee.rehearse(course)?,
        _ => {
            let own = ceremony
                .commit_of(trustee.index())
                .is_some_and(|c| fingerprint(&c.signing_key) == trustee.fingerprint());
            return if own { Ok(None) } else { Err(TrusteeError::Swapped) };
        }
    }))
}

/// The board must begin with what this device saw the last time.
fn continues(poll: PollId, roots: &[Hex32]) -> Result<(), Alarm> {
    let Some(mut secret) = Secret::of(poll) else { return Ok(()) };
    if let Some((size, root)) = secret.seen {
        let place = usize::try_from(size).ok().and_then(|size| size.checked_sub(1));
        if place.and_then(|place| roots.get(place)) != Some(&root) {
            return Err(Alarm::Fork);
        }
    }
    secret.seen = u64::try_from(roots.len()).ok().zip(roots.last().copied());
    let _ = secret.keep(poll);
    Ok(())
}
