//! Entries of the roll, and of what opens a poll.

use super::Body;
use crate::Refusal;
use crate::bytes::{Reader, Writer, count8, count16};
use crate::group::PointBytes;
use crate::hash::Digest;

/// One slot of the roll.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RollSlot {
    /// Weight class; 1, one head, is the only one of this version.
    pub weight: u8,
    /// `T("roll-slot"; …)`, see [`crate::roll::commit`].
    pub commitment: Digest,
}

/// Consecutive slots of the roll.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RollPart {
    /// Number of the first slot; slots count from 1.
    pub first: u32,
    /// The slots, 1 to [`RollPart::MAX`] of them.
    pub slots: Vec<RollSlot>,
}

impl RollPart {
    /// The most slots of one part.
    pub const MAX: usize = 1_800;
}

impl Body for RollPart {
    fn read(from: &mut Reader<'_>) -> Result<Self, Refusal> {
        let first = from.u32()?;
        let count = usize::from(from.u16()?);
        if !(1..=Self::MAX).contains(&count) {
            return Err(Refusal::NotCanonical);
        }
        let records = from.arrays::<33>(count)?;
        let slot = |record: &[u8; 33]| {
            let mut reader = Reader::new(record);
            Ok(RollSlot { weight: reader.u8()?, commitment: reader.array()? })
        };
        Ok(Self { first, slots: records.iter().map(slot).collect::<Result<_, _>>()? })
    }

    fn write(&self, to: Writer) -> Writer {
        let to = to.u32(self.first).u16(count16(self.slots.len()));
        self.slots.iter().fold(to, |to, slot| to.u8(slot.weight).bytes(&slot.commitment))
    }
}

/// How many slots a building has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Building {
    /// Name, 1 to 120 bytes of UTF-8.
    pub name: String,
    /// Slots.
    pub slots: u32,
}

/// The roll as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RollSummary {
    /// Slots of all parts.
    pub slots: u32,
    /// The last link of the chain over all parts, `T("roll"; …)`.
    pub hash: Digest,
    /// Slots per building, at most [`RollSummary::MAX_BUILDINGS`]; they add up to `slots`.
    pub buildings: Vec<Building>,
}

impl RollSummary {
    /// The most buildings of one roll.
    pub const MAX_BUILDINGS: usize = 500;
    const MAX_NAME: usize = 120;
}

impl Body for RollSummary {
    fn read(from: &mut Reader<'_>) -> Result<Self, Refusal> {
        let slots = from.u32()?;
        let hash = from.array()?;
        let count = usize::from(from.u16()?);
        if count > Self::MAX_BUILDINGS {
            return Err(Refusal::NotCanonical);
        }
        let read = |from: &mut Reader<'_>| {
            let len = usize::from(from.u8()?);
            if !(1..=Self::MAX_NAME).contains(&len) {
                return Err(Refusal::NotCanonical);
            }
            let name = std::str::from_utf8(from.take(len)?).map_err(|_| Refusal::NotCanonical)?;
            Ok(Building { name: name.to_owned(), slots: from.u32()? })
        };
        let buildings = (0..count).map(|_| read(from)).collect::<Result<_, _>>()?;
        Ok(Self { slots, hash, buildings })
    }

    fn write(&self, to: Writer) -> Writer {
        let to = to.u32(self.slots).bytes(&self.hash).u16(count16(self.buildings.len()));
        let buildings = self.buildings.iter();
        buildings.fold(to, |to, b| to.u8(count8(b.name.len())).bytes(b.name.as_bytes()).u32(b.slots))
    }
}

/// A clerk's signature under what opens the poll.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Approval {
    /// Index into the manifest's clerks, from 0.
    pub clerk: u8,
    /// The joint key.
    pub joint_key: PointBytes,
    /// The roll's hash.
    pub roll_hash: Digest,
    /// By the clerk's key.
    pub signature: [u8; 64],
}

impl Body for Approval {
    fn read(from: &mut Reader<'_>) -> Result<Self, Refusal> {
        Ok(Self { clerk: from.u8()?, joint_key: from.array()?, roll_hash: from.array()?, signature: from.array()? })
    }

    fn write(&self, to: Writer) -> Writer {
        to.u8(self.clerk).bytes(&self.joint_key).bytes(&self.roll_hash).bytes(&self.signature)
    }
}

/// The poll is open from here on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Open {
    /// Milliseconds since 1970 UTC, by the server's clock.
    pub at: u64,
}

impl Body for Open {
    fn read(from: &mut Reader<'_>) -> Result<Self, Refusal> {
        Ok(Self { at: from.u64()? })
    }

    fn write(&self, to: Writer) -> Writer {
        to.u64(self.at)
    }
}
