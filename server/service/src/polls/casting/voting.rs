//! What every vote goes through.

use super::queue::Done;
use crate::{
    Caller, Result, Service,
    polls::{
        convert::{count, hex, refused, small, vote_refused},
        course::entry,
        live::Voting,
    },
};
use ballot::{CheckedBallot, CredentialState, Entry, Payload, Refusal, entry::Ballot, sealed, sealed::ballot_hash};
use std::sync::Arc;
use store::polls::{SlotRecord, Vote, VoteKind, VoteOutcome, With};
use tokio::sync::OwnedSemaphorePermit;
use types::{
    ErrorCode, Problem,
    bytes::Hex32,
    ids::PollId,
    polls::{CastAnswer, PollState, Receipt},
};

/// A ballot whose frame has been read, with the slot of the caller.
pub(super) struct Framed {
    pub(super) ballot: Ballot,
    pub(super) hash: [u8; 32],
    pub(super) slot: SlotRecord,
}

/// A place among the votes that are let in at one time; held until the vote is answered.
pub(in crate::polls) struct Place(
    #[expect(dead_code, reason = "held, and given back when it is dropped")] pub(super) OwnedSemaphorePermit,
);

impl Service {
    /// A poll that was opened.
    pub(in crate::polls) async fn voting(&self, poll: PollId) -> Result<Arc<Voting>> {
        if let Some(voting) = self.live().contexts.get(poll) {
            return Ok(voting);
        }
        let record = self.published(poll).await?;
        if record.row.state < PollState::Open || record.row.state == PollState::Lapsed {
            return Err(ErrorCode::PollNotOpen.into());
        }
        let course = self.course(poll).await?.course;
        let context = course.context().cloned().ok_or(ErrorCode::PollNotOpen)?;
        let voting = Arc::new(Voting { poll, context, closes_at: record.row.closes_at, title: record.row.title });
        self.live().contexts.keep(poll, &voting);
        Ok(voting)
    }

    /// Whether votes are taken now, by the clock; the transaction asks the board itself.
    pub(in crate::polls) fn still_open(&self, voting: &Voting) -> Result<()> {
        if self.now() < voting.closes_at { Ok(()) } else { Err(ErrorCode::PollNotOpen.into()) }
    }

    /// Reads a ballot's frame and makes sure that its slot is the caller's.
    pub(super) async fn framed(&self, caller: &Caller, voting: &Voting, ballot: &[u8]) -> Result<Framed> {
        let (_, person) = self.voter(caller)?;
        let framed = sealed::frame(&voting.context, ballot).map_err(refused)?;
        let slot = self.store().slot_of(voting.poll, person).await?;
        let slot = slot.filter(|slot| slot.slot == i64::from(framed.slot)).ok_or(ErrorCode::NotYourSlot)?;
        Ok(Framed { ballot: framed, hash: ballot_hash(ballot), slot })
    }

    /// The receipt of a ballot that is on the board already, cast or opened as `challenged` says.
    pub(super) async fn recorded_before(
        &self,
        voting: &Voting,
        framed: &Framed,
        challenged: bool,
    ) -> Result<Option<CastAnswer>> {
        let known = self.store().ballots_by_hash(voting.poll, &framed.hash).await?.into_iter().next();
        let Some(known) = known.filter(|known| known.challenged == challenged && known.slot == framed.slot.slot) else {
            return Ok(None);
        };
        let proof = self.proof(voting.poll, known.leaf).await?;
        Ok(Some(CastAnswer::Duplicate { receipt: receipt(framed.hash, known.at, proof) }))
    }

    /// The credential that a ballot names, with its slot's state.
    pub(super) async fn credential_state(&self, poll: PollId, key: &[u8; 32]) -> Result<Option<CredentialState>> {
        let record = self.store().credential(poll, key).await?;
        Ok(record.map(|record| CredentialState {
            key: *key,
            slot: small(record.slot),
            generation: small(record.generation),
            superseded: record.generation != record.slot_generation,
            last_number: small(record.number),
            last_hash: record.last_hash.unwrap_or_default(),
        }))
    }

