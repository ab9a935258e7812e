//! The key ceremony: Pedersen's distributed key generation with a commit round, as it stands on the board.
//!
//! Order: all commit, all reveal, all deal (where there is more than one trustee), all confirm, then rehearse. Because
//! a commitment binds the coefficients before any other trustee's are known, the last to reveal cannot bias the key.

use crate::bytes::Writer;
use crate::entry::{Ciphertext, Coefficient, Commit, Confirm, Deal, Payload, Rehearsal, Reveal, signed_part};
use crate::group::{PointBytes, encode, point, proper_point};
use crate::hash::{Digest, Hash};
use crate::proof::{equality, knowledge};
use crate::{Manifest, Refusal, sign};
use curve25519_dalek::traits::{Identity as _, IsIdentity as _};
use curve25519_dalek::{RistrettoPoint, Scalar};

/// The dummy total is below this.
const REHEARSAL_VALUES: u64 = 1000;

/// What one trustee has posted.
#[derive(Clone, Debug, Default)]
struct Posted {
    commit: Option<(Commit, Digest)>,
    reveal: Option<(Reveal, Digest)>,
    deal: Option<(Deal, Digest)>,
    confirm: Option<Confirm>,
    rehearsal: Option<Rehearsal>,
}

/// Which of its entries a trustee has posted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TrusteeProgress {
    /// Keys and commitment.
    pub committed: bool,
    /// Coefficients.
    pub revealed: bool,
    /// Shares for the others; true from the start where there is one trustee.
    pub dealt: bool,
    /// Signature under the joint key.
    pub confirmed: bool,
    /// Share of the dummy total.
    pub rehearsed: bool,
}

/// The ceremony so far.
#[derive(Clone, Debug)]
pub struct Ceremony {
    manifest_hash: Digest,
    k: u8,
    trustees: Vec<Posted>,
}

/// What a trustee commits to before it knows the others' coefficients.
pub(crate) fn commitment_of(manifest: &Digest, commit: &Commit, coefficients: &[Coefficient]) -> Digest {
    let coefficients = coefficients.iter().fold(Writer::new(), |to, c| c.write(to)).finish();
    let hash = Hash::new("dkg-commit").part(manifest).part(&[commit.index]);
    hash.part(&commit.signing_key).part(&commit.sealing_key).part(&coefficients).digest()
}

/// The statement of the proof of knowledge of one coefficient.
pub(crate) fn coefficient_statement(manifest: &Digest, index: u8, coefficient: usize) -> Hash {
    let place = u8::try_from(coefficient).unwrap_or(u8::MAX);
    Hash::new("dkg-proof").part(manifest).part(&[index]).part(&[place])
}

/// HPKE's `info` for a share.
pub(crate) fn share_info(ceremony: &Ceremony, from: u8, to: u8) -> [u8; 64] {
    Hash::new("dkg-share").part(&ceremony.manifest_hash).part(&ceremony.revealed()).part(&[from]).part(&[to]).wide()
}

/// The statement of the proof of a rehearsal share.
pub(crate) fn rehearsal_statement(ceremony: &Ceremony, index: u8) -> Hash {
    Hash::new("rehearsal").part(&ceremony.manifest_hash).part(&ceremony.digest()).part(&[index])
}

impl Ceremony {
    pub(super) fn new(manifest: &Manifest) -> Self {
        let trustees = vec![Posted::default(); usize::from(manifest.keys.n)];
        Self { manifest_hash: *manifest.hash(), k: manifest.keys.k, trustees }
    }

    /// Trustees it takes to open a total.
    #[must_use]
    pub fn threshold(&self) -> u8 {
        self.k
    }

    /// What each trustee has posted, trustee 1 first.
    pub fn progress(&self) -> impl Iterator<Item = TrusteeProgress> {
        let alone = self.trustees.len() == 1;
        self.trustees.iter().map(move |t| TrusteeProgress {
            committed: t.commit.is_some(),
            revealed: t.reveal.is_some(),
            dealt: alone || t.deal.is_some(),
            confirmed: t.confirm.is_some(),
            rehearsed: t.rehearsal.is_some(),
        })
    }

    /// Whether every trustee has confirmed: the joint key stands.
    #[must_use]
    pub fn is_confirmed(&self) -> bool {
        self.progress().all(|t| t.confirmed)
    }

    /// Trustees who have rehearsed.
    #[must_use]
    pub fn rehearsals(&self) -> usize {
        self.progress().filter(|t| t.rehearsed).count()
    }

    /// The keys and the commitment of a trustee.
    #[must_use]
    pub fn commit_of(&self, index: u8) -> Option<&Commit> {
        self.posted(index)?.commit.as_ref().map(|(commit, _)| commit)
    }

    /// The coefficients of a trustee.
    #[must_use]
    pub fn reveal_of(&self, index: u8) -> Option<&Reveal> {
        self.posted(index)?.reveal.as_ref().map(|(reveal, _)| reveal)
    }

