//! The wizard saves by itself.

use super::AREAS;
use crate::{Caller, Result, Service, policy::Action};
use types::{
    ErrorCode, Problem,
    ids::PollId,
    polls::{ALL_OPTIONS_MAX, DraftSaved, KeyDraft, PollDraft, QUESTIONS_MAX, TEXT_MAX, TRUSTEES_MAX},
};

/// Bytes of a saved draft: far above every limit of what can be published.
const BYTES_MAX: usize = 256 * 1024;

impl Service {
    /// Saves it as it is, finished or not.
    ///
    /// # Errors
    /// `WrongState` if `version` is not the stored one: somebody else saved meanwhile. `TooLarge` far above the limits.
    pub async fn save_draft(
        &self,
        caller: &Caller,
        poll: PollId,
        version: i64,
        draft: PollDraft,
    ) -> Result<DraftSaved> {
        let (_, mut record, _) = self.open_draft(caller, poll, Action::DraftPoll).await?;
        let json = serde_json::to_string(&draft).map_err(|_| ErrorCode::Internal)?;
        let options: usize = draft.questions.iter().map(|question| question.options.len()).sum();
        let trustees = if let KeyDraft::Trustees { accounts, .. } = &draft.key { accounts.len() } else { 0 };
        if trustees > 2 * TRUSTEES_MAX {
            return Err(ErrorCode::TooLarge.into());
        }
        if json.len() > BYTES_MAX || draft.questions.len() > 2 * QUESTIONS_MAX || options > 2 * ALL_OPTIONS_MAX {
            return Err(ErrorCode::TooLarge.into());
        }
        if draft.text.chars().count() > 2 * TEXT_MAX {
            return Err(Problem::field("text", "too-long"));
        }
        let updated_at = self.now();
        if !self.store().save_draft(poll, version, draft.title.trim(), &json, updated_at).await? {
            return Err(ErrorCode::WrongState.into());
        }
        (record.version, record.updated_at) = (version + 1, updated_at);
        let areas = self.store().areas_below(&record.area_path, true, AREAS).await?;
        let problems = self.draft_problems(&record, &draft).await?;
        let eligible = self.eligible(&draft, &areas).await?;
        Ok(DraftSaved { version: version + 1, updated_at, problems, eligible })
    }
}
