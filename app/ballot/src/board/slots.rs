//! The votes: credentials, each slot's last ballot, and every ciphertext point that has been used.
//!
//! Kept small for the verifier of a million ballots: no ballot is stored, only its hash and its place, and 16 bytes
//! of each point. Two different points with the same 16 bytes cost 2⁶⁴ work and would only make a ballot be refused.

use crate::Refusal;
use crate::entry::{Ballot, Credential, Reissue};
use crate::group::PointBytes;
use crate::hash::Digest;
use crate::sealed::{CredentialState, admit};
use std::collections::{HashMap, HashSet};

/// A slot's last ballot, and its credential's generation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Slot {
    /// Generation of the valid credential, 0 for none.
    pub generation: u16,
    /// Number of the last ballot, 0 for none.
    pub number: u32,
    /// Its hash.
    pub hash: Digest,
    /// Its place on the board.
    pub index: u64,
}

type Fingerprint = [u8; 16];

/// Where a slot stands; slots count from 1.
fn place(slot: u32) -> Option<usize> {
    usize::try_from(slot.checked_sub(1)?).ok()
}

/// What the slots need to know of a ballot.
pub(crate) struct Vote<'a> {
    pub(crate) ballot: &'a Ballot,
    pub(crate) hash: &'a Digest,
    pub(crate) points: &'a [PointBytes],
}

/// A ballot that no longer counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Replaced {
    /// Its place on the board.
    pub index: u64,
    /// Its hash.
    pub hash: Digest,
}

/// All votes of a poll.
#[derive(Clone, Default)]
pub struct Slots {
    keys: HashMap<[u8; 32], (u32, u16)>,
    /// Slot `n` stands at `n − 1`; generation 0 means that it has no credential.
    slots: Vec<Slot>,
    points: HashSet<Fingerprint>,
    cast: u32,
    challenged: u32,
    counted: u32,
}

fn fingerprint(point: &PointBytes) -> Fingerprint {
    let mut out = [0; 16];
    out.copy_from_slice(&point[..16]);
    out
}

impl Slots {
    /// No votes.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Ballots cast, replaced ones included.
    #[must_use]
    pub fn cast(&self) -> u32 {
        self.cast
    }

    /// Ballots challenged.
    #[must_use]
    pub fn challenged(&self) -> u32 {
        self.challenged
    }

    /// Slots with a ballot.
    #[must_use]
    pub fn counted(&self) -> u32 {
        self.counted
    }

    /// What stands on the board for a slot: what a resident is shown, so that a ballot stuffed for them is noticed.
    #[must_use]
    pub fn slot(&self, slot: u32) -> Option<&Slot> {
        self.slots.get(place(slot)?).filter(|slot| slot.generation > 0)
    }

    /// A credential by its key.
    #[must_use]
    pub fn credential(&self, key: &[u8; 32]) -> Option<CredentialState> {
        let (slot, generation) = *self.keys.get(key)?;
        let last = self.slot(slot)?;
        Some(CredentialState {
            key: *key,
            slot,
            generation,
            superseded: generation != last.generation,
            last_number: last.number,
            last_hash: last.hash,
        })
    }

    /// Takes in a slot's first credential. The slot is on the roll.
    ///
    /// # Errors
    /// [`Refusal::CredentialExists`], [`Refusal::CredentialReused`].
    pub(crate) fn register(&mut self, credential: &Credential) -> Result<(), Refusal> {
        if self.slot(credential.slot).is_some() {
            return Err(Refusal::CredentialExists);
        }
        self.take_key(credential.key, credential.slot, 1)
    }

    /// Takes in a slot's next credential.
    ///
    /// # Errors
    /// [`Refusal::UnknownCredential`] where there is none to replace, [`Refusal::WrongGeneration`],
    /// [`Refusal::CredentialReused`].
    pub(crate) fn reissue(&mut self, reissue: &Reissue) -> Result<(), Refusal> {
        let slot = self.slot(reissue.slot).ok_or(Refusal::UnknownCredential)?;
        if slot.generation.checked_add(1) != Some(reissue.generation) {
            return Err(Refusal::WrongGeneration);
        }
        self.take_key(reissue.key, reissue.slot, reissue.generation)
    }

    fn take_key(&mut self, key: [u8; 32], slot: u32, generation: u16) -> Result<(), Refusal> {
        if self.keys.contains_key(&key) {
            return Err(Refusal::CredentialReused);
        }
        let place = place(slot).ok_or(Refusal::UnknownSlot)?;
        if self.slots.len() <= place {
            self.slots.resize(place + 1, Slot::default());
        }
        let own = self.slots.get_mut(place).ok_or(Refusal::UnknownSlot)?;
        own.generation = generation;
        self.keys.insert(key, (slot, generation));
        Ok(())
    }

    /// Takes in a ballot as entry `index`; the slot's ballot before, if there is one, no longer counts and is returned.
    ///
    /// # Errors
    /// As [`admit`], and [`Refusal::ReusedPoint`]; nothing is changed then.
    pub(crate) fn cast_ballot(&mut self, vote: &Vote<'_>, index: u64) -> Result<Option<Replaced>, Refusal> {
        self.admit_points(vote)?;
        let slot =
            place(vote.ballot.slot).and_then(|place| self.slots.get_mut(place)).ok_or(Refusal::UnknownCredential)?;
        let replaced = (slot.number > 0).then_some(Replaced { index: slot.index, hash: slot.hash });
        (slot.number, slot.hash, slot.index) = (vote.ballot.number, *vote.hash, index);
        self.cast = self.cast.saturating_add(1);
        self.counted = self.counted.saturating_add(u32::from(replaced.is_none()));
        Ok(replaced)
    }

    /// Takes in a challenged ballot: its points are used, its number is not.
    ///
    /// # Errors
    /// As [`Slots::cast_ballot`].
    pub(crate) fn challenge(&mut self, vote: &Vote<'_>) -> Result<(), Refusal> {
        self.admit_points(vote)?;
        self.challenged = self.challenged.saturating_add(1);
        Ok(())
    }

    fn admit_points(&mut self, vote: &Vote<'_>) -> Result<(), Refusal> {
        let credential = self.credential(&vote.ballot.credential);
        admit(credential.as_ref(), vote.ballot, vote.hash)?;
        let points: Vec<Fingerprint> = vote.points.iter().map(fingerprint).collect();
        let distinct: HashSet<&Fingerprint> = points.iter().collect();
        if distinct.len() < points.len() || points.iter().any(|p| self.points.contains(p)) {
            return Err(Refusal::ReusedPoint);
        }
        self.points.extend(points);
        Ok(())
    }
}
