//! Proofs of knowledge, all made non-interactive by strong Fiat–Shamir: the statement, the key, the bounds and every
//! commitment are hashed, after the context.
//!
//! [`membership`]: a ciphertext holds one of a range of values (an OR proof after Cramer, Damgård and Schoenmakers,
//! CRYPTO '94). [`equations`]: many of them checked by one multi-scalar multiplication. [`knowledge`]: Schnorr's proof
//! of a discrete logarithm. [`equality`]: Chaum and Pedersen's, of equal discrete logarithms.

pub(crate) mod equality;
pub(crate) mod equations;
pub(crate) mod knowledge;
pub(crate) mod membership;
