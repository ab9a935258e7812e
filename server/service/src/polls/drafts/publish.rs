//! A draft becomes a manifest.

use crate::{Caller, Result, Service};
use types::{ErrorCode, ids::PollId};

impl Service {
    /// Fixes the draft for good: writes the manifest as the board's first entry. `Invalid` with the fields that are wrong.
    pub async fn publish_poll(&self, caller: &Caller, poll: PollId, version: i64) -> Result<()> {
        let _ = (caller, poll, version);
        Err(ErrorCode::Internal.into())
    }
}
