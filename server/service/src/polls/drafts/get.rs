//! A draft with everything the wizard shows.

use super::AREAS;
use super::files::travelling;
use crate::{Caller, Result, Service, policy::Action, polls::convert::small};
use store::{Area, polls::DraftRecord};
use types::{
    ErrorCode,
    ids::PollId,
    polls::{AreaChoice, DraftPage, PollDraft, PollState, TrusteeChoice},
};

impl Service {
    /// The draft.
    ///
    /// # Errors
    /// `WrongState` once it is published; what the policy says.
    pub async fn draft(&self, caller: &Caller, poll: PollId) -> Result<DraftPage> {
        let (_, record, draft) = self.open_draft(caller, poll, Action::DraftPoll).await?;
        let attachments = self.store().attachments(poll).await?;
        let areas = self.store().areas_below(&record.area_path, true, AREAS).await?;
        let trustees = self.trustees_for(&record.area_path, &draft).await?;
        let clerks = self.store().clerks_with_keys(&record.area_path).await?;
        let problems = self.draft_problems(&record, &draft).await?;
        let eligible = self.eligible(&draft, &areas).await?;
        let top = areas.first().map_or(0, |area| area.depth);
        let choice = |area: Area| AreaChoice { area: area.id, name: area.name, depth: small(area.depth - top) };
        Ok(DraftPage {
            poll,
            area: record.area,
            area_name: record.area_name,
            draft,
            attachments: attachments.into_iter().map(travelling).collect(),
            version: record.version,
            updated_at: record.updated_at,
            problems,
            eligible,
            areas: areas.into_iter().map(choice).collect(),
            trustees: trustees
                .into_iter()
                .map(|t| TrusteeChoice { account: t.account, name: t.name, supervisor: t.supervisor })
                .collect(),
            clerk_keys: u32::try_from(clerks.len()).unwrap_or(u32::MAX),
        })
    }

    /// A poll that is still a draft, if the caller may do `action` to it.
    pub(super) async fn open_draft(
        &self,
        caller: &Caller,
        poll: PollId,
        action: Action,
    ) -> Result<(types::ids::AccountId, DraftRecord, PollDraft)> {
        let (account, record) = self.managed(caller, poll, action).await?;
        if record.state != PollState::Draft {
            return Err(ErrorCode::WrongState.into());
        }
        let draft = serde_json::from_str(&record.draft).map_err(|_| ErrorCode::Internal)?;
        Ok((account, record, draft))
    }
}
