//! A ballot is opened instead of cast.

use super::voting::opened_ballot;
use crate::{Caller, Result, Service, throttle::Limit};
use ballot::check_challenge;
use std::sync::Arc;
use types::{ids::PollId, polls::CastAnswer};

impl Service {
    /// Checks and records an opened ballot, which never counts: its points can no longer be cast.
    ///
    /// # Errors
    /// As [`Service::cast_ballot`], and `BadOpening`; `TooManyTries` after 20 of one slot within an hour.
    pub async fn challenge_ballot(&self, caller: &Caller, poll: PollId, bytes: Vec<u8>) -> Result<CastAnswer> {
        self.voter(caller)?;
        let voting = self.voting(poll).await?;
        let opened = opened_ballot(&voting, &bytes)?;
        let framed = self.framed(caller, &voting, &opened).await?;
        if let Some(answer) = self.recorded_before(&voting, &framed, true).await? {
            return Ok(answer);
        }
        self.still_open(&voting)?;
        let state = framed.credential;
        let context = Arc::clone(&voting.context);
        let (place, (bytes, checked)) = self
            .on_a_core(move || check_challenge(&context, state.as_ref(), &bytes).map(|checked| (bytes, checked)))
            .await?;
        // Only what would be recorded counts: a phone that was told to come back must not run out of tries.
        self.count_try(Limit::Challenge, &format!("{poll}:{}", framed.slot)).await?;
        self.record_ballot(&voting, place, bytes, &checked.ballot, true).await
    }
}
