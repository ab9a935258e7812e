//! Sealing a ballot, one branch of one proof at a time, so that a page stays alive meanwhile.

use super::VoterKey;
use crate::bytes::Writer;
use crate::entry::{Ballot, Challenge, Ciphertext, OpenedOption, encoded, signed_part};
use crate::group::{PointBytes, encode};
use crate::hash::Digest;
use crate::proof::membership::{Prover, Range};
use crate::sealed::{Shape, ballot_hash, challenge_of};
use crate::{PollContext, Tracker, sign};
use curve25519_dalek::constants::RISTRETTO_BASEPOINT_POINT;
use curve25519_dalek::traits::Identity as _;
use curve25519_dalek::{RistrettoPoint, Scalar};
use rand_core::CryptoRng;
use subtle::ConditionallySelectable as _;
use zeroize::{Zeroize, ZeroizeOnDrop};

/// Why choices cannot be sealed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ChoiceError {
    /// Not one list of options for each question.
    #[error("there must be an answer to every question")]
    Questions,
    /// An option that the question does not have, or the same one twice.
    #[error("question {0} has no such option, or it is chosen twice")]
    Option(usize),
    /// Fewer options than the question asks for, or more than it allows.
    #[error("question {0} asks for another number of options")]
    Count(usize),
}

/// [`Sealing::finish`] before the last step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the ballot is not sealed yet")]
pub struct Unfinished;

/// Steps done, and steps in all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Steps done.
    pub done: usize,
    /// Steps in all; equal to `done` when [`Sealing::finish`] may be called.
    pub total: usize,
}

/// One question being sealed.
struct Part {
    shape: Shape,
    values: Vec<u16>,
    nonces: Vec<Scalar>,
    ciphertexts: Vec<Ciphertext>,
    provers: Vec<Prover>,
    commitments: Vec<PointBytes>,
}

impl Drop for Part {
    fn drop(&mut self) {
        self.values.zeroize();
        self.nonces.zeroize();
    }
}

/// A ballot being sealed.
pub struct Sealing<'a> {
    context: &'a PollContext,
    voter: &'a VoterKey,
    ballot: Ballot,
    parts: Vec<Part>,
}

impl<'a> Sealing<'a> {
    /// A ballot of `slot`: `last` is the number and the hash of the slot's ballot before, if there is one.
    /// `choices` holds, for each question, the indices of the chosen options.
    ///
    /// # Errors
    /// [`ChoiceError`] where the choices do not fit the manifest.
    pub fn new(
        context: &'a PollContext,
        voter: &'a VoterKey,
        slot: u32,
        last: Option<(u32, Digest)>,
        choices: &[Vec<u16>],
    ) -> Result<Self, ChoiceError> {
        let shapes = context.shapes();
        if shapes.len() != choices.len() {
            return Err(ChoiceError::Questions);
        }
        let pairs = shapes.iter().zip(choices).enumerate();
        let parts = pairs.map(|(i, (shape, chosen))| Part::new(i, *shape, chosen)).collect::<Result<_, _>>()?;
        let (number, previous) = last.unwrap_or((0, [0; 32]));
        let ballot = Ballot {
            context: *context.hash(),
            credential: voter.public(),
            slot,
            number: number.saturating_add(1),
            previous,
            sealed: Vec::new(),
            signature: [0; 64],
        };
        Ok(Self { context, voter, ballot, parts })
    }

    /// How far it is.
    #[must_use]
    pub fn progress(&self) -> Progress {
        let done = self.parts.iter().flat_map(|p| &p.provers).map(Prover::done).sum();
        let total = self.parts.iter().flat_map(|p| p.shape.ranges()).map(Range::len).sum();
        Progress { done, total }
    }

    /// Does the next step: one value that an option, or a question's sum, might have.
    pub fn step<R: CryptoRng + ?Sized>(&mut self, rng: &mut R) -> Progress {
        let key = self.context.key_point();
        if let Some(part) = self.parts.iter_mut().find(|part| !part.is_done()) {
            part.step(key, rng);
        }
        self.progress()
    }

