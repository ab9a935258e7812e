//! How many took part, and when.

use crate::{Caller, Result, Service};
use types::{
    committee::{PollTurnout, TurnoutPoint},
    ids::PollId,
    polls::PollPage,
};

impl Service {
    /// The turnout of a poll over time: how many, never what.
    ///
    /// # Errors
    /// `NotFound` where there is no such poll, or it may not be seen.
    pub async fn turnout(&self, caller: &Caller, poll: PollId) -> Result<PollTurnout> {
        let page = self.poll_page(caller, poll).await?;
        self.turnout_of(caller, &page).await
    }

    pub(super) async fn turnout_of(&self, _caller: &Caller, page: &PollPage) -> Result<PollTurnout> {
        let card = page.card.clone();
        let mut points = vec![TurnoutPoint { at: card.opens_at, voted: 0 }];
        points.push(TurnoutPoint { at: self.now().min(card.closes_at), voted: card.turnout.voted });
        Ok(PollTurnout { card, rule: page.rule, electorate: page.electorate, points })
    }
}
