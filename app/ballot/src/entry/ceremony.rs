//! Entries of the key ceremony, in the order in which they are posted.

use super::Body;
use crate::Refusal;
use crate::bytes::{Reader, Writer, count8};
use crate::group::{PointBytes, ScalarBytes};
use crate::hash::Digest;

/// A trustee's public keys, and the hash of what it will reveal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Commit {
    /// Trustee, from 1.
    pub index: u8,
    /// Ed25519 key under which the trustee signs everything else.
    pub signing_key: [u8; 32],
    /// X25519 key to which shares are sealed.
    pub sealing_key: [u8; 32],
    /// `T("dkg-commit"; …)` over the coefficients and their proofs.
    pub commitment: Digest,
    /// By `signing_key`.
    pub signature: [u8; 64],
}

impl Body for Commit {
    fn read(from: &mut Reader<'_>) -> Result<Self, Refusal> {
        Ok(Self {
            index: from.u8()?,
            signing_key: from.array()?,
            sealing_key: from.array()?,
            commitment: from.array()?,
            signature: from.array()?,
        })
    }

    fn write(&self, to: Writer) -> Writer {
        let to = to.u8(self.index).bytes(&self.signing_key).bytes(&self.sealing_key);
        to.bytes(&self.commitment).bytes(&self.signature)
    }
}

/// One coefficient of a trustee's polynomial, times the base point, with a proof that the trustee knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coefficient {
    /// The coefficient times the base point.
    pub point: PointBytes,
    /// Challenge of the proof.
    pub challenge: ScalarBytes,
    /// Response of the proof.
    pub response: ScalarBytes,
}

impl Coefficient {
    pub(crate) fn write(&self, to: Writer) -> Writer {
        to.bytes(&self.point).bytes(&self.challenge).bytes(&self.response)
    }
}

/// A trustee's coefficients, the constant one first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reveal {
    /// Trustee, from 1.
    pub index: u8,
    /// One per trustee of the threshold.
    pub coefficients: Vec<Coefficient>,
    /// By the trustee's signing key.
    pub signature: [u8; 64],
}

impl Body for Reveal {
    fn read(from: &mut Reader<'_>) -> Result<Self, Refusal> {
        let index = from.u8()?;
        let count = from.u8()?;
        let read = |from: &mut Reader<'_>| {
            Ok(Coefficient { point: from.array()?, challenge: from.array()?, response: from.array()? })
        };
        let coefficients = (0..count).map(|_| read(from)).collect::<Result<_, _>>()?;
        Ok(Self { index, coefficients, signature: from.array()? })
    }

    fn write(&self, to: Writer) -> Writer {
        let to = to.u8(self.index).u8(count8(self.coefficients.len()));
        self.coefficients.iter().fold(to, |to, c| c.write(to)).bytes(&self.signature)
    }
}

/// A share for one other trustee: HPKE (RFC 9180) base mode, X25519, HKDF-SHA256, ChaCha20-Poly1305.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SealedShare {
    /// The receiving trustee.
    pub to: u8,
    /// HPKE's encapsulated key.
    pub encapsulated: [u8; 32],
    /// The share, a scalar, and its 16-byte tag.
    pub sealed: [u8; 48],
}

/// A trustee's shares for all others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deal {
    /// The dealing trustee, from 1.
    pub index: u8,
    /// For every other trustee, in order.
    pub shares: Vec<SealedShare>,
    /// By the trustee's signing key.
    pub signature: [u8; 64],
}

impl Body for Deal {
    fn read(from: &mut Reader<'_>) -> Result<Self, Refusal> {
        let index = from.u8()?;
        let count = from.u8()?;
        let read = |from: &mut Reader<'_>| {
            Ok(SealedShare { to: from.u8()?, encapsulated: from.array()?, sealed: from.array()? })
        };
        let shares = (0..count).map(|_| read(from)).collect::<Result<_, _>>()?;
        Ok(Self { index, shares, signature: from.array()? })
    }

    fn write(&self, to: Writer) -> Writer {
        let to = to.u8(self.index).u8(count8(self.shares.len()));
        let shares = self.shares.iter();
        shares.fold(to, |to, s| to.u8(s.to).bytes(&s.encapsulated).bytes(&s.sealed)).bytes(&self.signature)
    }
}

/// A trustee has checked the ceremony, its own keys included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Confirm {
    /// Trustee, from 1.
    pub index: u8,
    /// The joint key as this trustee computed it.
    pub joint_key: PointBytes,
    /// The ceremony as this trustee saw it, `T("ceremony"; …)`.
    pub ceremony: Digest,
    /// By the trustee's signing key.
    pub signature: [u8; 64],
}

impl Body for Confirm {
    fn read(from: &mut Reader<'_>) -> Result<Self, Refusal> {
        Ok(Self { index: from.u8()?, joint_key: from.array()?, ceremony: from.array()?, signature: from.array()? })
    }

    fn write(&self, to: Writer) -> Writer {
        to.u8(self.index).bytes(&self.joint_key).bytes(&self.ceremony).bytes(&self.signature)
    }
}

/// A trustee's share of the dummy total, whose ciphertext follows from the ceremony: nobody can choose it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rehearsal {
    /// Trustee, from 1.
    pub index: u8,
    /// The dummy ciphertext's first half times the trustee's secret.
    pub share: PointBytes,
    /// Challenge of the proof.
    pub challenge: ScalarBytes,
    /// Response of the proof.
    pub response: ScalarBytes,
    /// By the trustee's signing key.
    pub signature: [u8; 64],
}

impl Body for Rehearsal {
    fn read(from: &mut Reader<'_>) -> Result<Self, Refusal> {
        Ok(Self {
            index: from.u8()?,
            share: from.array()?,
            challenge: from.array()?,
            response: from.array()?,
            signature: from.array()?,
        })
    }

    fn write(&self, to: Writer) -> Writer {
        let to = to.u8(self.index).bytes(&self.share);
        to.bytes(&self.challenge).bytes(&self.response).bytes(&self.signature)
    }
}
