//! ristretto255 (RFC 9496) with canonical encodings only.

use crate::Refusal;
use curve25519_dalek::ristretto::CompressedRistretto;
use curve25519_dalek::traits::IsIdentity as _;
use curve25519_dalek::{RistrettoPoint, Scalar};

/// A group element as it stands on the board: 32 bytes, RFC 9496 section 4.3.2.
pub type PointBytes = [u8; 32];
/// A scalar as it stands on the board: 32 bytes little-endian, below the group order.
pub type ScalarBytes = [u8; 32];

/// Decodes a point; a non-canonical encoding is refused.
pub(crate) fn point(bytes: &PointBytes) -> Result<RistrettoPoint, Refusal> {
    CompressedRistretto(*bytes).decompress().ok_or(Refusal::NotCanonical)
}

/// Decodes a point where the identity has no business: a key, or half of a ciphertext.
pub(crate) fn proper_point(bytes: &PointBytes) -> Result<RistrettoPoint, Refusal> {
    let point = point(bytes)?;
    if point.is_identity() { Err(Refusal::NotCanonical) } else { Ok(point) }
}

/// Decodes a scalar; a value of the group order or above is refused.
pub(crate) fn scalar(bytes: &ScalarBytes) -> Result<Scalar, Refusal> {
    Option::from(Scalar::from_canonical_bytes(*bytes)).ok_or(Refusal::NotCanonical)
}

/// The encoding of a point.
pub(crate) fn encode(point: &RistrettoPoint) -> PointBytes {
    point.compress().to_bytes()
}
