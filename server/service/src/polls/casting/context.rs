//! Everything a device needs to make a ballot.

use super::voting::credential;
use crate::{
    Caller, Result, Service,
    polls::convert::{hex, small},
};
use types::{ErrorCode, bytes::Hex32, ids::PollId, polls::VotingContext};

impl Service {
    /// The context of the caller's slot.
    ///
    /// # Errors
    /// `SignInNeeded`, `VerificationNeeded`, `NotFound` for those who are not on the roll, `PollNotOpen`.
    pub async fn voting_context(&self, caller: &Caller, poll: PollId) -> Result<VotingContext> {
        let (_, person) = self.voter(caller)?;
        let voting = self.voting(poll).await?;
        self.still_open(&voting)?;
        let slot = self.store().slot_of(poll, person).await?.ok_or(ErrorCode::NotFound)?;
        let asked = if slot.generation > 0 { self.store().reissue_of(poll, slot.slot).await? } else { None };
        let manifest = voting.context.manifest();
        Ok(VotingContext {
            poll,
            manifest: manifest.to_bytes().map_err(|_| ErrorCode::Internal)?.into(),
            manifest_hash: hex(*manifest.hash()),
            joint_key: hex(*voting.context.joint_key()),
            roll_hash: hex(*voting.context.roll_hash()),
            slots: voting.context.slots(),
            slot: small(slot.slot),
            credential: credential(&slot),
            next_generation: small(slot.generation + 1),
            reissue_asked: asked.filter(|asked| asked.generation == slot.generation + 1).map(|asked| hex(asked.key)),
            next_number: small(slot.number + 1),
            previous_hash: Hex32(slot.last_hash.unwrap_or_default()),
            log_key: self.verifier_key(&manifest.log.origin),
            now: self.now(),
            closes_at: voting.closes_at,
        })
    }
}
