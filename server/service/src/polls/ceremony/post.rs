//! A trustee posts the next step.

use crate::{Caller, Result, Service};
use types::{ErrorCode, ids::PollId, polls::Ceremony};

impl Service {
    /// Checks and records an entry made by the caller's browser; answers the ceremony after it.
    pub async fn post_ceremony_entry(
        &self,
        caller: &Caller,
        poll: PollId,
        bytes: Vec<u8>,
    ) -> Result<Ceremony> {
        let _ = (caller, poll, bytes);
        Err(ErrorCode::Internal.into())
    }
}
