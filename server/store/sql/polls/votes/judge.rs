//! Which votes of a batch the board takes: one after the other, each seeing those before it.

use super::known::{Known, SlotState};
use std::collections::HashSet;
use store::polls::{Bytes32, Vote, VoteKind, VoteOutcome, VoteRefusal};

/// The state of the board as the batch goes on, and the sums that its head keeps.
pub(super) struct Judge {
    pub(super) known: Known,
    next: i64,
    /// Slots whose number has changed.
    pub(super) voted: HashSet<i64>,
    pub(super) cast: i64,
    pub(super) challenged: i64,
}

impl Judge {
    pub(super) fn new(known: Known, first: i64) -> Self {
        Self { known, next: first, voted: HashSet::new(), cast: 0, challenged: 0 }
    }

    pub(super) fn judge(&mut self, vote: &Vote) -> VoteOutcome {
        match &vote.kind {
            VoteKind::Credential { slot, generation, key } => self.credential(*slot, *generation, key),
            VoteKind::Ballot { slot, number, previous, credential, hash, points, challenged } => {
                // A ballot that was opened is no duplicate when it is cast: its points are used.
                if let Some((leaf, _)) = self.known.ballots.get(hash).filter(|(_, opened)| opened == challenged) {
                    return VoteOutcome::Duplicate(*leaf);
                }
                let (points, _) = points.as_chunks::<32>();
                if let Err(refusal) = self.ballot(*slot, *number, previous, credential, points) {
                    return VoteOutcome::Refused(refusal);
                }
                self.known.points.extend(points);
                self.known.ballots.insert(*hash, (self.next, *challenged));
                if *challenged {
                    self.challenged += 1;
                } else if let Some(state) = self.known.slots.get_mut(slot) {
                    (state.number, state.last_hash) = (*number, *hash);
                    self.voted.insert(*slot);
                    self.cast += 1;
                }
                self.recorded()
            }
        }
    }

    fn recorded(&mut self) -> VoteOutcome {
        self.next += 1;
        VoteOutcome::Recorded(self.next - 1)
    }

    fn credential(&mut self, slot: i64, generation: i64, key: &Bytes32) -> VoteOutcome {
        use VoteRefusal::{CredentialExists, CredentialReused, UnknownSlot, WrongGeneration};
        if self.known.credentials.get(key) == Some(&(slot, generation)) {
            let leaf = self.known.credential_leaves.get(key).copied().unwrap_or_default();
            return VoteOutcome::Duplicate(leaf);
        }
        let Some(state) = self.known.slots.get_mut(&slot) else { return VoteOutcome::Refused(UnknownSlot) };
        if generation == 1 && state.generation > 0 {
            return VoteOutcome::Refused(CredentialExists);
        }
        if generation != state.generation + 1 {
            return VoteOutcome::Refused(WrongGeneration);
        }
        if self.known.credentials.contains_key(key) {
            return VoteOutcome::Refused(CredentialReused);
        }
        state.generation = generation;
        self.known.credentials.insert(*key, (slot, generation));
        self.known.credential_leaves.insert(*key, self.next);
        self.recorded()
    }

    fn ballot(
        &self,
        slot: i64,
        number: i64,
        previous: &Bytes32,
        credential: &Bytes32,
        points: &[Bytes32],
    ) -> Result<&SlotState, VoteRefusal> {
        use VoteRefusal::{ReusedPoint, Superseded, UnknownCredential, WrongNumber, WrongPrevious, WrongSlot};
        let (owner, generation) = self.known.credentials.get(credential).ok_or(UnknownCredential)?;
        if self.known.slots.get(owner).is_some_and(|state| state.generation != *generation) {
            return Err(Superseded);
        }
        let state = self.known.slots.get(&slot).filter(|_| *owner == slot).ok_or(WrongSlot)?;
        if number != state.number + 1 {
            return Err(WrongNumber);
        }
        if *previous != state.last_hash {
            return Err(WrongPrevious);
        }
        let mut own = HashSet::with_capacity(points.len());
        let reused = points.iter().any(|point| self.known.points.contains(point) || !own.insert(point));
        if reused { Err(ReusedPoint) } else { Ok(state) }
    }
}
