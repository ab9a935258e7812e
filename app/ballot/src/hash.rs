//! The one hash of the protocol: SHA-512 over length-prefixed parts, first the version and a label.
//!
//! `T(label; p1, …, pn) = SHA-512( L(VERSION) ‖ L(label) ‖ L(p1) ‖ … ‖ L(pn) )` with `L(x) = u32_be(len x) ‖ x`.
//! Because every part carries its length, no two lists of parts give the same input.

use curve25519_dalek::Scalar;
use sha2::{Digest as _, Sha512};

/// The protocol's name and version, the first part of every hash.
pub const VERSION: &str = "minyi-ballot/1";

/// A 32-byte digest: the first half of a [`VERSION`]ed SHA-512.
pub type Digest = [u8; 32];

/// A hash under construction.
#[derive(Clone)]
pub(crate) struct Hash(Sha512);

impl Hash {
    pub(crate) fn new(label: &str) -> Self {
        Self(Sha512::new()).part(VERSION.as_bytes()).part(label.as_bytes())
    }

    pub(crate) fn part(mut self, bytes: &[u8]) -> Self {
        // Inputs are bounded by the board's entry size, or by a manifest's limits: far below 4 GiB.
        let len = u32::try_from(bytes.len()).unwrap_or(u32::MAX);
        self.0.update(len.to_be_bytes());
        self.0.update(bytes);
        self
    }

    /// One part made of many arrays, without joining them first.
    pub(crate) fn arrays<const N: usize>(mut self, items: &[[u8; N]]) -> Self {
        let len = u32::try_from(items.len().saturating_mul(N)).unwrap_or(u32::MAX);
        self.0.update(len.to_be_bytes());
        for item in items {
            self.0.update(item);
        }
        self
    }

    /// The full 64 bytes.
    pub(crate) fn wide(self) -> [u8; 64] {
        self.0.finalize().into()
    }

    /// The first 32 bytes.
    pub(crate) fn digest(self) -> Digest {
        let wide = self.wide();
        let mut out = [0; 32];
        out.copy_from_slice(&wide[..32]);
        out
    }

    /// All 64 bytes, little-endian, reduced modulo the group order (RFC 9496, section 4.4).
    pub(crate) fn scalar(self) -> Scalar {
        Scalar::from_bytes_mod_order_wide(&self.wide())
    }
}
