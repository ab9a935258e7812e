//! My slot, and what its commitment was made from.

use crate::{Caller, Result, Service};
use types::{ErrorCode, ids::PollId, polls::MySlot};

impl Service {
    /// The caller's slot. `NotFound` if they are not on the roll.
    pub async fn my_slot(&self, caller: &Caller, poll: PollId) -> Result<MySlot> {
        let _ = (caller, poll);
        Err(ErrorCode::Internal.into())
    }
}
