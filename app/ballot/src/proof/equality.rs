//! Chaum and Pedersen's proof of equal discrete logarithms, for many bases at once: someone knows `x` with
//! `Y = x·B` and `Dᵢ = x·Aᵢ` for every `i`. Challenge `c`, response `s = w + c·x`; the commitments are
//! `R = s·B − c·Y` and `Rᵢ = s·Aᵢ − c·Dᵢ`.

use crate::Refusal;
use crate::group::{PointBytes, ScalarBytes, encode, scalar};
use crate::hash::Hash;
use curve25519_dalek::traits::VartimeMultiscalarMul as _;
use curve25519_dalek::{RistrettoPoint, Scalar};

/// What is proven: `public = x·B` and `images[i] = x·bases[i]`.
pub(crate) struct Statement<'a> {
    pub(crate) public: &'a RistrettoPoint,
    pub(crate) bases: &'a [RistrettoPoint],
    pub(crate) images: &'a [RistrettoPoint],
}

impl Statement<'_> {
    /// Challenge and response. `context` is a hash under construction.
    pub(crate) fn prove(&self, context: &Hash, secret: &Scalar, nonce: &Scalar) -> [ScalarBytes; 2] {
        let first = RistrettoPoint::mul_base(nonce);
        let others = self.bases.iter().map(|base| nonce * base);
        let commitments: Vec<PointBytes> = std::iter::once(first).chain(others).map(|p| encode(&p)).collect();
        let c = self.challenge(context, &commitments);
        [c.to_bytes(), (nonce + c * secret).to_bytes()]
    }

    pub(crate) fn verify(&self, context: &Hash, proof: &[ScalarBytes; 2]) -> Result<(), Refusal> {
        if self.bases.len() != self.images.len() {
            return Err(Refusal::NotCanonical);
        }
        let (c, s) = (scalar(&proof[0])?, scalar(&proof[1])?);
        let first = RistrettoPoint::vartime_double_scalar_mul_basepoint(&-c, self.public, &s);
        let pairs = self.bases.iter().zip(self.images);
        let others = pairs.map(|(base, image)| RistrettoPoint::vartime_multiscalar_mul([s, -c], [base, image]));
        let commitments: Vec<PointBytes> = std::iter::once(first).chain(others).map(|p| encode(&p)).collect();
        if self.challenge(context, &commitments) == c { Ok(()) } else { Err(Refusal::BadProof) }
    }

    fn challenge(&self, context: &Hash, commitments: &[PointBytes]) -> Scalar {
        self.hashed(context.clone()).arrays(commitments).scalar()
    }

    /// All of the statement's points, after what `hash` holds already.
    pub(crate) fn hashed(&self, hash: Hash) -> Hash {
        let encoded = |points: &[RistrettoPoint]| points.iter().map(encode).collect::<Vec<_>>();
        hash.part(&encode(self.public)).arrays(&encoded(self.bases)).arrays(&encoded(self.images))
    }
}
