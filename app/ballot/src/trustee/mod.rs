//! What a trustee's browser does. Everything is derived from one recovery code, the poll and the trustee's number, so
//! that nothing needs to be stored between the ceremony and the count.

mod code;
mod share;
#[cfg(test)]
mod tests;

pub use code::{NotACode, RecoveryCode};

use crate::board::{Ceremony, Course, coefficient_statement, commitment_of, rehearsal_statement, share_info};
use crate::entry::{Coefficient, Commit, Confirm, Deal, Entry, Payload, Rehearsal, Reveal, SealedShare, signed_part};
use crate::group::{encode, point, scalar};
use crate::hash::{Digest, Hash};
use crate::proof::{equality, knowledge};
use crate::{Manifest, PollId, Refusal, sign};
use curve25519_dalek::{RistrettoPoint, Scalar};
use ed25519_dalek::SigningKey;
use hpke::{Deserializable as _, Kem as _, OpModeR, OpModeS, Serializable as _};
use rand_core::CryptoRng;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

type Kem = hpke::kem::X25519HkdfSha256;
type Kdf = hpke::kdf::HkdfSha256;
type Aead = hpke::aead::ChaCha20Poly1305;

/// Why a trustee's browser does not go on. [`TrusteeError::code`] is stable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TrusteeError {
    /// Not this trustee's turn, or no such trustee.
    #[error("{0}")]
    Refused(#[from] Refusal),
    /// The keys or coefficients that stand on the board under this trustee's number are not its own: somebody else
    /// has posted them, or the code is another poll's or another trustee's. Tell the other trustees.
    #[error("what stands on the board under this number is not this trustee's")]
    Swapped,
    /// The share that this trustee dealt does not fit its own coefficients. The ceremony must start again.
    #[error("the share of trustee {0} is wrong")]
    BadShare(u8),
    /// The board's checks have not all passed on this device.
    #[error("the board has not been verified")]
    NotVerified,
    /// This device's clock says that the poll is not over.
    #[error("the poll is not over yet")]
    NotOver,
}

impl TrusteeError {
    /// The stable code, in kebab case.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Refused(refusal) => refusal.code(),
            Self::Swapped => "swapped-key",
            Self::BadShare(_) => "bad-share",
            Self::NotVerified => "not-verified",
            Self::NotOver => "not-over",
        }
    }
}

/// A trustee of one poll. Secrets are wiped when it is dropped.
#[derive(Zeroize, ZeroizeOnDrop)]
pub struct Trustee {
    index: u8,
    #[zeroize(skip)]
    poll: PollId,
    #[zeroize(skip)]
    manifest_hash: Digest,
    master: [u8; 64],
    coefficients: Vec<Scalar>,
}

impl Trustee {
    /// Trustee number `index` (from 1) of the poll. A system key is trustee 1 of 1.
    ///
    /// # Errors
    /// [`Refusal::UnknownTrustee`] where the manifest has no such trustee.
    pub fn new(code: &RecoveryCode, manifest: &Manifest, index: u8) -> Result<Self, Refusal> {
        if !(1..=manifest.keys.n).contains(&index) {
            return Err(Refusal::UnknownTrustee);
        }
        let poll = manifest.poll;
        let master = Hash::new("trustee").part(code.secret()).part(&poll.0).part(&[index]).wide();
        let coefficient = |j: u8| Hash::new("trustee-coefficient").part(&master).part(&[j]).scalar();
        let coefficients = (0..manifest.keys.k).map(coefficient).collect();
        Ok(Self { index, poll, manifest_hash: *manifest.hash(), master, coefficients })
    }

    /// The trustee's number.
    #[must_use]
    pub fn index(&self) -> u8 {
        self.index
    }

