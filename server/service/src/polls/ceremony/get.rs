//! The key ceremony as a trustee's browser needs it.

use crate::{Caller, Result, Service};
use types::{ErrorCode, ids::PollId, polls::Ceremony};

impl Service {
    /// The ceremony; anybody may watch, `me` says whether the caller is a trustee.
    pub async fn ceremony(&self, caller: &Caller, poll: PollId) -> Result<Ceremony> {
        let _ = (caller, poll);
        Err(ErrorCode::Internal.into())
    }
}
