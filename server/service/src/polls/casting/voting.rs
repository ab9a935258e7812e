//! What every vote goes through.

use super::queue::Done;
use crate::{
    Caller, Result, Service,
    gather::Gather,
    polls::{
        convert::{count, hex, refused, small, vote_refused},
        course::entry,
        live::Voting,
    },
};
use ballot::{
    CheckedBallot, CredentialState, Entry, Payload, PollContext, Refusal, check_ballots, sealed, sealed::ballot_hash,
};
use std::sync::Arc;
use store::polls::{Presented, PresentedRecord, SlotRecord, Vote, VoteKind, VoteOutcome, With};
use tokio::sync::OwnedSemaphorePermit;
use types::{
    ErrorCode, Problem, Timestamp,
    bytes::Hex32,
    ids::PollId,
    polls::{CastAnswer, PollState, Receipt},
};

/// Ballots looked up at a time.
const TOGETHER: usize = 128;

/// Ballots that are being looked up, by poll.
pub(crate) type Presentations = Arc<Gather<PollId, Presented, PresentedRecord>>;

/// Nobody asks yet.
pub(in crate::polls) fn presentations() -> Presentations {
    Gather::new(TOGETHER, 1)
}

/// Ballots checked at a time.
const CHECKED_TOGETHER: usize = 32;

/// A ballot to be checked, and its credential as the board has it.
pub(crate) struct Unchecked {
    place: Place,
    credential: Option<CredentialState>,
    bytes: Vec<u8>,
}

/// A ballot that holds, or why not.
type Checked = core::result::Result<(Place, Vec<u8>, CheckedBallot), Refusal>;

/// Ballots that are being checked, by poll.
pub(crate) type Checks = Arc<Gather<PollId, Unchecked, Checked>>;

/// Nobody asks yet; each of so many cores checks a share.
pub(in crate::polls) fn checks(cores: usize) -> Checks {
    Gather::new(CHECKED_TOGETHER, cores)
}

/// A ballot whose frame has been read, with what the board knows of it.
pub(super) struct Framed {
    pub(super) hash: [u8; 32],
    /// The caller's slot.
    pub(super) slot: i64,
    /// The number of its last ballot.
    pub(super) number: i64,
    /// The credential that it names, with its slot's state.
    pub(super) credential: Option<CredentialState>,
    /// Whether it was opened, its entry, and when: where it was recorded before.
    recorded: Option<(bool, i64, Timestamp)>,
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
        let (hash, key) = (ballot_hash(ballot), framed.credential);
        let known = self.presented(voting.poll, Presented { person, hash, credential: key }).await?;
        let own = known.slot.filter(|(slot, _)| *slot == i64::from(framed.slot));
        let (slot, number) = own.ok_or(ErrorCode::NotYourSlot)?;
        let credential = known.credential.map(|record| CredentialState {
            key,
            slot: small(record.slot),
            generation: small(record.generation),
            superseded: record.generation != record.slot_generation,
            last_number: small(record.number),
            last_hash: record.last_hash.unwrap_or_default(),
        });
        let recorded = known.recorded.filter(|(owner, ..)| *owner == slot);
        let recorded = recorded.map(|(_, challenged, leaf, at)| (challenged, leaf, at));
        Ok(Framed { hash, slot, number, credential, recorded })
    }

    async fn presented(&self, poll: PollId, one: Presented) -> Result<PresentedRecord> {
        let service = self.clone();
        let read = move |some: Vec<Presented>| {
            let service = service.clone();
            async move { Ok(service.store().presented(poll, &some).await?) }
        };
        self.live().presentations.ask(poll, one, read).await
    }

    /// The receipt of a ballot that is on the board already, cast or opened as `challenged` says.
    pub(super) async fn recorded_before(
        &self,
        voting: &Voting,
        framed: &Framed,
        challenged: bool,
    ) -> Result<Option<CastAnswer>> {
        let Some((_, leaf, at)) = framed.recorded.filter(|(opened, ..)| *opened == challenged) else { return Ok(None) };
        let proof = self.proof(voting.poll, leaf).await?;
        Ok(Some(CastAnswer::Duplicate { receipt: receipt(framed.hash, at, proof) }))
    }

    /// A place for one more vote.
    fn let_in(&self) -> Result<Place> {
        Ok(Place(Arc::clone(&self.live().places).try_acquire_owned().map_err(|_| busy())?))
    }

    /// Lets a ballot in and checks it, together with those that arrive with it. Too many let in: `Busy`, and nothing has
    /// happened.
    pub(super) async fn checked_ballot(
        &self,
        voting: &Arc<Voting>,
        credential: Option<CredentialState>,
        bytes: Vec<u8>,
    ) -> Result<(Place, Vec<u8>, CheckedBallot)> {
        let unchecked = Unchecked { place: self.let_in()?, credential, bytes };
        let (service, context) = (self.clone(), Arc::clone(&voting.context));
        let check = move |ballots: Vec<Unchecked>| {
            let (service, context) = (service.clone(), Arc::clone(&context));
            async move { service.check_together(&context, ballots).await }
        };
        self.live().checks.ask(voting.poll, unchecked, check).await?.map_err(refused)
    }

    /// Checks so many ballots on one core.
    async fn check_together(&self, context: &Arc<PollContext>, ballots: Vec<Unchecked>) -> Result<Vec<Checked>> {
        let (context, core) = (Arc::clone(context), self.core().await?);
        let (places, ballots): (Vec<Place>, Vec<_>) =
            ballots.into_iter().map(|ballot| (ballot.place, (ballot.credential, ballot.bytes))).unzip();
        let check = move || {
            let checked = check_ballots(&context, &ballots);
            drop(core);
            let ballots = places.into_iter().zip(ballots).zip(checked);
            ballots.map(|((place, (_, bytes)), checked)| Ok((place, bytes, checked?))).collect()
        };
        Ok(tokio::task::spawn_blocking(check).await.map_err(|_| ErrorCode::Internal)?)
    }

    async fn core(&self) -> Result<OwnedSemaphorePermit> {
        Ok(Arc::clone(&self.live().cores).acquire_owned().await.map_err(|_| ErrorCode::Internal)?)
    }

    /// Lets a vote in and runs its check, which takes a core for a moment. Too many let in: `Busy`, and nothing has
    /// happened.
    pub(in crate::polls) async fn on_a_core<T: Send + 'static>(
        &self,
        check: impl FnOnce() -> core::result::Result<T, Refusal> + Send + 'static,
    ) -> Result<(Place, T)> {
        let (place, core) = (self.let_in()?, self.core().await?);
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

pub(super) fn receipt(hash: [u8; 32], at: Timestamp, proof: types::polls::TreeProof) -> Receipt {
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
