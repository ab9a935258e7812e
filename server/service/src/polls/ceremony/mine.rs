//! Where the caller is a trustee.

use super::rounds;
use crate::{Caller, Result, Service, polls::convert::small};
use types::{
    ErrorCode,
    polls::{PollState, TrusteeLine},
};

/// Polls listed.
const LIMIT: i64 = 50;

impl Service {
    /// The polls in which the caller is a trustee, those with something to do first.
    ///
    /// # Errors
    /// `SignInNeeded`.
    pub async fn trustee_polls(&self, caller: &Caller) -> Result<Vec<TrusteeLine>> {
        let account = caller.account.as_ref().ok_or(ErrorCode::SignInNeeded)?.account;
        let mut lines = Vec::new();
        for (row, index) in self.store().trustee_polls(account, LIMIT).await? {
            let my_turn = match row.state {
                PollState::Ceremony | PollState::Roll | PollState::Signing | PollState::Scheduled => {
                    rounds::is_turn(&rounds::progress(&self.course(row.poll).await?.course), small(index))
                }
                PollState::Counting => {
                    let course = self.course(row.poll).await?.course;
                    course.close().is_some() && course.shares().all(|share| share != small::<u8>(index))
                }
                _ => false,
            };
            lines.push(TrusteeLine {
                poll: row.poll,
                title: row.title,
                state: row.state,
                my_turn,
                closes_at: row.closes_at,
            });
        }
        lines.sort_by_key(|line| !line.my_turn);
        Ok(lines)
    }
}
