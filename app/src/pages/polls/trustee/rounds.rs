//! The ceremony's next step, computed from the board alone.

use super::{alarm::Alarm, secret::Secret};
use crate::pages::polls::device::{DeviceRng, Slice};
use ballot::board::{Course, TrusteeProgress};
use ballot::merkle::{Frontier, leaf_hash};
use ballot::{RecoveryCode, Trustee, TrusteeError, trustee::fingerprint};
use types::{
    bytes::Hex32,
    polls::{BoardEntry, Ceremony},
};

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
    continues(ceremony)?;
    let course = read(&ceremony.entries).await?;
    let manifest = course.manifest().ok_or(Alarm::Board("bad-manifest"))?;
    if manifest.poll.0 != ceremony.poll.0 {
        return Err(Alarm::Board("wrong-poll"));
    }
    let trustee = Trustee::new(code, manifest, me).map_err(|refusal| Alarm::Board(refusal.code()))?;
    let post = next(&course, &trustee).map_err(|error| Alarm::of(error, 0))?;
    Ok(Turn { course, trustee, post })
}

async fn read(entries: &[BoardEntry]) -> Result<Course, Alarm> {
    let (mut course, mut slice) = (Course::new(), Slice::begin());
    for entry in entries {
        let taken = course.check(&entry.bytes.0).and_then(|checked| course.apply(&checked, entry.leaf));
        taken.map_err(|refusal| Alarm::Board(refusal.code()))?;
        slice.breathe().await;
    }
    Ok(course)
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
            let own = ceremony.commit_of(trustee.index()).is_some_and(|c| fingerprint(&c.signing_key) == trustee.fingerprint());
            return if own { Ok(None) } else { Err(TrusteeError::Swapped) };
        }
    }))
}

/// The board must begin with what this device saw the last time.
fn continues(ceremony: &Ceremony) -> Result<(), Alarm> {
    let Some(mut secret) = Secret::of(ceremony.poll) else { return Ok(()) };
    let mut frontier = Frontier::new();
    let mut root = None;
    for entry in &ceremony.entries {
        frontier.append(leaf_hash(&entry.bytes.0));
        if secret.seen.is_some_and(|(size, _)| size == frontier.size()) {
            root = Some(Hex32(frontier.root()));
        }
    }
    match secret.seen {
        Some((_, seen)) if root != Some(seen) => Err(Alarm::Fork),
        _ => {
            secret.seen = Some((frontier.size(), Hex32(frontier.root())));
            let _ = secret.keep(ceremony.poll);
            Ok(())
        }
    }
}
