//! What a clerk signs: what opens a poll, and a re-issued credential.

use crate::entry::{Approval, Entry, Payload, Reissue, signed_part};
use crate::group::PointBytes;
use crate::hash::{Digest, Hash};
use crate::voter::ReissueRequest;
use crate::{Manifest, PollContext, PublicKey, Refusal, sign};
use ed25519_dalek::SigningKey;
use zeroize::Zeroizing;

/// A clerk's signing key, the same for all polls.
pub struct ClerkKey(SigningKey);

impl ClerkKey {
    /// The key from a 32-byte seed: `T("clerk-key"; seed)`.
    #[must_use]
    pub fn derive(seed: &[u8; 32]) -> Self {
        let secret = Zeroizing::new(Hash::new("clerk-key").part(seed).digest());
        Self(SigningKey::from_bytes(&secret))
    }

    /// The public key, as manifests name it.
    #[must_use]
    pub fn public(&self) -> PublicKey {
        PublicKey(self.0.verifying_key().to_bytes())
    }

    /// The clerk's place in the manifest.
    fn index(&self, manifest: &Manifest) -> Result<u8, Refusal> {
        let place = manifest.clerks.iter().position(|clerk| clerk.key == self.public());
        place.and_then(|i| u8::try_from(i).ok()).ok_or(Refusal::UnknownClerk)
    }

    /// The entry by which this clerk agrees to open the poll with this key and this roll.
    ///
    /// # Errors
    /// [`Refusal::UnknownClerk`] where the manifest does not name this key.
    pub fn approve(&self, manifest: &Manifest, joint_key: PointBytes, roll_hash: Digest) -> Result<Vec<u8>, Refusal> {
        let clerk = self.index(manifest)?;
        let body = Approval { clerk, joint_key, roll_hash, signature: [0; 64] };
        let mut entry = Entry::new(manifest.poll, body);
        let signature = sign::sign(&self.0, manifest.hash(), signed_part(&entry.encode()));
        if let Payload::Approval(body) = &mut entry.payload {
            body.signature = signature;
        }
        Ok(entry.encode())
    }

    /// The entry that gives a slot its next credential.
    ///
    /// # Errors
    /// [`Refusal::UnknownClerk`] where the manifest does not name this key.
    pub fn reissue(&self, context: &PollContext, request: &ReissueRequest) -> Result<Vec<u8>, Refusal> {
        let ReissueRequest { slot, generation, key, possession } = *request;
        let clerk = self.index(context.manifest())?;
        let mut entry =
            Entry::new(context.poll(), Reissue { slot, generation, key, possession, clerk, signature: [0; 64] });
        let signature = sign::sign(&self.0, context.hash(), signed_part(&entry.encode()));
        if let Payload::Reissue(body) = &mut entry.payload {
            body.signature = signature;
        }
        Ok(entry.encode())
    }
}
