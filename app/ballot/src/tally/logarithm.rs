//! From `n·B` back to `n`, for small `n`: baby steps and giant steps (Shanks), about `2·√limit` additions.

use crate::group::{PointBytes, encode};
use curve25519_dalek::constants::RISTRETTO_BASEPOINT_POINT;
use curve25519_dalek::traits::Identity as _;
use curve25519_dalek::{RistrettoPoint, Scalar};
use std::collections::HashMap;

/// Discrete logarithms from 0 to a limit.
pub(crate) struct Logarithm {
    limit: u32,
    step: u32,
    baby: HashMap<PointBytes, u32>,
}

impl Logarithm {
    /// Prepares the baby steps.
    pub(crate) fn up_to(limit: u32) -> Self {
        let step = limit.isqrt().saturating_add(1);
        let mut baby = HashMap::new();
        let mut point = RistrettoPoint::identity();
        for i in 0..step {
            baby.insert(encode(&point), i);
            point += RISTRETTO_BASEPOINT_POINT;
        }
        Self { limit, step, baby }
    }

    /// `n` with `point = n·B` and `n ≤ limit`.
    pub(crate) fn of(&self, point: &RistrettoPoint) -> Option<u32> {
        let giant = RistrettoPoint::mul_base(&Scalar::from(self.step));
        let mut rest = *point;
        for i in 0..=self.step {
            if let Some(small) = self.baby.get(&encode(&rest)) {
                return i.checked_mul(self.step)?.checked_add(*small).filter(|n| *n <= self.limit);
            }
            rest -= giant;
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_number_up_to_the_limit_is_found_and_none_above() {
        for limit in [0, 1, 2, 3, 4, 15, 16, 17, 99] {
            let logarithm = Logarithm::up_to(limit);
            for n in 0..=limit + 3 {
                let point = RistrettoPoint::mul_base(&Scalar::from(n));
                assert_eq!(logarithm.of(&point), (n <= limit).then_some(n), "{n} of {limit}");
            }
            assert_eq!(logarithm.of(&-RISTRETTO_BASEPOINT_POINT), None);
        }
    }
}