    /// The shares that a trustee dealt.
    #[must_use]
    pub fn deal_of(&self, index: u8) -> Option<&Deal> {
        self.posted(index)?.deal.as_ref().map(|(deal, _)| deal)
    }

    /// The numbers of all trustees.
    pub fn indices(&self) -> impl Iterator<Item = u8> + use<> {
        1..=u8::try_from(self.trustees.len()).unwrap_or(u8::MAX)
    }

    /// The joint key, once all have revealed: the sum of the constant coefficients.
    #[must_use]
    pub fn joint_key(&self) -> Option<PointBytes> {
        let sum = self.sum(|index| self.image(index, 0))?;
        (!sum.is_identity()).then(|| encode(&sum))
    }

    /// A trustee's share of the secret key, times the base point.
    #[must_use]
    pub(crate) fn public_share(&self, of: u8) -> Option<RistrettoPoint> {
        self.sum(|index| self.image(index, of))
    }

    /// Trustee `index`'s polynomial at `at`, times the base point.
    pub(crate) fn image(&self, index: u8, at: u8) -> Option<RistrettoPoint> {
        let coefficients = &self.reveal_of(index)?.coefficients;
        let at = Scalar::from(at);
        let horner = |sum: RistrettoPoint, c: &Coefficient| Some(sum * at + point(&c.point).ok()?);
        coefficients.iter().rev().try_fold(RistrettoPoint::identity(), horner)
    }

    fn sum(&self, image: impl Fn(u8) -> Option<RistrettoPoint>) -> Option<RistrettoPoint> {
        self.indices().map(image).sum::<Option<RistrettoPoint>>()
    }

    fn digests(&self, pick: fn(&Posted) -> Option<Digest>) -> Vec<Digest> {
        self.trustees.iter().filter_map(pick).collect()
    }

    /// The digest of all commit entries: what a reveal is signed under, so that it is worth nothing on a board where
    /// somebody has committed anew since.
    pub(crate) fn committed(&self) -> Digest {
        let commits = self.digests(|t| Some(t.commit.as_ref()?.1));
        Hash::new("committed").part(&self.manifest_hash).arrays(&commits).digest()
    }

    /// The digest of all commit and reveal entries.
    fn revealed(&self) -> Digest {
        let commits = self.digests(|t| Some(t.commit.as_ref()?.1));
        let reveals = self.digests(|t| Some(t.reveal.as_ref()?.1));
        Hash::new("revealed").part(&self.manifest_hash).arrays(&commits).arrays(&reveals).digest()
    }

    /// The digest of all commit, reveal and deal entries: what a trustee confirms.
    #[must_use]
    pub fn digest(&self) -> Digest {
        let deals = self.digests(|t| Some(t.deal.as_ref()?.1));
        Hash::new("ceremony").part(&self.revealed()).arrays(&deals).digest()
    }

    /// The dummy total: a value, and its ciphertext. Both follow from the ceremony, so that a rehearsal can never be
    /// made to open a ballot.
    #[must_use]
    pub fn rehearsal(&self) -> Option<(u16, Ciphertext)> {
        let key = self.joint_key()?;
        let hash = || Hash::new("rehearsal-total").part(&self.manifest_hash).part(&self.digest()).part(&key);
        let wide = hash().part(b"value").wide();
        let value = u64::from_be_bytes(*wide.first_chunk::<8>()?) % REHEARSAL_VALUES;
        let nonce = hash().part(b"nonce").scalar();
        let second = RistrettoPoint::mul_base(&Scalar::from(value)) + nonce * point(&key).ok()?;
        Some((u16::try_from(value).ok()?, [encode(&RistrettoPoint::mul_base(&nonce)), encode(&second)]))
    }

    fn posted(&self, index: u8) -> Option<&Posted> {
        self.trustees.get(usize::from(index).checked_sub(1)?)
    }

    /// May this entry come now?
    pub(super) fn order(&self, payload: &Payload) -> Result<(), Refusal> {
        let (index, done, ready) = match payload {
            Payload::Commit(e) => (e.index, self.posted(e.index).map(|t| t.commit.is_some()), true),
            Payload::Reveal(e) => {
                let ready = self.progress().all(|t| t.committed);
                (e.index, self.posted(e.index).map(|t| t.reveal.is_some()), ready)
            }
            Payload::Deal(e) => {
                let ready = self.trustees.len() > 1 && self.progress().all(|t| t.revealed);
                (e.index, self.posted(e.index).map(|t| t.deal.is_some()), ready)
            }
            Payload::Confirm(e) => {
                let ready = self.progress().all(|t| t.revealed && t.dealt);
                (e.index, self.posted(e.index).map(|t| t.confirm.is_some()), ready)
            }
            Payload::Rehearsal(e) => {
                (e.index, self.posted(e.index).map(|t| t.rehearsal.is_some()), self.is_confirmed())
            }
            _ => return Err(Refusal::OutOfOrder),
        };
        match (done, ready) {
            (None, _) => Err(Refusal::UnknownTrustee),
            (Some(true), _) => Err(Refusal::AlreadyPosted),
            (Some(false), false) => Err(Refusal::OutOfOrder),
            (Some(false), true) if index == 0 => Err(Refusal::UnknownTrustee),
            (Some(false), true) => Ok(()),
        }
    }

