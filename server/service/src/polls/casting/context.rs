//! Everything a device needs to make a ballot.

use crate::{Caller, Result, Service};
use types::{ErrorCode, ids::PollId, polls::VotingContext};

impl Service {
    /// The context of the caller's slot. `VerificationNeeded`, `NotFound` (not on the roll), `PollNotOpen`.
    pub async fn voting_context(&self, caller: &Caller, poll: PollId) -> Result<VotingContext> {
        let _ = (caller, poll);
        Err(ErrorCode::Internal.into())
    }
}
