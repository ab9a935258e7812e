//! A ballot is cast.

use super::voting::Framed;
use crate::{Caller, Result, Service};
use types::{ErrorCode, ids::PollId, polls::CastAnswer};

/// Ballots of one slot within an hour.
const BALLOTS: i64 = 100;
const HOUR_MS: i64 = 3_600_000;

impl Service {
    /// Checks and records a ballot; answers after it is durable.
    ///
    /// The same bytes again, from the same person, answer the receipt of the first time and store nothing: a device whose
    /// answer was lost sends the ballot again without risk, also after the close.
    ///
    /// # Errors
    /// Every refusal of docs/BALLOT.md with its own code, and nothing stored; `Busy` under overload; `TooManyTries`
    /// after 100 ballots of one slot within an hour.
    pub async fn cast_ballot(&self, caller: &Caller, poll: PollId, bytes: Vec<u8>) -> Result<CastAnswer> {
        let answer = self.cast_now(caller, poll, bytes).await;
        let outcome = match &answer {
            Ok(CastAnswer::Recorded { .. }) => "recorded",
            Ok(CastAnswer::Duplicate { .. }) => "duplicate",
            Err(problem) => problem.code.as_str(),
        };
        metrics::counter!("minyi_ballots_total", "outcome" => outcome).increment(1);
        answer
    }

    async fn cast_now(&self, caller: &Caller, poll: PollId, bytes: Vec<u8>) -> Result<CastAnswer> {
        self.voter(caller)?;
        let voting = self.voting(poll).await?;
        if bytes.len() > voting.context.ballot_size() {
            return Err(ErrorCode::TooLarge.into());
        }
        let framed = self.framed(caller, &voting, &bytes).await?;
        if let Some(answer) = self.recorded_before(&voting, &framed, false).await? {
            return Ok(answer);
        }
        self.still_open(&voting)?;
        self.ballots_are_few(poll, &framed).await?;
        let (place, bytes, checked) = self.checked_ballot(&voting, framed.credential, bytes).await?;
        self.record_ballot(&voting, place, bytes, &checked, false).await
    }

    /// Whether a slot may vote again by now. Counted on the board itself: a counter beside it would cost every ballot a
    /// second commit.
    async fn ballots_are_few(&self, poll: PollId, slot: &Framed) -> Result<()> {
        if slot.number < BALLOTS {
            return Ok(());
        }
        let last = self.store().ballots_of(poll, slot.slot, BALLOTS).await?;
        let free_at = last.last().map(|oldest| oldest.at.plus_ms(HOUR_MS));
        free_at.filter(|at| *at > self.now()).map_or(Ok(()), |at| Err(self.too_many_until(at)))
    }
}
