//! A trustee posts a share.

use crate::{
    Caller, Result, Service,
    policy::Action,
    polls::{convert::refused, work::PollWork},
};
use ballot::{Entry, Payload};
use store::polls::Effect;
use types::{
    ErrorCode,
    ids::PollId,
    polls::{PollState, TallyWork},
};

impl Service {
    /// Checks and records the caller's share; with the last one needed the result is published.
    ///
    /// # Errors
    /// `OutOfOrder` before the close entry; `NotAllowed` for another trustee's share; the refusals of the rules.
    pub async fn post_share(&self, caller: &Caller, poll: PollId, bytes: Vec<u8>) -> Result<TallyWork> {
        let record = self.published(poll).await?;
        self.allowed(caller, Action::ActAsTrustee, &record.area_path).await?;
        let me = self.parts(caller, poll).await?.trustee.ok_or(ErrorCode::NotAllowed)?;
        match Entry::decode(&bytes).map_err(refused)?.payload {
            Payload::Share(share) if share.index == me => {}
            Payload::Share(_) => return Err(ErrorCode::NotAllowed.into()),
            _ => return Err(ErrorCode::OutOfOrder.into()),
        }
        if record.row.state != PollState::Counting {
            return Err(ErrorCode::OutOfOrder.into());
        }
        self.step(
            poll,
            &[PollState::Counting],
            |_| Ok(vec![bytes.clone()]),
            |course, _| {
                let needed = course.manifest().map_or(usize::MAX, |manifest| manifest.keys.k.into());
                // Should this process end before the result stands, another one writes it.
                let finish = self.poll_job(poll, PollWork::Finish, self.now());
                if course.shares().count() >= needed { vec![Effect::Jobs(vec![finish])] } else { Vec::new() }
            },
        )
        .await?;
        if let Err(problem) = self.finish_if_ready(poll).await {
            tracing::warn!(%problem, "the share is on the board; the result will be written as background work");
        }
        self.tally_work(caller, poll).await
    }
}
