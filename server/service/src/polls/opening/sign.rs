//! A clerk signs.

use crate::{Caller, Result, Service};
use types::{ErrorCode, ids::PollId, polls::Opening};

impl Service {
    /// Records the caller's signature, made in their browser. After the last one needed the poll is scheduled, or opens.
    pub async fn sign_opening(
        &self,
        caller: &Caller,
        poll: PollId,
        bytes: Vec<u8>,
    ) -> Result<Opening> {
        let _ = (caller, poll, bytes);
        Err(ErrorCode::Internal.into())
    }
}
