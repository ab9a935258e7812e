//! Entries while the poll is open.

use super::{Body, HEADER, SIGNATURE};
use crate::Refusal;
use crate::bytes::{Reader, Writer, count16};
use crate::group::ScalarBytes;
use crate::hash::Digest;

/// A slot's first credential.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credential {
    /// Slot of the roll, from 1.
    pub slot: u32,
    /// Always 1.
    pub generation: u16,
    /// Ed25519 key that signs the slot's ballots.
    pub key: [u8; 32],
    /// By `key`: its owner asks for this slot in this poll.
    pub possession: [u8; 64],
}

impl Body for Credential {
    fn read(from: &mut Reader<'_>) -> Result<Self, Refusal> {
        Ok(Self { slot: from.u32()?, generation: from.u16()?, key: from.array()?, possession: from.array()? })
    }

    fn write(&self, to: Writer) -> Writer {
        to.u32(self.slot).u16(self.generation).bytes(&self.key).bytes(&self.possession)
    }
}

/// A slot's next credential, after a lost phone. It replaces the one before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reissue {
    /// Slot of the roll, from 1.
    pub slot: u32,
    /// One more than the generation it replaces.
    pub generation: u16,
    /// The new key.
    pub key: [u8; 32],
    /// By `key`, over everything before it.
    pub possession: [u8; 64],
    /// Index into the manifest's clerks, from 0.
    pub clerk: u8,
    /// By the clerk's key.
    pub signature: [u8; 64],
}

impl Body for Reissue {
    fn read(from: &mut Reader<'_>) -> Result<Self, Refusal> {
        Ok(Self {
            slot: from.u32()?,
            generation: from.u16()?,
            key: from.array()?,
            possession: from.array()?,
            clerk: from.u8()?,
            signature: from.array()?,
        })
    }

    fn write(&self, to: Writer) -> Writer {
        let to = to.u32(self.slot).u16(self.generation).bytes(&self.key);
        to.bytes(&self.possession).u8(self.clerk).bytes(&self.signature)
    }
}

/// A ballot. What is sealed in it has a layout that follows from the manifest ([`crate::sealed`]).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ballot {
    /// [`crate::PollContext::hash`].
    pub context: Digest,
    /// The credential's key.
    pub credential: [u8; 32],
    /// Slot of the roll, from 1.
    pub slot: u32,
    /// The slot's how-manieth ballot, from 1.
    pub number: u32,
    /// Hash of the slot's ballot before; zeros for the first.
    pub previous: Digest,
    /// Ciphertexts and proofs of every question.
    pub sealed: Vec<u8>,
    /// By the credential's key.
    pub signature: [u8; 64],
}

impl Ballot {
    /// Bytes of a ballot around what is sealed in it.
    pub const FRAME: usize = HEADER + 32 + 32 + 4 + 4 + 32 + SIGNATURE;
}

impl Body for Ballot {
    fn read(from: &mut Reader<'_>) -> Result<Self, Refusal> {
        Ok(Self {
            context: from.array()?,
            credential: from.array()?,
            slot: from.u32()?,
            number: from.u32()?,
            previous: from.array()?,
            sealed: from.take(from.len().saturating_sub(SIGNATURE))?.to_vec(),
            signature: from.array()?,
        })
    }

    fn write(&self, to: Writer) -> Writer {
        let to = to.bytes(&self.context).bytes(&self.credential).u32(self.slot).u32(self.number);
        to.bytes(&self.previous).bytes(&self.sealed).bytes(&self.signature)
    }
}

/// What one option of a challenged ballot holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenedOption {
    /// 1 where the option is chosen, else 0.
    pub value: u8,
    /// The ciphertext's nonce.
    pub nonce: ScalarBytes,
}

/// A ballot that its voter opened instead of casting it. It never counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Challenge {
    /// The whole ballot entry, header included.
    pub ballot: Vec<u8>,
    /// Every option of every question, in order.
    pub options: Vec<OpenedOption>,
}

impl Body for Challenge {
    fn read(from: &mut Reader<'_>) -> Result<Self, Refusal> {
        let len = usize::from(from.u16()?);
        let ballot = from.take(len)?.to_vec();
        let count = usize::from(from.u16()?);
        let read = |record: &[u8; 33]| {
            let mut reader = Reader::new(record);
            Ok(OpenedOption { value: reader.u8()?, nonce: reader.array()? })
        };
        let options = from.arrays::<33>(count)?.iter().map(read).collect::<Result<_, _>>()?;
        Ok(Self { ballot, options })
    }

    fn write(&self, to: Writer) -> Writer {
        let to = to.u16(count16(self.ballot.len())).bytes(&self.ballot).u16(count16(self.options.len()));
        self.options.iter().fold(to, |to, o| to.u8(o.value).bytes(&o.nonce))
    }
}
