//! Signatures and proofs of the ballots in the queue, in batches; with the feature `parallel` on other cores, while the
//! board is read on.

use super::Step;
use crate::entry::{Ballot, Credential, OpenedOption};
use crate::hash::Digest;
use crate::sealed::{Batch, CheckedBallot, decode_signed, open_options, verify_possession};
use crate::{Aggregate, PollContext, Refusal};
use std::sync::Arc;

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

/// What came of a batch.
pub(super) struct Part {
    pub(super) failed: Vec<(u64, Step, Refusal)>,
    /// The sum of its ballots that hold, without challenged ones.
    pub(super) sum: Aggregate,
}

/// The entries on their way through the check.
#[derive(Default)]
pub(super) struct Queue {
    waiting: Vec<Queued>,
    #[cfg(feature = "parallel")]
    pool: pool::Pool,
}

impl Queue {
    pub(super) fn push(&mut self, queued: Queued) {
        self.waiting.push(queued);
    }

    pub(super) fn len(&self) -> usize {
        self.waiting.len()
    }

    /// Checks what waits. What comes of it may be given by a later call.
    #[cfg(feature = "parallel")]
    pub(super) fn check(&mut self, context: &Arc<PollContext>) -> Vec<Part> {
        self.pool.begin(context, std::mem::take(&mut self.waiting));
        self.pool.done(false)
    }

    /// Checks what waits.
    #[cfg(not(feature = "parallel"))]
    pub(super) fn check(&mut self, context: &Arc<PollContext>) -> Vec<Part> {
        let waiting = std::mem::take(&mut self.waiting);
        if waiting.is_empty() { Vec::new() } else { vec![check_batch(context, &waiting)] }
    }

    /// Checks what waits, and ends all checks.
    pub(super) fn end(&mut self, context: &Arc<PollContext>) -> Vec<Part> {
        #[cfg_attr(not(feature = "parallel"), expect(unused_mut, reason = "other cores have more"))]
        let mut parts = self.check(context);
        #[cfg(feature = "parallel")]
        parts.extend(self.pool.done(true));
        parts
    }
}

#[cfg(feature = "parallel")]
mod pool {
    use super::{Part, PollContext, Queued, check_batch};
    use std::sync::{
        Arc,
        mpsc::{Receiver, Sender, channel},
    };

    /// Checks on other cores.
    pub(super) struct Pool {
        sender: Sender<Part>,
        receiver: Receiver<Part>,
        under_way: usize,
    }

    impl Default for Pool {
        fn default() -> Self {
            let (sender, receiver) = channel();
            Self { sender, receiver, under_way: 0 }
        }
    }

    impl Pool {
        pub(super) fn begin(&mut self, context: &Arc<PollContext>, batch: Vec<Queued>) {
            if batch.is_empty() {
                return;
            }
            let (context, sender) = (Arc::clone(context), self.sender.clone());
            rayon::spawn(move || {
                // Nobody waits for it where the verifier has been dropped.
                let _ = sender.send(check_batch(&context, &batch));
            });
            self.under_way += 1;
        }

        /// What has come: waits while more is under way than keeps the cores busy, or for `all`.
        pub(super) fn done(&mut self, all: bool) -> Vec<Part> {
            let most = if all { 0 } else { 2 * rayon::current_num_threads() };
            let mut parts = Vec::new();
            while self.under_way > 0 {
                let part =
                    if self.under_way > most { self.receiver.recv().ok() } else { self.receiver.try_recv().ok() };
                let Some(part) = part else { break };
                self.under_way -= 1;
                parts.push(part);
            }
            parts
        }
    }
}

fn check_batch(context: &PollContext, batch: &[Queued]) -> Part {
    let mut part = Part { failed: Vec::new(), sum: Aggregate::new(context) };
    let mut decoded = Vec::new();
    for Queued { index, bytes, work } in batch {
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
