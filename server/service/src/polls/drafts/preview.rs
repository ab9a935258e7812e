//! The draft as a resident will see it.

use super::AREAS;
use crate::{Caller, Result, Service, policy::Action, polls::page::Shown};
use std::sync::Arc;
use types::{
    bytes::Hex32,
    ids::PollId,
    polls::{PollPage, PollState, Standing, Turnout},
};

impl Service {
    /// The page a resident will see, with everything that is still missing left empty.
    ///
    /// # Errors
    /// `WrongState` once it is published; what the policy says.
    pub async fn preview_poll(&self, caller: &Caller, poll: PollId) -> Result<PollPage> {
        let (account, record, draft) = self.open_draft(caller, poll, Action::DraftPoll).await?;
        let areas = self.store().areas_below(&record.area_path, true, AREAS).await?;
        let slots = self.eligible(&draft, &areas).await?;
        let named = self.named(account, record, draft).await?;
        let fixed = named.page(Hex32([0; 32]), self.now());
        Ok(Shown {
            poll,
            title: named.draft.title.clone(),
            area: named.record.area,
            area_name: named.record.area_name.clone(),
            state: PollState::Draft,
            turnout: Turnout { slots, voted: 0 },
            mine: None,
            fixed: Arc::new(fixed),
            joint_key: None,
            corrects: named.draft.corrects,
            corrected_by: None,
            trustees_done: Vec::new(),
            clerks_done: Vec::new(),
            actions: Vec::new(),
            standing: Standing::OnRoll,
            events: Vec::new(),
        }
        .page())
    }
}
