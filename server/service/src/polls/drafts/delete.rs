//! A draft is thrown away.

use crate::{Caller, Result, Service, policy::Action};
use types::{ErrorCode, ids::PollId};

impl Service {
    /// Deletes the draft and its files.
    ///
    /// # Errors
    /// `WrongState` once it is published; what the policy says.
    pub async fn delete_draft(&self, caller: &Caller, poll: PollId) -> Result<()> {
        self.open_draft(caller, poll, Action::DraftPoll).await?;
        if self.store().delete_draft(poll).await? { Ok(()) } else { Err(ErrorCode::WrongState.into()) }
    }
}
