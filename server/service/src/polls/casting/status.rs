//! Is it in the box?

use crate::{
    Caller, Result, Service,
    polls::convert::{count, hexes, small},
};
use ballot::Tracker;
use types::{
    ErrorCode, Problem,
    ids::PollId,
    polls::{BallotStanding, BallotStatus},
};

impl Service {
    /// What became of the ballot with this tracker (any spelling of it); with `since`, a consistency proof from a saved
    /// checkpoint of that size. The board is public, so anybody may ask.
    ///
    /// # Errors
    /// `Invalid` with field `tracker`; `NotFound`; `Invalid` with field `since` beyond the board.
    pub async fn ballot_status(
        &self,
        _caller: &Caller,
        poll: PollId,
        tracker: &str,
        since: Option<u64>,
    ) -> Result<BallotStatus> {
        let tracker: Tracker = tracker.parse().map_err(|_| Problem::field("tracker", "invalid"))?;
        let found = self.store().ballots_by_hash(poll, &tracker.0).await?;
        let ballot = found.into_iter().next().ok_or(ErrorCode::NotFound)?;
        let head = self.store().head(poll).await?.ok_or(ErrorCode::NotFound)?;
        let proof = self.proofs(poll, &head, &[ballot.leaf]).await?.pop().ok_or(ErrorCode::Internal)?;
        let consistency = match since {
            None => None,
            Some(from) => Some(hexes(self.consistency(poll, from, count(head.size)).await?)),
        };
        let standing = if ballot.challenged {
            BallotStanding::Challenged
        } else if ballot.number == ballot.last_number {
            BallotStanding::Counts
        } else {
            BallotStanding::Replaced
        };
        Ok(BallotStatus {
            standing,
            tracker: Tracker::of(&ballot.hash).to_string(),
            slot: small(ballot.slot),
            number: small(ballot.number),
            at: ballot.at,
            proof,
            consistency,
        })
    }
}
