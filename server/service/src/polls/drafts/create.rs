//! A clerk begins a poll.

use crate::{Caller, Result, Service};
use types::{
    ErrorCode,
    ids::{AreaId, PollId},
    polls::DraftPage,
};

impl Service {
    /// A new draft in `area`; with `from`, a copy of that poll's draft (if published: one that corrects it).
    pub async fn create_draft(
        &self,
        caller: &Caller,
        area: AreaId,
        from: Option<PollId>,
    ) -> Result<DraftPage> {
        let _ = (caller, area, from);
        Err(ErrorCode::Internal.into())
    }
}
