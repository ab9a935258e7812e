//! The entries of the board: one canonical byte layout for each kind, at most 65,535 bytes.
//!
//! Every entry starts with 18 bytes: version (1), kind, poll id (16). Integers are big-endian; points and scalars
//! are 32 bytes as in RFC 9496. Where an entry is signed, the last 64 bytes are the signature and all before them
//! is what is signed (`sign.rs`). To add a kind: a struct with `Body`, a line in `kinds!`, a place in
//! [`crate::board`], a section in docs/BALLOT.md.

mod ceremony;
mod counting;
mod roll;
mod voting;

pub use ceremony::{Coefficient, Commit, Confirm, Deal, Rehearsal, Reveal, SealedShare};
pub use counting::{Ciphertext, Close, Outcome, ResultEntry, Share, Tally, Verdict};
pub use roll::{Approval, Building, Open, RollPart, RollSlot, RollSummary};
pub use voting::{Ballot, Challenge, Credential, OpenedOption, Reissue};

use crate::Refusal;
use crate::bytes::{Reader, Writer};
use crate::manifest::PollId;

/// The first byte of every entry.
pub const LAYOUT_VERSION: u8 = 1;
/// The most bytes an entry may have: entry bundles of tlog-tiles prefix each with a 16-bit length.
pub const MAX_ENTRY: usize = 65_535;
/// Bytes before the body: version, kind, poll id.
pub const HEADER: usize = 18;
/// Bytes of a signature, the last of every signed entry.
pub const SIGNATURE: usize = 64;

