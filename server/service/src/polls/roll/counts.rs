//! How many slots.

use crate::{Caller, Result, Service};
use types::{ErrorCode, ids::PollId, polls::SlotCounts};

impl Service {
    /// The slots as they would be frozen now, or as they were.
    pub async fn slot_counts(&self, caller: &Caller, poll: PollId) -> Result<SlotCounts> {
        let _ = (caller, poll);
        Err(ErrorCode::Internal.into())
    }
}
