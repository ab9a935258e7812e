//! The wizard saves by itself.

use crate::{Caller, Result, Service};
use types::{
    ErrorCode,
    ids::PollId,
    polls::{DraftSaved, PollDraft},
};

impl Service {
    /// Saves it as it is, finished or not. `WrongState` if `version` is not the stored one: somebody else saved meanwhile.
    pub async fn save_draft(
        &self,
        caller: &Caller,
        poll: PollId,
        version: i64,
        draft: PollDraft,
    ) -> Result<DraftSaved> {
        let _ = (caller, poll, version, draft);
        Err(ErrorCode::Internal.into())
    }
}
