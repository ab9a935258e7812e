//! A draft with everything the wizard shows.

use crate::{Caller, Result, Service};
use types::{ErrorCode, ids::PollId, polls::DraftPage};

impl Service {
    /// The draft. `WrongState` once it is published.
    pub async fn draft(&self, caller: &Caller, poll: PollId) -> Result<DraftPage> {
        let _ = (caller, poll);
        Err(ErrorCode::Internal.into())
    }
}
