//! A device registers its credential.

use crate::{
    Caller, Result, Service,
    polls::{convert::refused, course::entry},
};
use ballot::{Entry, Payload, check_credential};
use std::sync::Arc;
use store::polls::{Vote, VoteKind, With};
use types::{ErrorCode, ids::PollId, polls::TreeProof};

/// Bytes of a credential entry: header, slot, generation, key, signature.
const SIZE: usize = 18 + 4 + 2 + 32 + 64;

impl Service {
    /// Records the credential entry of the caller's slot. The same bytes again answer the same place.
    ///
    /// # Errors
    /// `CredentialExists` where another device has registered, `CredentialReused`, `NotYourSlot`, `BadSignature`, ….
    pub async fn register_credential(&self, caller: &Caller, poll: PollId, bytes: Vec<u8>) -> Result<TreeProof> {
        let (_, person) = self.voter(caller)?;
        let voting = self.voting(poll).await?;
        if bytes.len() > SIZE {
            return Err(ErrorCode::TooLarge.into());
        }
        let Payload::Credential(body) = Entry::decode(&bytes).map_err(refused)?.payload else {
            return Err(ErrorCode::NotCanonical.into());
        };
        let slot = self.store().slot_of(poll, person).await?;
        if slot.is_none_or(|slot| slot.slot != i64::from(body.slot)) {
            return Err(ErrorCode::NotYourSlot.into());
        }
        self.still_open(&voting)?;
        let context = Arc::clone(&voting.context);
        let (place, (bytes, checked)) =
            self.on_a_core(move || check_credential(&context, &bytes).map(|checked| (bytes, checked))).await?;
        let kind =
            VoteKind::Credential { slot: checked.slot.into(), generation: checked.generation.into(), key: checked.key };
        self.record(&voting, place, Vote { entry: entry(bytes)?, kind, with: With::default() })
            .await?
            .proof
            .ok_or_else(|| ErrorCode::Internal.into())
    }
}
