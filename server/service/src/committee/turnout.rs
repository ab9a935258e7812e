//! How many took part, and when.

use crate::{Caller, Result, Service};
use types::{
    Timestamp,
    committee::{PollTurnout, TurnoutPoint},
    ids::PollId,
    polls::PollPage,
};

/// Points of the line at most, the opening and the present one apart.
const POINTS: i64 = 58;
const HOUR: i64 = 3_600_000;

impl Service {
    /// The turnout of a poll over time: how many, never what.
    ///
    /// # Errors
    /// `NotFound` where there is no such poll, or it may not be seen.
    pub async fn turnout(&self, caller: &Caller, poll: PollId) -> Result<PollTurnout> {
        let page = self.poll_page(caller, poll).await?;
        self.turnout_of(&page).await
    }

    pub(super) async fn turnout_of(&self, page: &PollPage) -> Result<PollTurnout> {
        let card = page.card.clone();
        let now = self.now().min(card.closes_at);
        let span = span(now.since(card.opens_at));
        let firsts = self.store().first_votes(card.poll, span).await?;
        let points = points(card.opens_at, now, card.turnout.voted, span, &firsts);
        Ok(PollTurnout { card, rule: page.rule, electorate: page.electorate, points })
    }
}

/// Whole hours, so many that the line has at most [`POINTS`] of them.
fn span(ms: i64) -> i64 {
    (ms / HOUR / POINTS + 1).max(1) * HOUR
}

/// The sums at the end of each span, between the opening with 0 and now.
fn points(opened: Timestamp, now: Timestamp, voted: u64, span: i64, firsts: &[(i64, i64)]) -> Vec<TurnoutPoint> {
    let mut sum = 0;
    let mut points = vec![TurnoutPoint { at: opened, voted: 0 }];
    for (number, slots) in firsts {
        sum += slots.unsigned_abs();
        let at = Timestamp((number + 1) * span);
        if at > opened && at < now {
            points.push(TurnoutPoint { at, voted: sum });
        }
    }
    points.push(TurnoutPoint { at: now, voted });
    points
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_and_an_hour_both_fit_the_line() {
        assert_eq!(span(HOUR / 2), HOUR);
        let month = 30 * 24 * HOUR;
        assert!(month / span(month) <= POINTS);
    }

    #[test]
    fn the_line_grows_from_nothing_to_the_present_count() {
        let (opened, now) = (Timestamp(HOUR / 2), Timestamp(5 * HOUR / 2));
        let seen = points(opened, now, 9, HOUR, &[(0, 2), (1, 3), (2, 4)]);
        let seen: Vec<(i64, u64)> = seen.into_iter().map(|point| (point.at.0, point.voted)).collect();
        assert_eq!(seen, [(HOUR / 2, 0), (HOUR, 2), (2 * HOUR, 5), (5 * HOUR / 2, 9)]);
    }
}
