//! A trustee posts a share.

use crate::{Caller, Result, Service};
use types::{ErrorCode, ids::PollId, polls::TallyWork};

impl Service {
    /// Checks and records the caller's share; with the last one needed the result is published.
    pub async fn post_share(
        &self,
        caller: &Caller,
        poll: PollId,
        bytes: Vec<u8>,
    ) -> Result<TallyWork> {
        let _ = (caller, poll, bytes);
        Err(ErrorCode::Internal.into())
    }
}
