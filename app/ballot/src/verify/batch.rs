//! Signatures and proofs of the ballots in the queue, in chunks that can go to different cores.

use super::Step;
use crate::entry::{Ballot, Credential, OpenedOption};
use crate::hash::Digest;
use crate::sealed::{Batch, CheckedBallot, decode_signed, open_options, verify_possession};
use crate::{Aggregate, PollContext, Refusal};

/// Ballots whose proofs share one multi-scalar multiplication.
const CHUNK: usize = 64;

/// An entry that the board has taken in and whose signature and proofs are still to be checked.
pub(super) struct Queued {
    pub(super) index: u64,
    /// The credential's entry, or the ballot's: the inner one of a challenge.
    pub(super) bytes: Vec<u8>,
    pub(super) work: Work,
}

/// What there is to check.
pub(super) enum Work {
    /// A first credential's signature.
    Credential(Credential),
    /// A ballot's signature and proofs, and for a challenge that it opens.
    Ballot { ballot: Ballot, hash: Digest, opening: Option<Vec<OpenedOption>> },
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
        queue.par_chunks(CHUNK).map(|chunk| check_chunk(context, chunk)).collect()
    }
    #[cfg(not(feature = "parallel"))]
    queue.chunks(CHUNK).map(|chunk| check_chunk(context, chunk)).collect()
}

fn check_chunk(context: &PollContext, chunk: &[Queued]) -> Part {
    let mut part = Part { failed: Vec::new(), sum: Aggregate::new(context) };
    let mut decoded = Vec::new();
    for Queued { index, bytes, work } in chunk {
        let signed = match work {
            Work::Credential(credential) => verify_possession(context, credential, bytes),
            Work::Ballot { ballot, hash, opening } => decode_signed(context, ballot.clone(), *hash, bytes)
                .map(|checked| decoded.push((*index, opening, checked))),
        };
        if let Err(refusal) = signed {
            part.failed.push((*index, Step::Ballots, refusal));
        }
    }
    let together = holds(context, decoded.iter().map(|(.., checked)| checked));
    for (index, opening, checked) in &decoded {
        let proven = together || holds(context, std::iter::once(checked));
        if !proven {
            part.failed.push((*index, Step::Proofs, Refusal::BadProof));
            continue;
        }
        match opening {
            None => part.sum.add_checked(checked),
            Some(opening) => {
                if let Err(refusal) = open_options(context, checked, opening) {
                    part.failed.push((*index, Step::Challenges, refusal));
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
