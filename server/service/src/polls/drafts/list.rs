//! The drafts of an area.

use crate::{Caller, Result, Service, policy::Action};
use types::{ids::AreaId, polls::DraftLine};

impl Service {
    /// The area's drafts, last saved first.
    ///
    /// # Errors
    /// `NotFound` for an unknown area; what the policy says.
    pub async fn list_drafts(&self, caller: &Caller, area: AreaId) -> Result<Vec<DraftLine>> {
        let (_, area) = self.allowed_in(caller, Action::DraftPoll, area).await?;
        let drafts = self.store().drafts(area.id).await?;
        let line = |draft: store::polls::DraftRecord| DraftLine {
            poll: draft.poll,
            title: draft.title,
            updated_at: draft.updated_at,
        };
        Ok(drafts.into_iter().map(line).collect())
    }
}