    /// The signing key, shortened to 16 characters, for trustees to read to each other by telephone.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        fingerprint(&self.signing_key().verifying_key().to_bytes())
    }

    fn signing_key(&self) -> SigningKey {
        SigningKey::from_bytes(&Zeroizing::new(Hash::new("trustee-signing").part(&self.master).digest()))
    }

    fn sealing_key(&self) -> (<Kem as hpke::Kem>::PrivateKey, <Kem as hpke::Kem>::PublicKey) {
        let ikm = Zeroizing::new(Hash::new("trustee-sealing").part(&self.master).digest());
        let (private, public) = Kem::derive_keypair(&*ikm);
        (private, public)
    }

    /// A nonce for one proof: secret, and another for every other context, public point, base or image. Two proofs
    /// with one nonce give the secret away, and a ceremony can be repeated so that nothing but the public point differs.
    fn nonce(&self, context: &Hash, statement: &equality::Statement<'_>) -> Scalar {
        let hash = Hash::new("trustee-nonce").part(&self.master).part(&context.clone().wide());
        statement.hashed(hash).scalar()
    }

    fn signed(&self, payload: Payload) -> Vec<u8> {
        self.signed_in(&self.manifest_hash, payload)
    }

    fn signed_in(&self, context: &Digest, payload: Payload) -> Vec<u8> {
        let mut entry = Entry { poll: self.poll, payload };
        let made = sign::sign(&self.signing_key(), context, signed_part(&entry.encode()));
        match &mut entry.payload {
            Payload::Commit(Commit { signature, .. })
            | Payload::Reveal(Reveal { signature, .. })
            | Payload::Deal(Deal { signature, .. })
            | Payload::Confirm(Confirm { signature, .. })
            | Payload::Rehearsal(Rehearsal { signature, .. })
            | Payload::Share(crate::entry::Share { signature, .. }) => *signature = made,
            _ => {}
        }
        entry.encode()
    }

    fn revealed(&self) -> Vec<Coefficient> {
        let prove = |(i, secret): (usize, &Scalar)| {
            let public = RistrettoPoint::mul_base(secret);
            let context = coefficient_statement(&self.manifest_hash, self.index, i);
            let nonce = self.nonce(&context, &equality::Statement { public: &public, bases: &[], images: &[] });
            let [challenge, response] = knowledge::prove(&context, secret, &public, &nonce);
            Coefficient { point: encode(&public), challenge, response }
        };
        self.coefficients.iter().enumerate().map(prove).collect()
    }

    fn commit_body(&self) -> Commit {
        let (_, sealing) = self.sealing_key();
        let mut commit = Commit {
            index: self.index,
            signing_key: self.signing_key().verifying_key().to_bytes(),
            sealing_key: sealing.to_bytes().into(),
            commitment: [0; 32],
            signature: [0; 64],
        };
        commit.commitment = commitment_of(&self.manifest_hash, &commit, &self.revealed());
        commit
    }

    /// First entry: keys, and the hash of the coefficients.
    #[must_use]
    pub fn commit(&self) -> Vec<u8> {
        self.signed(self.commit_body().into())
    }

    /// Second entry: the coefficients, once all trustees have committed.
    ///
    /// # Errors
    /// [`TrusteeError::Swapped`], or [`Refusal::OutOfOrder`] before its time.
    pub fn reveal(&self, course: &Course) -> Result<Vec<u8>, TrusteeError> {
        let ceremony = self.own(course)?;
        if !ceremony.progress().all(|t| t.committed) {
            return Err(Refusal::OutOfOrder.into());
        }
        let body = Reveal { index: self.index, coefficients: self.revealed(), signature: [0; 64] };
        Ok(self.signed_in(&ceremony.committed(), body.into()))
    }

    /// Third entry, where there is more than one trustee: a share for every other one, sealed to its key.
    ///
    /// # Errors
    /// [`TrusteeError::Swapped`], or [`Refusal::OutOfOrder`] before its time.
    pub fn deal<R: CryptoRng>(&self, course: &Course, rng: &mut R) -> Result<Vec<u8>, TrusteeError> {
        let ceremony = self.own(course)?;
        if !ceremony.progress().all(|t| t.revealed) {
            return Err(Refusal::OutOfOrder.into());
        }
        let receivers = ceremony.indices().filter(|to| *to != self.index);
        let shares = receivers.map(|to| self.seal(ceremony, to, rng)).collect::<Result<_, _>>()?;
        Ok(self.signed(Deal { index: self.index, shares, signature: [0; 64] }.into()))
    }

    fn seal<R: CryptoRng>(&self, ceremony: &Ceremony, to: u8, rng: &mut R) -> Result<SealedShare, TrusteeError> {
        let receiver = ceremony.commit_of(to).ok_or(Refusal::OutOfOrder)?;
        let bad = |_| TrusteeError::Refused(Refusal::NotCanonical);
        let key = <Kem as hpke::Kem>::PublicKey::from_bytes(&receiver.sealing_key).map_err(bad)?;
        let share = Zeroizing::new(self.at(to).to_bytes());
        let info = share_info(ceremony, self.index, to);
        let mode = OpModeS::Base;
        let (encapsulated, sealed) =
            hpke::single_shot_seal_with_rng::<Aead, Kdf, Kem>(&mode, &key, &info, &*share, &[], rng).map_err(bad)?;
        let sealed = sealed.try_into().map_err(|_| Refusal::NotCanonical)?;
        Ok(SealedShare { to, encapsulated: encapsulated.to_bytes().into(), sealed })
    }

    fn open(&self, ceremony: &Ceremony, from: u8) -> Result<Scalar, TrusteeError> {
        let deal = ceremony.deal_of(from).ok_or(Refusal::OutOfOrder)?;
        let bad = TrusteeError::BadShare(from);
        let sealed = deal.shares.iter().find(|s| s.to == self.index).ok_or(bad)?;
        let encapsulated = <Kem as hpke::Kem>::EncappedKey::from_bytes(&sealed.encapsulated).map_err(|_| bad)?;
        let (private, _) = self.sealing_key();
        let info = share_info(ceremony, from, self.index);
        let opened = hpke::single_shot_open::<Aead, Kdf, Kem>(
            &OpModeR::Base,
            &private,
            &encapsulated,
            &info,
            &sealed.sealed,
            &[],
        );
        let bytes = Zeroizing::new(opened.map_err(|_| bad)?);
        let bytes: [u8; 32] = bytes.as_slice().try_into().map_err(|_| bad)?;
        let share = scalar(&bytes).map_err(|_| bad)?;
        let expected = ceremony.image(from, self.index).ok_or(Refusal::OutOfOrder)?;
        if RistrettoPoint::mul_base(&share) == expected { Ok(share) } else { Err(bad) }
    }

    /// This trustee's polynomial at `x`.
    fn at(&self, x: u8) -> Scalar {
        let x = Scalar::from(x);
        self.coefficients.iter().rev().fold(Scalar::ZERO, |sum, c| sum * x + c)
    }

    /// This trustee's share of the secret key; every share it received is checked.
    fn secret(&self, ceremony: &Ceremony) -> Result<Zeroizing<Scalar>, TrusteeError> {
        let others = ceremony.indices().filter(|from| *from != self.index);
        let mut secret = Zeroizing::new(self.at(self.index));
        for from in others {
            *secret += self.open(ceremony, from)?;
        }
        Ok(secret)
    }

    /// The ceremony, if what stands under this trustee's number is its own.
    fn own<'a>(&self, course: &'a Course) -> Result<&'a Ceremony, TrusteeError> {
        let ceremony = course.ceremony().ok_or(Refusal::OutOfOrder)?;
        if course.manifest().is_none_or(|m| *m.hash() != self.manifest_hash) {
            return Err(Refusal::WrongPoll.into());
        }
        let commit = ceremony.commit_of(self.index).ok_or(Refusal::OutOfOrder)?;
        let mine = Commit { signature: commit.signature, ..self.commit_body() } == *commit;
        let revealed = ceremony.reveal_of(self.index).is_none_or(|r| r.coefficients == self.revealed());
        if mine && revealed { Ok(ceremony) } else { Err(TrusteeError::Swapped) }
    }

    /// Fourth entry: this trustee has found its own keys on the board, every proof of the others holds (the
    /// [`Course`] has checked them), and every share it received fits its dealer's coefficients.
    ///
    /// # Errors
    /// [`TrusteeError`] says which of this does not hold.
    pub fn confirm(&self, course: &Course) -> Result<Vec<u8>, TrusteeError> {
        let ceremony = self.own(course)?;
        if !ceremony.progress().all(|t| t.dealt) {
            return Err(Refusal::OutOfOrder.into());
        }
        self.secret(ceremony)?;
        let joint_key = ceremony.joint_key().ok_or(Refusal::OutOfOrder)?;
        let body = Confirm { index: self.index, joint_key, ceremony: ceremony.digest(), signature: [0; 64] };
        Ok(self.signed(body.into()))
    }

    /// Fifth entry: the share of the dummy total, once all have confirmed. It shows that the code still works.
    ///
    /// # Errors
    /// [`TrusteeError`].
    pub fn rehearse(&self, course: &Course) -> Result<Vec<u8>, TrusteeError> {
        let ceremony = self.own(course)?;
        if !ceremony.is_confirmed() {
            return Err(Refusal::OutOfOrder.into());
        }
        let (_, [first, _]) = ceremony.rehearsal().ok_or(Refusal::OutOfOrder)?;
        let (secret, base) = (self.secret(ceremony)?, point(&first)?);
        let (public, image) = (RistrettoPoint::mul_base(&secret), base * *secret);
        let statement = equality::Statement { public: &public, bases: &[base], images: &[image] };
        let context = rehearsal_statement(ceremony, self.index);
        let [challenge, response] = statement.prove(&context, &secret, &self.nonce(&context, &statement));
        let body = Rehearsal { index: self.index, share: encode(&image), challenge, response, signature: [0; 64] };
        Ok(self.signed(body.into()))
    }
}

/// A trustee's signing key, shortened to 16 characters: compare it with what the trustee reads out.
#[must_use]
pub fn fingerprint(signing_key: &[u8; 32]) -> String {
    let digest = Hash::new("trustee-fingerprint").part(signing_key).digest();
    crate::Tracker::of(&digest).to_string()
}

/// The sums that a trustee is about to open ([`crate::verify::Counted::aggregate`]), shortened to 24 characters:
/// trustees read them to each other by telephone before they share, so that no two open different boards. Longer than
/// [`fingerprint`], because here one attacker can choose both sides.
#[must_use]
pub fn aggregate_fingerprint(aggregate: &Digest) -> String {
    let digest = Hash::new("aggregate-fingerprint").part(aggregate).digest();
    crate::tracker::write(&digest[..15], ' ')
}
