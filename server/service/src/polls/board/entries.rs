//! The entries, plain.

use crate::{Caller, Result, Service};
use types::{ErrorCode, ids::PollId, polls::BoardPage};

impl Service {
    /// Up to 1,000 entries from `from` on, at most 1 MiB.
    pub async fn board_entries(
        &self,
        caller: &Caller,
        poll: PollId,
        from: u64,
    ) -> Result<BoardPage> {
        let _ = (caller, poll, from);
        Err(ErrorCode::Internal.into())
    }
}