    /// Signature and proofs of an entry that may come now.
    pub(super) fn check(&self, payload: &Payload, bytes: &[u8]) -> Result<(), Refusal> {
        let Payload::Rehearsal(e) = payload else { return self.check_key(payload, bytes) };
        self.check_signature(&self.manifest_hash, e.index, bytes, &e.signature)?;
        self.check_rehearsal(e)
    }

    /// The same, for entries that make the key.
    pub(super) fn check_key(&self, payload: &Payload, bytes: &[u8]) -> Result<(), Refusal> {
        let signed = |index, signature| self.check_signature(&self.manifest_hash, index, bytes, signature);
        match payload {
            Payload::Commit(e) => {
                let repeated = self.indices().filter_map(|i| self.commit_of(i)).any(|c| c.signing_key == e.signing_key);
                if repeated {
                    return Err(Refusal::WrongKey);
                }
                sign::verify(&e.signing_key, &self.manifest_hash, signed_part(bytes), &e.signature)
            }
            Payload::Reveal(e) => {
                self.check_signature(&self.committed(), e.index, bytes, &e.signature)?;
                self.check_reveal(e)
            }
            Payload::Deal(e) => {
                signed(e.index, &e.signature)?;
                let receivers = self.indices().filter(|to| *to != e.index);
                if receivers.eq(e.shares.iter().map(|s| s.to)) { Ok(()) } else { Err(Refusal::NotCanonical) }
            }
            Payload::Confirm(e) => {
                signed(e.index, &e.signature)?;
                if self.joint_key() != Some(e.joint_key) {
                    Err(Refusal::WrongKey)
                } else if self.digest() != e.ceremony {
                    Err(Refusal::WrongTranscript)
                } else {
                    Ok(())
                }
            }
            _ => Err(Refusal::OutOfOrder),
        }
    }

    fn check_signature(&self, context: &Digest, index: u8, bytes: &[u8], signature: &[u8; 64]) -> Result<(), Refusal> {
        let commit = self.commit_of(index).ok_or(Refusal::UnknownTrustee)?;
        sign::verify(&commit.signing_key, context, signed_part(bytes), signature)
    }

    fn check_reveal(&self, reveal: &Reveal) -> Result<(), Refusal> {
        let commit = self.commit_of(reveal.index).ok_or(Refusal::UnknownTrustee)?;
        if reveal.coefficients.len() != usize::from(self.k) {
            return Err(Refusal::NotCanonical);
        }
        if commitment_of(&self.manifest_hash, commit, &reveal.coefficients) != commit.commitment {
            return Err(Refusal::WrongCommitment);
        }
        for (i, c) in reveal.coefficients.iter().enumerate() {
            let statement = coefficient_statement(&self.manifest_hash, reveal.index, i);
            knowledge::verify(&statement, &proper_point(&c.point)?, &[c.challenge, c.response])?;
        }
        Ok(())
    }

    fn check_rehearsal(&self, rehearsal: &Rehearsal) -> Result<(), Refusal> {
        let (_, [first, _]) = self.rehearsal().ok_or(Refusal::OutOfOrder)?;
        let public = self.public_share(rehearsal.index).ok_or(Refusal::UnknownTrustee)?;
        let statement =
            equality::Statement { public: &public, bases: &[point(&first)?], images: &[point(&rehearsal.share)?] };
        statement.verify(&rehearsal_statement(self, rehearsal.index), &[rehearsal.challenge, rehearsal.response])
    }

    /// Takes in an entry that has been checked.
    pub(super) fn apply(&mut self, payload: &Payload, bytes: &[u8]) -> Result<(), Refusal> {
        self.order(payload)?;
        let digest = Hash::new("ceremony-entry").part(bytes).digest();
        match payload {
            Payload::Commit(e) => self.of(e.index)?.commit = Some((e.clone(), digest)),
            Payload::Reveal(e) => self.of(e.index)?.reveal = Some((e.clone(), digest)),
            Payload::Deal(e) => self.of(e.index)?.deal = Some((e.clone(), digest)),
            Payload::Confirm(e) => self.of(e.index)?.confirm = Some(e.clone()),
            Payload::Rehearsal(e) => self.of(e.index)?.rehearsal = Some(e.clone()),
            _ => return Err(Refusal::OutOfOrder),
        }
        Ok(())
    }

    fn of(&mut self, index: u8) -> Result<&mut Posted, Refusal> {
        let place = usize::from(index).checked_sub(1).ok_or(Refusal::UnknownTrustee)?;
        self.trustees.get_mut(place).ok_or(Refusal::UnknownTrustee)
    }
}
