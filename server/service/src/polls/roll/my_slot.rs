//! My slot, and what its commitment was made from.

use crate::{
    Caller, Result, Service,
    polls::convert::{count, hex, small},
};
use types::{ErrorCode, ids::PollId, polls::MySlot};

impl Service {
    /// The caller's slot with salt and text, so that they can compute the commitment on the board again.
    ///
    /// # Errors
    /// `SignInNeeded`, `VerificationNeeded`, `NotFound` for those who are not on the roll.
    pub async fn my_slot(&self, caller: &Caller, poll: PollId) -> Result<MySlot> {
        let (_, person) = self.voter(caller)?;
        let slot = self.store().slot_of(poll, person).await?.ok_or(ErrorCode::NotFound)?;
        Ok(MySlot {
            slot: small(slot.slot),
            salt: hex(slot.salt),
            person: slot.text,
            commitment: hex(slot.commitment),
            leaf: count(slot.leaf),
        })
    }
}
