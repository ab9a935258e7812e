//! The result.

use crate::{Caller, Result, Service};
use types::{ErrorCode, ids::PollId, polls::PollResult};

impl Service {
    /// Turnout, totals, rule and shares. `WrongState` before the poll is closed.
    pub async fn poll_result(&self, caller: &Caller, poll: PollId) -> Result<PollResult> {
        let _ = (caller, poll);
        Err(ErrorCode::Internal.into())
    }
}
