//! The key ceremony as a trustee's browser needs it.

use super::rounds;
use crate::{Caller, Result, Service, polls::course::travelling};
use types::{
    ids::PollId,
    polls::{Ceremony, PollState, TrusteeProgress},
};

impl Service {
    /// The ceremony; anybody may watch, `me` says whether the caller is a trustee.
    ///
    /// # Errors
    /// `NotFound` before the poll is published.
    pub async fn ceremony(&self, caller: &Caller, poll: PollId) -> Result<Ceremony> {
        let record = self.published(poll).await?;
        let page = self.fixed(&record)?;
        let me = self.parts(caller, poll).await?.trustee;
        let loaded = self.course(poll).await?;
        let progress = rounds::progress(&loaded.course);
        let trustees = (1..).zip(&progress).map(|(index, trustee)| TrusteeProgress {
            index,
            name: page.trustees.get(usize::from(index) - 1).cloned().unwrap_or_default(),
            done: rounds::finished(*trustee),
        });
        let before_open = record.row.state < PollState::Open;
        Ok(Ceremony {
            poll,
            title: record.row.title,
            state: record.row.state,
            key: page.key,
            trustees: trustees.collect(),
            me,
            round: rounds::running(&progress),
            my_turn: before_open && me.is_some_and(|me| rounds::is_turn(&progress, me)),
            entries: travelling(loaded.ceremony.iter().cloned()),
        })
    }
}
