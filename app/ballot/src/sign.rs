//! Ed25519 (RFC 8032) with strict verification; what is signed names the key and the context.
//!
//! Signed is the 64-byte digest `T("signature"; key, context, entry without its signature)`. The context is the
//! manifest's hash until the poll is open (for a reveal it covers all commits), [`crate::PollContext::hash`] from then on.

use crate::Refusal;
use crate::hash::{Digest, Hash};
use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};

fn message(key: &[u8; 32], context: &Digest, signed: &[u8]) -> [u8; 64] {
    Hash::new("signature").part(key).part(context).part(signed).wide()
}

pub(crate) fn sign(key: &SigningKey, context: &Digest, signed: &[u8]) -> [u8; 64] {
    key.sign(&message(key.verifying_key().as_bytes(), context, signed)).to_bytes()
}

/// Strict: canonical encodings, no key or commitment of small order.
pub(crate) fn verify(key: &[u8; 32], context: &Digest, signed: &[u8], signature: &[u8; 64]) -> Result<(), Refusal> {
    let verifying = VerifyingKey::from_bytes(key).map_err(|_| Refusal::BadSignature)?;
    verifying
        .verify_strict(&message(key, context, signed), &Signature::from_bytes(signature))
        .map_err(|_| Refusal::BadSignature)
}
