//! This trustee's share of the sums, from a board that this device has read and verified itself.

use super::{
    alarm::Alarm,
    secret::{Opened, Secret},
};
use crate::pages::polls::board::{Board, BoardError, bundles};
use crate::pages::polls::device::{Slice, wall_clock};
use ballot::verify::{Head, Options, Verifier};
use ballot::{RecoveryCode, Trustee, trustee::aggregate_fingerprint};
use leptos::prelude::{RwSignal, Set as _};
use types::{bytes::Hex32, ids::PollId, polls::TallyWork};

/// A share that is made and not posted yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Share {
    /// The entry.
    pub(super) entry: Vec<u8>,
    /// What it opens.
    pub(super) sums: Opened,
    /// The sums' short form, to be compared by telephone.
    pub(super) print: String,
}

/// Why there is no share.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum NoShare {
    /// The network is away.
    Offline,
    /// Something does not hold.
    Alarm(Alarm),
}

impl From<BoardError> for NoShare {
    fn from(error: BoardError) -> Self {
        match error {
            BoardError::Fetch(_) => Self::Offline,
            BoardError::Malformed => Self::Alarm(Alarm::Board("not-canonical")),
            BoardError::Refused(refusal) => Self::Alarm(Alarm::Board(refusal.code())),
        }
    }
}

/// Downloads the board, verifies it up to the sums, and makes the share; `progress` hears of entries done and in all.
pub(super) async fn share(
    poll: PollId,
    work: &TallyWork,
    code: &RecoveryCode,
    me: u8,
    progress: RwSignal<(u64, u64)>,
) -> Result<Share, NoShare> {
    let board = Board::of(poll);
    let heads = Secret::of(poll).and_then(|secret| secret.seen);
    let heads = heads.map(|(size, root)| Head { size, root: root.0 }).into_iter().collect();
    let mut verifier = Verifier::new(Options { heads, batch: 4, ..Options::default() });
    verifier.checkpoint(&work.checkpoint);
    let mut slice = Slice::begin();
    for tile in bundles(work.size) {
        for entry in board.bundle(tile).await? {
            verifier.push(&entry);
            progress.set((verifier.size(), work.size));
            slice.breathe().await;
        }
    }
    for index in verifier.wanted() {
        let entry = board.entry(index, work.size).await?;
        verifier.supply(index, &entry);
        slice.breathe().await;
    }
    slice.give_way().await;
    let share = made(&mut verifier, poll, code, me).map_err(NoShare::Alarm)?;
    // From now on the board must contain what was verified here.
    if let Some(mut secret) = Secret::of(poll) {
        secret.seen = Some((verifier.size(), Hex32(verifier.root())));
        let _ = secret.keep(poll);
    }
    Ok(share)
}

/// Notes on this device what the share opens, before it leaves; refuses a second set of sums, which would tell single
/// ballots apart from the first.
pub(super) fn agree(poll: PollId, sums: Opened) -> Result<(), Alarm> {
    let Some(mut secret) = Secret::of(poll) else { return Ok(()) };
    if !secret.may_open(sums) {
        return Err(Alarm::OtherSums);
    }
    let _ = secret.keep(poll);
    Ok(())
}

fn made(verifier: &mut Verifier, poll: PollId, code: &RecoveryCode, me: u8) -> Result<Share, Alarm> {
    let manifest = verifier.state().course().manifest().cloned().ok_or(Alarm::Board("bad-manifest"))?;
    if manifest.poll.0 != poll.0 {
        return Err(Alarm::Board("wrong-poll"));
    }
    let min_group = manifest.min_group;
    let trustee = Trustee::new(code, &manifest, me).map_err(|refusal| Alarm::Board(refusal.code()))?;
    let root = verifier.state().course().close().map(|close| Hex32(close.root)).ok_or(Alarm::Board("out-of-order"))?;
    let failed = verifier.finish().first_failure();
    let counted = verifier.counted().map_err(|_| match failed {
        Some(ballot::verify::Step::Tree) => Alarm::Fork,
        Some(step) => Alarm::Board(step.code()),
        None => Alarm::Board("not-verified"),
    })?;
    let now = u64::try_from(wall_clock()).unwrap_or(0);
    let entry = trustee.share(&counted, now).map_err(|error| Alarm::of(error, min_group))?;
    let aggregate = counted.aggregate();
    Ok(Share { entry, sums: Opened { aggregate: Hex32(aggregate), root }, print: aggregate_fingerprint(&aggregate) })
}
