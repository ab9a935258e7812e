//! A poll's page.

use crate::{Caller, Result, Service};
use types::{ErrorCode, ids::PollId, polls::PollPage};

impl Service {
    /// The page as the caller may see it; `NotFound` for drafts of others.
    pub async fn poll_page(&self, caller: &Caller, poll: PollId) -> Result<PollPage> {
        let _ = (caller, poll);
        Err(ErrorCode::Internal.into())
    }
}
