//! A ballot is cast.

use crate::{Caller, Result, Service};
use ballot::check_ballot;
use std::sync::Arc;
use types::{ErrorCode, ids::PollId, polls::CastAnswer};

impl Service {
    /// Checks and records a ballot; answers after it is durable.
    ///
    /// The same bytes again, from the same person, answer the receipt of the first time and store nothing: a device whose
    /// answer was lost sends the ballot again without risk, also after the close.
    ///
    /// # Errors
    /// Every refusal of docs/BALLOT.md with its own code, and nothing stored; `Busy` under overload.
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
        let state = self.credential_state(poll, &framed.ballot.credential).await?;
        let context = Arc::clone(&voting.context);
        let (bytes, checked) = self
            .on_a_core(move || check_ballot(&context, state.as_ref(), &bytes).map(|checked| (bytes, checked)))
            .await?;
        self.record_ballot(&voting, bytes, &checked, false).await
    }
}
