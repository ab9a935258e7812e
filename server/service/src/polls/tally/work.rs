//! What a trustee needs to open the sums.

use crate::{Caller, Result, Service, polls::convert::count};
use types::{
    ErrorCode,
    ids::PollId,
    polls::{PollState, TallyWork},
};

impl Service {
    /// The state of the opening. The browser downloads the board itself, verifies it and recomputes the sums.
    ///
    /// # Errors
    /// `WrongState` before the poll is closed.
    pub async fn tally_work(&self, caller: &Caller, poll: PollId) -> Result<TallyWork> {
        let record = self.published(poll).await?;
        if !matches!(record.row.state, PollState::Counting | PollState::Finished) {
            return Err(ErrorCode::WrongState.into());
        }
        let me = self.parts(caller, poll).await?.trustee;
        let loaded = self.course(poll).await?;
        let manifest = loaded.course.manifest().ok_or(ErrorCode::Internal)?;
        let shares: Vec<u8> = loaded.course.shares().collect();
        Ok(TallyWork {
            poll,
            title: record.row.title,
            state: record.row.state,
            me,
            posted: me.is_some_and(|me| shares.contains(&me)),
            shares,
            needed: manifest.keys.k,
            size: count(loaded.head.size),
            checkpoint: loaded.head.checkpoint,
            log_key: self.verifier_key(&manifest.log.origin),
        })
    }
}
