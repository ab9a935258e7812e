//! A ballot is opened instead of cast.

use crate::{Caller, Result, Service};
use types::{ErrorCode, ids::PollId, polls::CastAnswer};

impl Service {
    /// Checks and records an opened ballot, which never counts.
    pub async fn challenge_ballot(
        &self,
        caller: &Caller,
        poll: PollId,
        bytes: Vec<u8>,
    ) -> Result<CastAnswer> {
        let _ = (caller, poll, bytes);
        Err(ErrorCode::Internal.into())
    }
}
