//! A draft is thrown away.

use crate::{Caller, Result, Service};
use types::{ErrorCode, ids::PollId};

impl Service {
    /// Deletes the draft and its files. `WrongState` once it is published.
    pub async fn delete_draft(&self, caller: &Caller, poll: PollId) -> Result<()> {
        let _ = (caller, poll);
        Err(ErrorCode::Internal.into())
    }
}
