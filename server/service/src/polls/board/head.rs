//! The newest signed head.

use crate::{Caller, Result, Service};
use types::{ErrorCode, ids::PollId, polls::BoardHead};

impl Service {
    /// Size, root and signed checkpoint.
    pub async fn board_head(&self, caller: &Caller, poll: PollId) -> Result<BoardHead> {
        let _ = (caller, poll);
        Err(ErrorCode::Internal.into())
    }
}
