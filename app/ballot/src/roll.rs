//! The frozen roll: one slot for each eligible person or household, in random order.

use crate::bytes::Writer;
use crate::entry::{Building, Entry, RollPart, RollSlot, RollSummary};
use crate::hash::{Digest, Hash};
use crate::manifest::PollId;

/// The commitment of a slot to a person: `T("roll-slot"; poll id, slot, salt, person)`.
///
/// `person` is the text that the resident is shown with their slot and salt, so that they can compute this again;
/// `salt` is 32 random bytes, a different one for each slot.
#[must_use]
pub fn commit(poll: PollId, slot: u32, salt: &[u8; 32], person: &str) -> Digest {
    Hash::new("roll-slot").part(&poll.0).part(&slot.to_be_bytes()).part(salt).part(person.as_bytes()).digest()
}

/// The hash of a roll under construction: a chain over its parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RollHash {
    link: Digest,
    slots: u32,
}

impl RollHash {
    /// Before the first part: `T("roll-start"; poll id)`.
    #[must_use]
    pub fn start(poll: PollId) -> Self {
        Self { link: Hash::new("roll-start").part(&poll.0).digest(), slots: 0 }
    }

    /// Slots so far.
    #[must_use]
    pub fn slots(&self) -> u32 {
        self.slots
    }

    /// Adds a part: `T("roll-part"; link, first, slots)`.
    pub fn push(&mut self, part: &RollPart) {
        let records = part.slots.iter().fold(Writer::new(), |to, s| to.u8(s.weight).bytes(&s.commitment)).finish();
        let hash = Hash::new("roll-part").part(&self.link).part(&part.first.to_be_bytes());
        self.link = hash.part(&records).digest();
        self.slots = self.slots.saturating_add(u32::try_from(part.slots.len()).unwrap_or(u32::MAX));
    }

    /// The roll's hash: `T("roll"; link, slots, buildings)`.
    #[must_use]
    pub fn finish(&self, buildings: &[Building]) -> Digest {
        let named =
            |to: Writer, b: &Building| to.u8(crate::bytes::count8(b.name.len())).bytes(b.name.as_bytes()).u32(b.slots);
        let buildings = buildings.iter().fold(Writer::new(), named).finish();
        Hash::new("roll").part(&self.link).part(&self.slots.to_be_bytes()).part(&buildings).digest()
    }
}

/// The entries of a whole roll: its parts, then its summary. `commitments[0]` is slot 1.
#[must_use]
pub fn entries(poll: PollId, commitments: &[Digest], buildings: Vec<Building>) -> Vec<Entry> {
    let mut hash = RollHash::start(poll);
    let mut entries = Vec::new();
    for chunk in commitments.chunks(RollPart::MAX) {
        let slots = chunk.iter().map(|commitment| RollSlot { weight: 1, commitment: *commitment }).collect();
        let part = RollPart { first: hash.slots() + 1, slots };
        hash.push(&part);
        entries.push(Entry::new(poll, part));
    }
    let summary = RollSummary { slots: hash.slots(), hash: hash.finish(&buildings), buildings };
    entries.push(Entry::new(poll, summary));
    entries
}
