//! Many equations between points, checked at once.
//!
//! Each equation `Σ sᵢ·Pᵢ = 0` is multiplied by a weight that nobody could know when the proof was made; the sum of
//! all is one multi-scalar multiplication. A false equation survives with probability 2⁻¹²⁸. The weights are derived
//! from everything that is checked together, all statements and all responses of the whole batch: a weight that
//! depended on one ballot alone would let several false ballots be fitted to each other (Wagner's generalized
//! birthday problem).

use crate::hash::Hash;
use curve25519_dalek::constants::RISTRETTO_BASEPOINT_POINT;
use curve25519_dalek::traits::{IsIdentity as _, VartimeMultiscalarMul as _};
use curve25519_dalek::{RistrettoPoint, Scalar};

/// 128-bit weights, drawn from a seed.
pub(crate) struct Weights {
    seed: [u8; 64],
    counter: u32,
    block: [u8; 64],
    used: usize,
}

impl Weights {
    pub(crate) fn new(seed: [u8; 64]) -> Self {
        Self { seed, counter: 0, block: [0; 64], used: 4 }
    }

    pub(crate) fn draw(&mut self) -> Scalar {
        if self.used == 4 {
            let hash = Hash::new("batch-weights").part(&self.seed).part(&self.counter.to_be_bytes());
            self.block = hash.wide();
            self.counter = self.counter.wrapping_add(1);
            self.used = 0;
        }
        let chunk = self.block.as_chunks::<16>().0.get(self.used).copied().unwrap_or_default();
        self.used += 1;
        Scalar::from(u128::from_le_bytes(chunk))
    }
}

/// A weighted sum of equations that must come to the identity.
pub(crate) struct Equations {
    key: RistrettoPoint,
    base_scalar: Scalar,
    key_scalar: Scalar,
    scalars: Vec<Scalar>,
    points: Vec<RistrettoPoint>,
}

impl Equations {
    /// Equations in the base point, `key`, and other points.
    pub(crate) fn new(key: RistrettoPoint) -> Self {
        let (scalars, points) = (Vec::new(), Vec::new());
        Self { key, base_scalar: Scalar::ZERO, key_scalar: Scalar::ZERO, scalars, points }
    }

    pub(crate) fn add_base(&mut self, scalar: Scalar) {
        self.base_scalar += scalar;
    }

    pub(crate) fn add_key(&mut self, scalar: Scalar) {
        self.key_scalar += scalar;
    }

    pub(crate) fn add(&mut self, scalar: Scalar, point: RistrettoPoint) {
        self.scalars.push(scalar);
        self.points.push(point);
    }

    /// Whether all equations hold. Variable time: nothing here is secret.
    pub(crate) fn hold(self) -> bool {
        let scalars = self.scalars.into_iter().chain([self.base_scalar, self.key_scalar]);
        let points = self.points.into_iter().chain([RISTRETTO_BASEPOINT_POINT, self.key]);
        let (scalars, points): (Vec<_>, Vec<_>) = (scalars.collect(), points.collect());
        RistrettoPoint::vartime_multiscalar_mul(&scalars, &points).is_identity()
    }
}
