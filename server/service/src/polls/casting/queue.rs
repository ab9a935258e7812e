//! Votes that have been checked wait here for a moment: all that wait go into one durable transaction.

use super::voting::{Place, busy};
use crate::{
    Result, Service,
    gather::Gather,
    polls::{live::Voting, seal::seal, work::PollWork},
};
use std::sync::Arc;
use store::{
    StoreError,
    polls::{Vote, VoteOutcome},
};
use types::{ErrorCode, Problem, Timestamp, ids::PollId, polls::TreeProof};

/// Votes in one transaction.
const BATCH: usize = 128;

/// Voters are told of their ballots together with those of so long after.
const GATHERED_MS: i64 = 1_000;

/// What became of a vote, and its proof if it is on the board.
#[derive(Clone)]
pub(in crate::polls) struct Done {
    pub(in crate::polls) outcome: VoteOutcome,
    pub(in crate::polls) proof: Option<TreeProof>,
    pub(in crate::polls) at: Timestamp,
}

/// The queues, by poll. A vote keeps its place until it is answered, also where the voter has hung up: so no more votes
/// wait than there are places.
pub(crate) type Queues = Arc<Gather<PollId, (Vote, Place), Done>>;

/// Nobody waits yet.
pub(in crate::polls) fn queues() -> Queues {
    Gather::new(BATCH, 1)
}

impl Service {
    /// Waits until the vote is durable, or refused.
    pub(super) async fn queue_vote(&self, voting: Arc<Voting>, place: Place, vote: Vote) -> Result<Done> {
        let (service, poll) = (self.clone(), voting.poll);
        let append = move |batch: Vec<(Vote, Place)>| {
            let (service, voting) = (service.clone(), Arc::clone(&voting));
            async move {
                let (votes, _places): (Vec<_>, Vec<_>) = batch.into_iter().unzip();
                service.append(&voting, &votes).await
            }
        };
        self.live().queues.ask(poll, (vote, place), append).await
    }

    /// One transaction, and the proofs of what is on the board after it.
    async fn append(&self, voting: &Voting, votes: &[Vote]) -> Result<Vec<Done>> {
        let (poll, at, key) = (voting.poll, self.now(), self.log_key());
        let origin = &voting.context.manifest().log.origin;
        let job = |first: i64| {
            let work = PollWork::BallotsRecorded { first, last: None };
            self.poll_job(poll, work, at.plus_ms(GATHERED_MS))
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
