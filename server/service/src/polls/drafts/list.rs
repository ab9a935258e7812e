//! The drafts of an area.

use crate::{Caller, Result, Service};
use types::{ErrorCode, ids::AreaId, polls::DraftLine};

impl Service {
    /// The area's drafts, last saved first.
    pub async fn list_drafts(&self, caller: &Caller, area: AreaId) -> Result<Vec<DraftLine>> {
        let _ = (caller, area);
        Err(ErrorCode::Internal.into())
    }
}
