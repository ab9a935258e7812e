//! Ballots that a device would not make: signed again after they were changed, by an implementation of docs/BALLOT.md of
//! its own ("T", "Signatures").

use ballot::PollContext;
use ed25519_dalek::{Signer as _, SigningKey};
use rand_chacha::rand_core::{TryCryptoRng, TryRng};
use sha2::{Digest as _, Sha512};
use std::convert::Infallible;
use types::polls::VotingContext;

/// `T(label; parts)`, all 64 bytes.
fn t(label: &str, parts: &[&[u8]]) -> [u8; 64] {
    let mut hash = Sha512::new();
    for part in [b"minyi-ballot/1".as_slice(), label.as_bytes()].iter().chain(parts) {
        hash.update(u32::try_from(part.len()).expect("short").to_be_bytes());
        hash.update(part);
    }
    hash.finalize().into()
}

/// The voter's key of a poll.
fn key(seed: &[u8; 32], poll: &[u8; 16]) -> SigningKey {
    let secret: [u8; 32] = t("voter-key", &[seed, poll])[..32].try_into().expect("32 bytes");
    SigningKey::from_bytes(&secret)
}

/// The context of a poll as a voter's device has it.
pub(crate) fn context(given: &VotingContext) -> PollContext {
    let manifest = ballot::Manifest::parse(&given.manifest.0).expect("a manifest");
    PollContext::new(manifest, given.joint_key.0, given.roll_hash.0, given.slots).expect("a context")
}

/// Signs an entry whose last 64 bytes are the signature, with the device's key for the poll.
pub(crate) fn sign(seed: &[u8; 32], context: &PollContext, entry: &mut [u8]) {
    let key = key(seed, &context.poll().0);
    let (signed, signature) = entry.split_at_mut(entry.len() - 64);
    let message = t("signature", &[key.verifying_key().as_bytes(), context.hash(), signed]);
    signature.copy_from_slice(&key.sign(&message).to_bytes());
}

/// A random source that says the same for ever.
pub(crate) struct Stuck;

impl TryRng for Stuck {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        Ok(0x0707_0707)
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        Ok(0x0707_0707_0707_0707)
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        bytes.fill(7);
        Ok(())
    }
}

impl TryCryptoRng for Stuck {}