    /// Answers the challenges and signs.
    ///
    /// # Errors
    /// [`Unfinished`] before the last step.
    pub fn finish(mut self) -> Result<SealedBallot, Unfinished> {
        let Progress { done, total } = self.progress();
        if done < total {
            return Err(Unfinished);
        }
        let mut sealed = Writer::new();
        let mut options = Vec::new();
        for part in &mut self.parts {
            let (ciphertexts, commitments) = (&part.ciphertexts, &part.commitments);
            let challenge = challenge_of(self.context, &self.ballot, &part.shape, ciphertexts, commitments);
            sealed = sealed.arrays(ciphertexts.as_flattened()).arrays(commitments);
            for prover in part.provers.drain(..) {
                sealed = sealed.arrays(&prover.respond(&challenge));
            }
            options.extend(part.values.iter().zip(&part.nonces).map(|(v, r)| (*v, *r)));
        }
        self.ballot.sealed = sealed.finish();
        let poll = self.context.poll();
        let unsigned = encoded(poll, &self.ballot);
        self.ballot.signature = sign::sign(&self.voter.0, self.context.hash(), signed_part(&unsigned));
        let bytes = encoded(poll, &self.ballot);
        let hash = ballot_hash(&bytes);
        Ok(SealedBallot { tracker: Tracker::of(&hash), hash, bytes, opening: Opening { options } })
    }

    /// All steps at once.
    ///
    /// # Errors
    /// Never in practice; [`Unfinished`] stands for a step that does not advance.
    pub fn run<R: CryptoRng + ?Sized>(mut self, rng: &mut R) -> Result<SealedBallot, Unfinished> {
        for _ in 0..self.progress().total {
            self.step(rng);
        }
        self.finish()
    }
}

impl Part {
    fn new(index: usize, shape: Shape, chosen: &[u16]) -> Result<Self, ChoiceError> {
        let mut values = vec![0; usize::from(shape.options)];
        for option in chosen {
            match values.get_mut(usize::from(*option)) {
                Some(value) if *value == 0 => *value = 1,
                _ => return Err(ChoiceError::Option(index)),
            }
        }
        let within = (usize::from(shape.sum.lo)..=usize::from(shape.sum.hi)).contains(&chosen.len());
        if !within {
            return Err(ChoiceError::Count(index));
        }
        let (nonces, ciphertexts, provers, commitments) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        Ok(Self { shape, values, nonces, ciphertexts, provers, commitments })
    }

    fn is_done(&self) -> bool {
        self.provers.len() == self.shape.ranges().count() && self.is_between()
    }

    /// Every proof that was begun is complete.
    fn is_between(&self) -> bool {
        self.provers.last().is_none_or(Prover::is_complete)
    }

    fn step<R: CryptoRng + ?Sized>(&mut self, key: &RistrettoPoint, rng: &mut R) {
        if self.is_between() {
            self.begin(key, rng);
        }
        if let Some(published) = self.provers.last_mut().and_then(|prover| prover.commit(key, rng)) {
            self.commitments.extend(published);
        }
    }

    /// Encrypts the next option, or adds the options up, and begins the proof of it.
    fn begin<R: CryptoRng + ?Sized>(&mut self, key: &RistrettoPoint, rng: &mut R) {
        let (value, nonce, range) = match self.values.get(self.provers.len()) {
            Some(value) => {
                let nonce = Scalar::random(rng);
                self.nonces.push(nonce);
                self.ciphertexts.push(encrypt(*value, &nonce, key));
                (*value, nonce, Range::BIT)
            }
            None => (self.values.iter().sum(), self.nonces.iter().sum(), self.shape.sum),
        };
        self.provers.push(Prover::new(value, nonce, range));
    }
}

/// Constant time in the value, which is 0 or 1.
fn encrypt(value: u16, nonce: &Scalar, key: &RistrettoPoint) -> Ciphertext {
    let chosen = subtle::ConstantTimeEq::ct_eq(&value, &1);
    let plain = RistrettoPoint::conditional_select(&RistrettoPoint::identity(), &RISTRETTO_BASEPOINT_POINT, chosen);
    [encode(&RistrettoPoint::mul_base(nonce)), encode(&(nonce * key + plain))]
}

/// A ballot ready to be cast or challenged.
pub struct SealedBallot {
    /// The entry's bytes.
    pub bytes: Vec<u8>,
    /// Its hash: the next ballot's `previous`.
    pub hash: Digest,
    /// What the voter notes down before choosing to cast or to challenge.
    pub tracker: Tracker,
    /// What it takes to challenge. Drop it once the ballot is cast.
    pub opening: Opening,
}

/// The secrets of a ballot that has not been cast. Wiped when dropped.
#[derive(Zeroize, ZeroizeOnDrop)]
pub struct Opening {
    options: Vec<(u16, Scalar)>,
}

impl Opening {
    /// The entry that opens this ballot instead of casting it. `ballot` is [`SealedBallot::bytes`].
    #[must_use]
    pub fn challenge(self, context: &PollContext, ballot: &[u8]) -> Vec<u8> {
        let opened =
            |(value, nonce): &(u16, Scalar)| OpenedOption { value: u8::from(*value == 1), nonce: nonce.to_bytes() };
        let options = self.options.iter().map(opened).collect();
        encoded(context.poll(), &Challenge { ballot: ballot.to_vec(), options })
    }
}
