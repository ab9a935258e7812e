//! What was recorded for me.

use super::voting::credential;
use crate::{
    Caller, Result, Service,
    polls::convert::{count, small},
};
use ballot::Tracker;
use store::polls::BallotRecord;
use types::{
    ErrorCode,
    ids::PollId,
    polls::{MyRecord, RecordedBallot},
};

/// Ballots listed.
const LAST: i64 = 20;

impl Service {
    /// What was recorded for the caller's slot: a ballot that they did not cast shows here.
    ///
    /// # Errors
    /// `SignInNeeded`, `VerificationNeeded`, `NotFound` for those who are not on the roll.
    pub async fn my_record(&self, caller: &Caller, poll: PollId) -> Result<MyRecord> {
        let (_, person) = self.voter(caller)?;
        let slot = self.store().slot_of(poll, person).await?.ok_or(ErrorCode::NotFound)?;
        let last = self.store().ballots_of(poll, slot.slot, LAST).await?;
        let line = |ballot: BallotRecord| RecordedBallot {
            number: small(ballot.number),
            tracker: Tracker::of(&ballot.hash).to_string(),
            at: ballot.at,
            leaf: count(ballot.leaf),
        };
        Ok(MyRecord {
            slot: small(slot.slot),
            ballots: small(slot.number),
            last: last.into_iter().map(line).collect(),
            credential: credential(&slot),
        })
    }
}
