//! Is it in the box?

use crate::{Caller, Result, Service};
use types::{ErrorCode, ids::PollId, polls::BallotStatus};

impl Service {
    /// What became of the ballot with this tracker (any spelling of it); with `since`, a consistency proof from a saved checkpoint of that size.
    pub async fn ballot_status(
        &self,
        caller: &Caller,
        poll: PollId,
        tracker: &str,
        since: Option<u64>,
    ) -> Result<BallotStatus> {
        let _ = (caller, poll, tracker, since);
        Err(ErrorCode::Internal.into())
    }
}
