//! What a voter's device does: its key, its credential, and sealing a ballot step by step.

mod sealing;

pub use sealing::{ChoiceError, Opening, Progress, SealedBallot, Sealing, Unfinished};

use crate::entry::{Credential, Kind, Reissue, encoded, header, signed_part};
use crate::hash::Hash;
use crate::manifest::PollId;
use crate::{PollContext, sign};
use ed25519_dalek::SigningKey;
use zeroize::Zeroizing;

/// A voter's key for one poll.
pub struct VoterKey(pub(crate) SigningKey);

impl VoterKey {
    /// The key for `poll` from the device's seed: `T("voter-key"; seed, poll id)`. Keys of two polls cannot be linked
    /// without the seed.
    #[must_use]
    pub fn derive(seed: &[u8; 32], poll: PollId) -> Self {
        let secret = Zeroizing::new(Hash::new("voter-key").part(seed).part(&poll.0).digest());
        Self(SigningKey::from_bytes(&secret))
    }

    /// The public key.
    #[must_use]
    pub fn public(&self) -> [u8; 32] {
        self.0.verifying_key().to_bytes()
    }

    /// The entry that registers this key as the slot's first credential.
    #[must_use]
    pub fn credential(&self, context: &PollContext, slot: u32) -> Vec<u8> {
        let mut body = Credential { slot, generation: 1, key: self.public(), possession: [0; 64] };
        body.possession = sign::sign(&self.0, context.hash(), signed_part(&encoded(context.poll(), &body)));
        encoded(context.poll(), &body)
    }

    /// What a new phone shows to a clerk, so that the clerk re-issues the slot's credential
    /// ([`crate::ClerkKey::reissue`]). `generation` is one more than the one on the board.
    #[must_use]
    pub fn reissue_request(&self, context: &PollContext, slot: u32, generation: u16) -> ReissueRequest {
        let key = self.public();
        let head = header(Kind::Reissue, context.poll()).u32(slot).u16(generation).bytes(&key).finish();
        ReissueRequest { slot, generation, key, possession: sign::sign(&self.0, context.hash(), &head) }
    }
}

/// A device's wish for a re-issued credential.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReissueRequest {
    /// Slot of the roll.
    pub slot: u32,
    /// The new generation.
    pub generation: u16,
    /// The new key.
    pub key: [u8; 32],
    /// By the new key, over the entry's bytes before this field.
    pub possession: [u8; 64],
}

impl Reissue {
    /// Bytes of a re-issue entry that its possession signature covers.
    pub const REQUEST: usize = crate::entry::HEADER + 4 + 2 + 32;
}
