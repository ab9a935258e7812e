//! Schnorr's proof that someone knows `x` with `X = x·B`: challenge `c`, response `s = w + c·x`, `R = s·B − c·X`.

use crate::Refusal;
use crate::group::{ScalarBytes, encode, scalar};
use crate::hash::Hash;
use curve25519_dalek::{RistrettoPoint, Scalar};

/// Challenge and response. `statement` is a hash under construction that already holds the context.
pub(crate) fn prove(statement: &Hash, secret: &Scalar, point: &RistrettoPoint, nonce: &Scalar) -> [ScalarBytes; 2] {
    let commitment = RistrettoPoint::mul_base(nonce);
    let c = challenge(statement, point, &commitment);
    [c.to_bytes(), (nonce + c * secret).to_bytes()]
}

pub(crate) fn verify(statement: &Hash, point: &RistrettoPoint, proof: &[ScalarBytes; 2]) -> Result<(), Refusal> {
    let (c, s) = (scalar(&proof[0])?, scalar(&proof[1])?);
    let commitment = RistrettoPoint::vartime_double_scalar_mul_basepoint(&-c, point, &s);
    if challenge(statement, point, &commitment) == c { Ok(()) } else { Err(Refusal::BadProof) }
}

fn challenge(statement: &Hash, point: &RistrettoPoint, commitment: &RistrettoPoint) -> Scalar {
    statement.clone().part(&encode(point)).part(&encode(commitment)).scalar()
}
