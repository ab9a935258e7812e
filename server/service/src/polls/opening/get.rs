//! What clerks sign to open a poll.

use crate::{Caller, Result, Service};
use types::{ErrorCode, ids::PollId, polls::Opening};

impl Service {
    /// What is to be signed and who has signed.
    pub async fn opening(&self, caller: &Caller, poll: PollId) -> Result<Opening> {
        let _ = (caller, poll);
        Err(ErrorCode::Internal.into())
    }
}
