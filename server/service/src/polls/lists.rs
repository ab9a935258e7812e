//! Lists of polls.

use crate::{Caller, Result, Service};
use types::{
    ErrorCode,
    ids::AreaId,
    polls::{PollCard, PollFilter, PollList},
};

impl Service {
    /// The polls that concern the caller, open ones first, at most 50.
    pub async fn my_polls(&self, caller: &Caller) -> Result<Vec<PollCard>> {
        let _ = caller;
        Err(ErrorCode::Internal.into())
    }

    /// Published polls of an area with all below it and above it, or of everywhere; 20 a page.
    pub async fn polls(
        &self,
        caller: &Caller,
        area: Option<AreaId>,
        filter: PollFilter,
        after: Option<&str>,
    ) -> Result<PollList> {
        let _ = (caller, area, filter, after);
        Err(ErrorCode::Internal.into())
    }
}
