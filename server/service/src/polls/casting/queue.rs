//! Votes that have been checked wait here for a moment; whoever comes first to an empty queue of a poll takes all that
//! wait into one durable transaction, then all that came meanwhile, until none is left. So one commit serves many
//! voters when there are many, and one voter waits for nobody.

use super::voting::{Place, busy};
use crate::{
    Result, Service,
    jobs::Job,
    polls::{
        live::Voting,
        seal::seal,
        work::{PollJob, PollWork},
    },
};
use std::{
    collections::{HashMap, VecDeque},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};
use store::{
    StoreError,
    polls::{Vote, VoteOutcome},
};
use tokio::sync::oneshot;
use types::{ErrorCode, Problem, Timestamp, ids::PollId, polls::TreeProof};

/// Votes in one transaction.
const BATCH: usize = 128;

/// What became of a vote, and its proof if it is on the board.
#[derive(Clone)]
pub(in crate::polls) struct Done {
    pub(in crate::polls) outcome: VoteOutcome,
    pub(in crate::polls) proof: Option<TreeProof>,
    pub(in crate::polls) at: Timestamp,
}

struct Waiting {
    vote: Vote,
    answer: oneshot::Sender<Result<Done>>,
    /// Given back with the answer, also where the voter has hung up: so no more votes wait than there are places.
    place: Place,
}

/// The queues, by poll. A poll has an entry exactly while somebody is working on its queue.
#[derive(Default)]
pub(crate) struct Queues(Mutex<HashMap<PollId, VecDeque<Waiting>>>);

/// Somebody who works on a poll's queue. If they fail halfway, the votes that wait are let go, their voters are told,
/// and the next vote finds a queue that is idle.
struct Worker<'a> {
    queues: &'a Queues,
    poll: PollId,
    done: bool,
}

impl Worker<'_> {
    /// The next votes; none ends the work.
    fn next(&mut self) -> Vec<Waiting> {
        let batch = self.queues.take(self.poll);
        self.done = batch.is_empty();
        batch
    }
}

impl Drop for Worker<'_> {
    fn drop(&mut self) {
        if !self.done {
            self.queues.lock().remove(&self.poll);
        }
    }
}

impl Queues {
    /// Adds a vote; true if the caller is to work on the queue.
    fn push(&self, poll: PollId, waiting: Waiting) -> bool {
        let mut queues = self.lock();
        let idle = !queues.contains_key(&poll);
        queues.entry(poll).or_default().push_back(waiting);
        idle
    }

