//! Signatures and proofs of the ballots in the queue, in chunks that can go to different cores.

use super::Step;
use crate::entry::{Ballot, OpenedOption};
use crate::hash::Digest;
use crate::sealed::{Batch, CheckedBallot, decode_signed, open_options};
use crate::{Aggregate, PollContext, Refusal};

/// Ballots whose proofs share one multi-scalar multiplication.
const CHUNK: usize = 64;

/// A ballot that the board has taken in and whose signature and proofs are still to be checked.
pub(super) struct Queued {
    pub(super) index: u64,
    pub(super) ballot: Ballot,
    pub(super) hash: Digest,
    pub(super) bytes: Vec<u8>,
    /// For a challenged ballot.
    pub(super) opening: Option<Vec<OpenedOption>>,
}

/// What came of a chunk.
pub(super) struct Part {
    pub(super) failed: Vec<(u64, Step, Refusal)>,
    /// The sum of its ballots that hold, without challenged ones.
    pub(super) sum: Aggregate,
}

/// Checks all of the queue.
pub(super) fn check(context: &PollContext, queue: &[Queued]) -> Vec<Part> {
    #[cfg(feature = "parallel")]
    {
        use rayon::prelude::*;
        queue
            .par_chunks(CHUNK)
            .map(|chunk| check_chunk(context, chunk))
            .collect()
    }
    #[cfg(not(feature = "parallel"))]
    queue
        .chunks(CHUNK)
        .map(|chunk| check_chunk(context, chunk))
        .collect()
}

fn check_chunk(context: &PollContext, chunk: &[Queued]) -> Part {
    let mut part = Part {
        failed: Vec::new(),
        sum: Aggregate::new(context),
    };
    let mut decoded: Vec<(&Queued, CheckedBallot)> = Vec::new();
    for queued in chunk {
        match decode_signed(context, queued.ballot.clone(), queued.hash, &queued.bytes) {
            Ok(checked) => decoded.push((queued, checked)),
            Err(refusal) => part.failed.push((queued.index, Step::Ballots, refusal)),
        }
    }
    let together = holds(context, decoded.iter().map(|(_, checked)| checked));
    for (queued, checked) in &decoded {
        let proven = together || holds(context, std::iter::once(checked));
        if !proven {
            part.failed
                .push((queued.index, Step::Proofs, Refusal::BadProof));
            continue;
        }
        match &queued.opening {
            None => part.sum.add_checked(checked),
            Some(opening) => {
                if let Err(refusal) = open_options(context, checked, opening) {
                    part.failed.push((queued.index, Step::Challenges, refusal));
                }
            }
        }
    }
    part
}

fn holds<'a>(context: &'a PollContext, ballots: impl Iterator<Item = &'a CheckedBallot>) -> bool {
    let mut batch = Batch::new(context);
    ballots.for_each(|checked| batch.push(checked.item()));
    batch.holds()
}
