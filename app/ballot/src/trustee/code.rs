//! The recovery code: 128 random bits and a 32-bit check, as 32 characters in eight groups of four.

use crate::hash::Hash;
use crate::tracker;
use rand_core::CryptoRng;
use std::fmt;
use std::str::FromStr;
use subtle::ConstantTimeEq as _;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

/// All that a trustee must keep. Shown once, written down, wiped when dropped.
#[derive(Zeroize, ZeroizeOnDrop)]
pub struct RecoveryCode([u8; 16]);

impl RecoveryCode {
    /// A new code.
    pub fn generate<R: CryptoRng + ?Sized>(rng: &mut R) -> Self {
        let mut secret = [0; 16];
        rng.fill_bytes(&mut secret);
        Self(secret)
    }

    pub(crate) fn secret(&self) -> &[u8; 16] {
        &self.0
    }

    /// The clerk's signing key that this code brings back: from the seed `T("clerk-seed"; code)`.
    #[must_use]
    pub fn clerk_key(&self) -> crate::ClerkKey {
        crate::ClerkKey::derive(&Zeroizing::new(Hash::new("clerk-seed").part(&self.0).digest()))
    }

    fn check(&self) -> [u8; 4] {
        let digest = Hash::new("recovery-code").part(&self.0).digest();
        [digest[0], digest[1], digest[2], digest[3]]
    }
}

/// Eight groups of four characters with dashes between.
impl fmt::Display for RecoveryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut bytes = Zeroizing::new([0; 20]);
        bytes[..16].copy_from_slice(&self.0);
        bytes[16..].copy_from_slice(&self.check());
        f.write_str(&Zeroizing::new(tracker::write(&*bytes, '-')))
    }
}

/// Never shows the code.
impl fmt::Debug for RecoveryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RecoveryCode(..)")
    }
}

/// Not a recovery code: a wrong length, a wrong character, or a typing error.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a recovery code")]
pub struct NotACode;

/// Tolerant of case, spaces, dashes, O for 0, I and L for 1; every other typing error is found.
impl FromStr for RecoveryCode {
    type Err = NotACode;

    fn from_str(text: &str) -> Result<Self, NotACode> {
        let bytes = Zeroizing::new(tracker::read::<20>(text).ok_or(NotACode)?);
        let mut code = Self([0; 16]);
        code.0.copy_from_slice(&bytes[..16]);
        if bool::from(code.check().ct_eq(&bytes[16..])) { Ok(code) } else { Err(NotACode) }
    }
}