    fn work_on(&self, poll: PollId) -> Worker<'_> {
        Worker { queues: self, poll, done: false }
    }

    fn take(&self, poll: PollId) -> Vec<Waiting> {
        let mut queues = self.lock();
        let Some(queue) = queues.get_mut(&poll) else { return Vec::new() };
        let taken: Vec<Waiting> = queue.drain(..queue.len().min(BATCH)).collect();
        if taken.is_empty() {
            queues.remove(&poll);
        }
        taken
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<PollId, VecDeque<Waiting>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Service {
    /// Waits until the vote is durable, or refused.
    pub(super) async fn queue_vote(&self, voting: Arc<Voting>, place: Place, vote: Vote) -> Result<Done> {
        let (answer, answered) = oneshot::channel();
        if self.live().queues.push(voting.poll, Waiting { vote, answer, place }) {
            let service = self.clone();
            // A task of its own: a voter who hangs up must not take the others' votes along.
            tokio::spawn(async move { service.work_off(&voting).await });
        }
        answered.await.unwrap_or_else(|_| Err(ErrorCode::Internal.into()))
    }

    async fn work_off(&self, voting: &Voting) {
        let mut worker = self.live().queues.work_on(voting.poll);
        loop {
            let batch = worker.next();
            if batch.is_empty() {
                return;
            }
            let (votes, answers): (Vec<Vote>, Vec<_>) =
                batch.into_iter().map(|w| (w.vote, (w.answer, w.place))).unzip();
            match self.append(voting, &votes).await {
                Ok(done) => answers.into_iter().zip(done).for_each(|((answer, _), done)| drop(answer.send(Ok(done)))),
                Err(problem) => answers.into_iter().for_each(|(answer, _)| drop(answer.send(Err(problem.clone())))),
            }
        }
    }

    /// One transaction, and the proofs of what is on the board after it.
    async fn append(&self, voting: &Voting, votes: &[Vote]) -> Result<Vec<Done>> {
        let (poll, at, key) = (voting.poll, self.now(), self.log_key());
        let origin = &voting.context.manifest().log.origin;
        let job = |first: i64, last: i64| {
            let work = PollWork::BallotsRecorded { first, last };
            self.job_row(&Job::Poll(PollJob { poll, work }), at, None)
        };
        let appended =
            self.store().append_votes(poll, at, votes, &job, &|edge, leaves| seal(origin, &key, edge, leaves)).await;
        let outcomes = appended.map_err(|error| match error {
            StoreError::Busy => busy(),
            other => Problem::from(other),
        })?;
        let place = |outcome: &VoteOutcome| match outcome {
            VoteOutcome::Recorded(leaf) | VoteOutcome::Duplicate(leaf) => Some(*leaf),
            VoteOutcome::Refused(_) => None,
        };
        let leaves: Vec<i64> = outcomes.iter().filter_map(place).collect();
        let mut proofs = Vec::new();
        if !leaves.is_empty() {
            let head = self.store().head(poll).await?.ok_or(ErrorCode::Internal)?;
            proofs = self.proofs(poll, &head, &leaves).await?;
        }
        let mut proofs = proofs.into_iter();
        let done = |outcome: VoteOutcome| {
            let proof = place(&outcome).and_then(|_| proofs.next());
            Done { outcome, proof, at }
        };
        Ok(outcomes.into_iter().map(done).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use oneshot::{Receiver, error::TryRecvError};
    use store::polls::{NewEntry, VoteKind, With};
    use tokio::sync::Semaphore;

    const POLL: PollId = PollId([1; 16]);

    /// Whether the caller is to work on the queue, and the voter's end.
    fn push(queues: &Queues, places: &Arc<Semaphore>) -> (bool, Receiver<Result<Done>>) {
        let place = Place(Arc::clone(places).try_acquire_owned().expect("a place"));
        let entry = NewEntry { kind: 11, leaf_hash: [0; 32], bytes: Vec::new() };
        let kind = VoteKind::Credential { slot: 1, generation: 1, key: [0; 32] };
        let vote = Vote { entry, kind, with: With::default() };
        let (answer, answered) = oneshot::channel();
        (queues.push(POLL, Waiting { vote, answer, place }), answered)
    }

    fn waits(voter: &mut Receiver<Result<Done>>) -> bool {
        matches!(voter.try_recv(), Err(TryRecvError::Empty))
    }

    #[test]
    fn a_worker_that_fails_leaves_no_vote_waiting_and_no_queue_that_nobody_works_on() {
        let (queues, places) = (Queues::default(), Arc::new(Semaphore::new(2)));
        let (to_work, mut first) = push(&queues, &places);
        let worker = queues.work_on(POLL);
        let (second_to_work, mut second) = push(&queues, &places);
        assert!(to_work && !second_to_work, "one works for both");
        assert!(waits(&mut first) && waits(&mut second));
        drop(worker);
        assert!(!waits(&mut first) && !waits(&mut second), "told, not left waiting");
        assert_eq!(places.available_permits(), 2);
        assert!(push(&queues, &places).0, "the next vote is worked on");
    }

    #[test]
    fn a_worker_that_is_done_leaves_the_next_ones_queue_alone() {
        let (queues, places) = (Queues::default(), Arc::new(Semaphore::new(1)));
        let mut worker = queues.work_on(POLL);
        assert!(worker.next().is_empty());
        let (to_work, mut voter) = push(&queues, &places);
        assert!(to_work);
        drop(worker);
        assert!(waits(&mut voter));
    }
}
