//! The draft as a resident will see it.

use crate::{Caller, Result, Service};
use types::{ErrorCode, ids::PollId, polls::PollPage};

impl Service {
    /// The page a resident will see.
    pub async fn preview_poll(&self, caller: &Caller, poll: PollId) -> Result<PollPage> {
        let _ = (caller, poll);
        Err(ErrorCode::Internal.into())
    }
}