    /// Lets a vote in and runs its check, which takes a core for a moment. Too many let in: `Busy`, and nothing has
    /// happened.
    pub(in crate::polls) async fn on_a_core<T: Send + 'static>(
        &self,
        check: impl FnOnce() -> core::result::Result<T, Refusal> + Send + 'static,
    ) -> Result<(Place, T)> {
        let live = self.live();
        let place = Place(Arc::clone(&live.places).try_acquire_owned().map_err(|_| busy())?);
        let core = Arc::clone(&live.cores).acquire_owned().await.map_err(|_| ErrorCode::Internal)?;
        // Both go with the check: it runs to its end also where the voter hangs up.
        let work = move || {
            let checked = check();
            drop(core);
            checked.map(|checked| (place, checked))
        };
        tokio::task::spawn_blocking(work).await.map_err(|_| ErrorCode::Internal)?.map_err(refused)
    }

    /// Puts a checked vote on the board.
    pub(in crate::polls) async fn record(&self, voting: &Arc<Voting>, place: Place, vote: Vote) -> Result<Done> {
        let done = self.queue_vote(Arc::clone(voting), place, vote).await?;
        match done.outcome {
            VoteOutcome::Refused(refusal) => Err(vote_refused(refusal)),
            _ => Ok(done),
        }
    }

    /// Puts a checked ballot on the board, cast or opened.
    pub(super) async fn record_ballot(
        &self,
        voting: &Arc<Voting>,
        place: Place,
        bytes: Vec<u8>,
        checked: &CheckedBallot,
        challenged: bool,
    ) -> Result<CastAnswer> {
        let kind = VoteKind::Ballot {
            slot: checked.slot().into(),
            number: checked.number().into(),
            previous: *checked.previous(),
            credential: checked.ballot().credential,
            hash: *checked.hash(),
            points: checked.points().flatten().copied().collect(),
            challenged,
        };
        let Done { outcome, proof, at } =
            self.record(voting, place, Vote { entry: entry(bytes)?, kind, with: With::default() }).await?;
        let proof = proof.ok_or(ErrorCode::Internal)?;
        let receipt = receipt(*checked.hash(), at, proof);
        Ok(match outcome {
            VoteOutcome::Duplicate(_) => CastAnswer::Duplicate { receipt },
            _ => CastAnswer::Recorded { receipt },
        })
    }
}

/// The ballot inside a challenge entry of this poll.
pub(super) fn opened_ballot(voting: &Voting, bytes: &[u8]) -> Result<Vec<u8>> {
    if bytes.len() > voting.context.challenge_size() {
        return Err(ErrorCode::TooLarge.into());
    }
    let entry = Entry::decode(bytes).map_err(refused)?;
    match entry.payload {
        Payload::Challenge(challenge) if entry.poll == voting.context.poll() => Ok(challenge.ballot),
        Payload::Challenge(_) => Err(ErrorCode::WrongPoll.into()),
        _ => Err(ErrorCode::NotCanonical.into()),
    }
}

pub(super) fn receipt(hash: [u8; 32], at: types::Timestamp, proof: types::polls::TreeProof) -> Receipt {
    Receipt { tracker: ballot::Tracker::of(&hash).to_string(), hash: hex(hash), at, proof }
}

/// Come back in a moment.
pub(super) fn busy() -> Problem {
    Problem { code: ErrorCode::Busy, fields: Vec::new(), retry_after: Some(1) }
}

/// A credential as it travels.
pub(super) fn credential(slot: &SlotRecord) -> Option<types::polls::Credential> {
    let (key, leaf) = slot.credential.zip(slot.credential_leaf)?;
    Some(types::polls::Credential { key: Hex32(key), generation: small(slot.generation), leaf: count(leaf) })
}
