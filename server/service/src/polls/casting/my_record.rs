//! What was recorded for me.

use crate::{Caller, Result, Service};
use types::{ErrorCode, ids::PollId, polls::MyRecord};

impl Service {
    /// What was recorded for the caller's slot: ballots and when, or none.
    pub async fn my_record(&self, caller: &Caller, poll: PollId) -> Result<MyRecord> {
        let _ = (caller, poll);
        Err(ErrorCode::Internal.into())
    }
}
