//! Votes that have been checked wait here for a moment; whoever comes first to an empty queue of a poll takes all that
//! wait into one durable transaction, then all that came meanwhile, until none is left. So one commit serves many
//! voters when there are many, and one voter waits for nobody.

use super::voting::busy;
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
    sync::{Arc, Mutex, PoisonError},
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
}

/// The queues, by poll. A poll has an entry exactly while somebody is working on its queue.
#[derive(Default)]
pub(crate) struct Queues(Mutex<HashMap<PollId, VecDeque<Waiting>>>);

impl Queues {
    /// Adds a vote; true if the caller is to work on the queue.
    fn push(&self, poll: PollId, waiting: Waiting) -> bool {
        let mut queues = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let idle = !queues.contains_key(&poll);
        queues.entry(poll).or_default().push_back(waiting);
        idle
    }

    /// The next votes; none ends the work.
    fn take(&self, poll: PollId) -> Vec<Waiting> {
        let mut queues = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(queue) = queues.get_mut(&poll) else { return Vec::new() };
        let taken: Vec<Waiting> = queue.drain(..queue.len().min(BATCH)).collect();
        if taken.is_empty() {
            queues.remove(&poll);
        }
        taken
    }
}

impl Service {
    /// Waits until the vote is durable, or refused.
    pub(super) async fn queue_vote(&self, voting: Arc<Voting>, vote: Vote) -> Result<Done> {
        let (answer, answered) = oneshot::channel();
        if self.live().queues.push(voting.poll, Waiting { vote, answer }) {
            let service = self.clone();
            // A task of its own: a voter who hangs up must not take the others' votes along.
            tokio::spawn(async move { service.work_off(&voting).await });
        }
        answered.await.unwrap_or_else(|_| Err(ErrorCode::Internal.into()))
    }

    async fn work_off(&self, voting: &Voting) {
        loop {
            let batch = self.live().queues.take(voting.poll);
            if batch.is_empty() {
                return;
            }
            let (votes, answers): (Vec<Vote>, Vec<_>) = batch.into_iter().map(|w| (w.vote, w.answer)).unzip();
            match self.append(voting, &votes).await {
                Ok(done) => answers.into_iter().zip(done).for_each(|(answer, done)| drop(answer.send(Ok(done)))),
                Err(problem) => answers.into_iter().for_each(|answer| drop(answer.send(Err(problem.clone())))),
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