/// What stands after the header.
pub(crate) trait Body: Sized {
    fn read(from: &mut Reader<'_>) -> Result<Self, Refusal>;
    fn write(&self, to: Writer) -> Writer;
}

/// The one kind that a body has.
pub(crate) trait Kinded: Body {
    const KIND: Kind;
}

macro_rules! kinds {
    ($( $(#[doc = $doc:literal])+ $name:ident($body:ty) = $byte:literal, $label:literal; )+) => {
        /// What kind of entry it is, the second byte.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[repr(u8)]
        pub enum Kind { $( $(#[doc = $doc])+ $name = $byte, )+ }

        impl Kind {
            /// Every kind, in the order of their bytes.
            pub const ALL: &'static [Self] = &[$( Self::$name, )+];

            fn from_byte(byte: u8) -> Result<Self, Refusal> {
                match byte { $( $byte => Ok(Self::$name), )+ _ => Err(Refusal::NotCanonical) }
            }

            /// The kind's stable name, in kebab case.
            #[must_use]
            pub const fn label(self) -> &'static str {
                match self { $( Self::$name => $label, )+ }
            }
        }

        /// What an entry says.
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub enum Payload { $( $(#[doc = $doc])+ $name($body), )+ }

        impl Payload {
            /// The payload's kind.
            #[must_use]
            pub const fn kind(&self) -> Kind {
                match self { $( Self::$name(_) => Kind::$name, )+ }
            }

            /// With `KEY`, only what makes the key: a voter's device needs no code for the rest.
            fn read<const KEY: bool>(kind: Kind, from: &mut Reader<'_>) -> Result<Self, Refusal> {
                Ok(match kind {
                    $( Kind::$name if !KEY || Kind::$name.makes_key() => Self::$name(<$body>::read(from)?), )+
                    _ => return Err(Refusal::OutOfOrder),
                })
            }

            fn write(&self, to: Writer) -> Writer {
                match self { $( Self::$name(body) => body.write(to), )+ }
            }
        }

        $( impl Kinded for $body {
            const KIND: Kind = Kind::$name;
        }

        impl From<$body> for Payload {
            fn from(body: $body) -> Self { Self::$name(body) }
        } )+
    };
}

kinds! {
    /// The poll's manifest; always the first entry.
    Manifest(ManifestBytes) = 0x01, "manifest";
    /// A trustee's keys and the hash of its coefficients.
    Commit(Commit) = 0x02, "commit";
    /// The coefficients behind that hash, with proofs of knowledge.
    Reveal(Reveal) = 0x03, "reveal";
    /// A trustee's shares for the others, each sealed to its receiver.
    Deal(Deal) = 0x04, "deal";
    /// A trustee's signature under the joint key.
    Confirm(Confirm) = 0x05, "confirm";
    /// A trustee's share of a dummy total.
    Rehearsal(Rehearsal) = 0x06, "rehearsal";
    /// Some slots of the roll.
    RollPart(RollPart) = 0x07, "roll-part";
    /// The roll's counts and hash.
    RollSummary(RollSummary) = 0x08, "roll-summary";
    /// A clerk's signature under joint key and roll.
    Approval(Approval) = 0x09, "approval";
    /// The poll is open.
    Open(Open) = 0x0a, "open";
    /// A slot's first credential.
    Credential(Credential) = 0x0b, "credential";
    /// A slot's next credential, signed by a clerk.
    Reissue(Reissue) = 0x0c, "reissue";
    /// A ballot.
    Ballot(Ballot) = 0x0d, "ballot";
    /// A ballot that was opened instead of cast.
    Challenge(Challenge) = 0x0e, "challenge";
    /// The poll is closed; the sums of the last ballots.
    Close(Close) = 0x0f, "close";
    /// A trustee's share of the sums.
    Share(Share) = 0x10, "share";
    /// Totals and outcome.
    Result(ResultEntry) = 0x11, "result";
}

/// The manifest's exact bytes; parse them with [`crate::Manifest::parse`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ManifestBytes(pub Vec<u8>);

impl Body for ManifestBytes {
    fn read(from: &mut Reader<'_>) -> Result<Self, Refusal> {
        Ok(Self(from.remaining().to_vec()))
    }

    fn write(&self, to: Writer) -> Writer {
        to.bytes(&self.0)
    }
}

/// One entry of a poll's board.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The poll it belongs to.
    pub poll: PollId,
    /// What it says.
    pub payload: Payload,
}

impl Entry {
    /// An entry of that poll.
    pub fn new(poll: PollId, payload: impl Into<Payload>) -> Self {
        Self { poll, payload: payload.into() }
    }

    /// The kind of the payload.
    #[must_use]
    pub const fn kind(&self) -> Kind {
        self.payload.kind()
    }

    /// The bytes that are hashed, signed, stored and served.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        self.payload.write(header(self.kind(), self.poll)).finish()
    }

    /// Reads an entry; [`Entry::encode`] of the result gives the same bytes.
    ///
    /// # Errors
    /// [`Refusal::TooLarge`], or [`Refusal::NotCanonical`] for anything that `encode` could not have written.
    pub fn decode(bytes: &[u8]) -> Result<Self, Refusal> {
        Self::decode_some::<false>(bytes)
    }

    /// The same, for the entries that make the key alone; others are out of order there.
    pub(crate) fn decode_key(bytes: &[u8]) -> Result<Self, Refusal> {
        Self::decode_some::<true>(bytes)
    }

    fn decode_some<const KEY: bool>(bytes: &[u8]) -> Result<Self, Refusal> {
        let (kind, poll, mut body) = open(bytes)?;
        let payload = Payload::read::<KEY>(kind, &mut body)?;
        body.end()?;
        Ok(Self { poll, payload })
    }
}

/// The bytes of an entry whose kind is known.
pub(crate) fn encoded<B: Kinded>(poll: PollId, body: &B) -> Vec<u8> {
    body.write(header(B::KIND, poll)).finish()
}

impl Kind {
    /// Whether the joint key follows from it: the manifest, and the key ceremony up to the last confirmation.
    #[must_use]
    pub const fn makes_key(self) -> bool {
        matches!(self, Self::Manifest | Self::Commit | Self::Reveal | Self::Deal | Self::Confirm)
    }
}

/// Version, kind and poll id, ready for a body.
pub(crate) fn header(kind: Kind, poll: PollId) -> Writer {
    Writer::new().u8(LAYOUT_VERSION).u8(kind as u8).bytes(&poll.0)
}

fn open(bytes: &[u8]) -> Result<(Kind, PollId, Reader<'_>), Refusal> {
    if bytes.len() > MAX_ENTRY {
        return Err(Refusal::TooLarge);
    }
    let mut reader = Reader::new(bytes);
    if reader.u8()? != LAYOUT_VERSION {
        return Err(Refusal::NotCanonical);
    }
    let kind = Kind::from_byte(reader.u8()?)?;
    Ok((kind, PollId(reader.array()?), reader))
}

/// The kind of encoded bytes, without reading the rest.
///
/// # Errors
/// As [`Entry::decode`], for the header alone.
pub fn kind_of(bytes: &[u8]) -> Result<Kind, Refusal> {
    open(bytes).map(|(kind, ..)| kind)
}

/// Everything of a signed entry but its signature.
pub(crate) fn signed_part(entry: &[u8]) -> &[u8] {
    entry.get(..entry.len().saturating_sub(SIGNATURE)).unwrap_or_default()
}
