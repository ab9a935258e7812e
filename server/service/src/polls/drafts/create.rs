//! A clerk begins a poll.

use crate::{Caller, Result, Service, policy::Action};
use store::polls::{AttachmentRecord, NewDraft};
use types::{
    ErrorCode,
    ids::{AreaId, AttachmentId, PollId},
    polls::{DraftPage, PollDraft, PollState},
};

impl Service {
    /// A new draft in `area`; with `from`, a copy of that poll's draft, files included (if published: one that corrects it).
    ///
    /// # Errors
    /// `NotFound` for an unknown area or poll; what the policy says.
    pub async fn create_draft(&self, caller: &Caller, area: AreaId, from: Option<PollId>) -> Result<DraftPage> {
        let (by, area) = self.allowed_in(caller, Action::DraftPoll, area).await?;
        let mut draft = PollDraft::default();
        draft.eligibility.areas.push(area.id);
        let mut files = Vec::new();
        if let Some(from) = from {
            let (_, record) = self.managed(caller, from, Action::DraftPoll).await?;
            draft = serde_json::from_str(&record.draft).map_err(|_| ErrorCode::Internal)?;
            (draft.opens_at, draft.closes_at) = (None, None);
            draft.corrects = (record.state != PollState::Draft).then_some(from);
            for file in self.store().attachments(from).await? {
                let id = AttachmentId(self.new_id());
                draft.text = draft.text.replace(&file.id.to_string(), &id.to_string());
                files.push((file, id));
            }
        }
        let poll = PollId(self.new_id());
        let new = NewDraft {
            poll,
            area: area.id,
            title: draft.title.clone(),
            draft: serde_json::to_string(&draft).map_err(|_| ErrorCode::Internal)?,
            by,
            at: self.now(),
        };
        self.store().create_draft(&new).await?;
        for (file, id) in files {
            if let Some((record, content)) = self.store().attachment(file.poll, file.id).await? {
                self.store().add_attachment(&AttachmentRecord { id, poll, ..record }, &content).await?;
            }
        }
        self.draft(caller, poll).await
    }
}
