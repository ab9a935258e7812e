//! A ciphertext holds one of the values `lo ..= hi`; which one stays hidden.
//!
//! Statement: `(A, C) = (r·B, v·B + r·K)` with `lo ≤ v ≤ hi`. One branch for every value `u`; the branches of the
//! other values are simulated. For each branch the prover draws `t`, `e` and publishes
//! `a = t·B` and `b = t·K − e·(v − u)·B`. Once the challenge `c` is known, the branch of the true value takes what the
//! other `e` leave of `c`, and `z = t + e·r` for all. The verifier checks, for every branch,
//! `z·B = a + e·A` and `z·K = b + e·(C − u·B)`, and that the `e` add up to `c`.
//!
//! No step of the prover branches on the value, and the same formula serves true and simulated branches: where
//! `u = v`, the term with `e` vanishes. Commitments are published and one `e` is left out (the verifier derives it),
//! so that many proofs can be checked at once ([`super::equations`]).

use crate::group::{PointBytes, ScalarBytes, encode};
use curve25519_dalek::{RistrettoPoint, Scalar};
use rand_core::CryptoRng;
use subtle::{ConditionallySelectable as _, ConstantTimeEq as _};
use zeroize::{Zeroize, ZeroizeOnDrop};

/// The values a ciphertext may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Range {
    pub(crate) lo: u16,
    pub(crate) hi: u16,
}

impl Range {
    /// An option: chosen or not.
    pub(crate) const BIT: Self = Self { lo: 0, hi: 1 };

    pub(crate) fn len(self) -> usize {
        usize::from(self.hi.saturating_sub(self.lo)) + 1
    }

    pub(crate) fn values(self) -> impl Iterator<Item = u16> {
        self.lo..=self.hi
    }

    /// Bytes of the commitments.
    pub(crate) fn commitment_bytes(self) -> usize {
        64 * self.len()
    }

    /// Bytes of the responses.
    pub(crate) fn response_bytes(self) -> usize {
        32 * (2 * self.len() - 1)
    }
}

/// The prover between commitments and responses.
#[derive(Zeroize, ZeroizeOnDrop)]
pub(crate) struct Prover {
    value: u16,
    #[zeroize(skip)]
    range: Range,
    nonce: Scalar,
    t: Vec<Scalar>,
    e: Vec<Scalar>,
}

impl Prover {
    /// Begins a proof that a ciphertext made with `nonce` holds `value`: nothing is committed to yet.
    pub(crate) fn new(value: u16, nonce: Scalar, range: Range) -> Self {
        let (t, e) = (Vec::with_capacity(range.len()), Vec::with_capacity(range.len()));
        Self { value, range, nonce, t, e }
    }

    /// Branches committed to.
    pub(crate) fn done(&self) -> usize {
        self.t.len()
    }

    /// Every branch is committed to.
    pub(crate) fn is_complete(&self) -> bool {
        self.done() == self.range.len()
    }

    /// Commits to the next branch under `key`, in the order of the values, and publishes its `a` and `b`. One by one,
    /// because a wide range takes a slow device long. `None` once all are done.
    pub(crate) fn commit<R: CryptoRng + ?Sized>(
        &mut self,
        key: &RistrettoPoint,
        rng: &mut R,
    ) -> Option<[PointBytes; 2]> {
        let u = self.range.values().nth(self.done())?;
        let (t, e) = (Scalar::random(rng), Scalar::random(rng));
        let distance = Scalar::from(self.value) - Scalar::from(u);
        let a = RistrettoPoint::mul_base(&t);
        let b = t * key - RistrettoPoint::mul_base(&(e * distance));
        self.t.push(t);
        self.e.push(e);
        Some([encode(&a), encode(&b)])
    }

    /// The responses: `e` of all branches but the last, then `z` of all.
    pub(crate) fn respond(mut self, challenge: &Scalar) -> Vec<ScalarBytes> {
        let mut rest = *challenge;
        for (u, e) in self.range.values().zip(&self.e) {
            let others = Scalar::conditional_select(e, &Scalar::ZERO, u.ct_eq(&self.value));
            rest -= others;
        }
        for (u, e) in self.range.values().zip(&mut self.e) {
            e.conditional_assign(&rest, u.ct_eq(&self.value));
        }
        rest.zeroize();
        let shown = self.e.len().saturating_sub(1);
        let answers = self.t.iter().zip(&self.e).map(|(t, e)| t + e * self.nonce);
        self.e.iter().take(shown).copied().chain(answers).map(|s| s.to_bytes()).collect()
    }
}
