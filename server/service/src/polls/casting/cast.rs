//! A ballot is cast.

use crate::{Caller, Result, Service};
use types::{ErrorCode, ids::PollId, polls::CastAnswer};

impl Service {
    /// Checks and records a ballot; answers after it is durable. `Busy` under overload, with nothing stored.
    pub async fn cast_ballot(
        &self,
        caller: &Caller,
        poll: PollId,
        bytes: Vec<u8>,
    ) -> Result<CastAnswer> {
        let _ = (caller, poll, bytes);
        Err(ErrorCode::Internal.into())
    }
}
