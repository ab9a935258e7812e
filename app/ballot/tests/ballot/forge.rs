//! What an attacker can do who has a voter's key and writes the bytes by hand, from docs/BALLOT.md alone.

use super::world::{Voter, World};
use ballot::{Digest, PollContext, PollId};
use ed25519_dalek::{Signer as _, SigningKey};
use rand_chacha::rand_core::{Rng as _, SeedableRng as _};
use sha2::{Digest as _, Sha512};

/// `T(label; parts)` of docs/BALLOT.md.
pub(crate) fn t(label: &str, parts: &[&[u8]]) -> [u8; 64] {
    let mut hash = Sha512::new();
    for part in [b"minyi-ballot/1", label.as_bytes()].iter().chain(parts) {
        hash.update(u32::try_from(part.len()).unwrap().to_be_bytes());
        hash.update(part);
    }
    hash.finalize().into()
}

pub(crate) fn signing_key(voter: &Voter, poll: PollId) -> SigningKey {
    SigningKey::from_bytes(t("voter-key", &[&voter.seed, &poll.0]).first_chunk().unwrap())
}

/// Signs an entry again after its bytes have been changed.
pub(crate) fn resign(context: &PollContext, voter: &Voter, entry: &mut [u8]) {
    let key = signing_key(voter, context.poll());
    let end = entry.len() - 64;
    let public = key.verifying_key().to_bytes();
    let message = t("signature", &[&public, context.hash(), &entry[..end]]);
    entry[end..].copy_from_slice(&key.sign(&message).to_bytes());
}

/// Signs with the trustee's own key, derived by hand from the code that `World` gave it.
pub(crate) fn sign_as_trustee(world: &World, index: u8, context: &Digest, entry: &mut [u8]) {
    let mut rng = rand_chacha::ChaCha20Rng::from_seed([7; 32]);
    let mut code = [0; 16];
    for _ in 0..index {
        rng.fill_bytes(&mut code);
    }
    let master = t("trustee", &[&code, &world.manifest.poll.0, &[index]]);
    let key = SigningKey::from_bytes(t("trustee-signing", &[&master]).first_chunk().unwrap());
    let (public, end) = (key.verifying_key().to_bytes(), entry.len() - 64);
    let message = t("signature", &[&public, context, &entry[..end]]);
    entry[end..].copy_from_slice(&key.sign(&message).to_bytes());
}

/// Offsets of a ballot entry.
pub(crate) const CONTEXT: usize = 18;
pub(crate) const CREDENTIAL: usize = 50;
pub(crate) const SLOT: usize = 82;
pub(crate) const SEALED: usize = 122;
