//! The roll is frozen.

use crate::{Caller, Result, Service};
use types::{ErrorCode, ids::PollId, polls::Opening};

impl Service {
    /// Computes who is eligible, gives out slots in random order, writes the roll to the board.
    pub async fn freeze_roll(&self, caller: &Caller, poll: PollId) -> Result<Opening> {
        let _ = (caller, poll);
        Err(ErrorCode::Internal.into())
    }
}
