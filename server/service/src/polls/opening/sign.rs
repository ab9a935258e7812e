//! A clerk signs.

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
    polls::{Opening, PollState, TimelineKind},
};

impl Service {
    /// Records the caller's signature, made in their browser. After the last one needed the poll is scheduled, or opens.
    ///
    /// # Errors
    /// `NotAllowed` for a signature in another clerk's place; `AlreadyPosted`, `BadSignature`, `WrongKey`, `WrongRoll`.
    pub async fn sign_opening(&self, caller: &Caller, poll: PollId, bytes: Vec<u8>) -> Result<Opening> {
        let (account, record) = self.managed(caller, poll, Action::OpenPoll).await?;
        let me = self.parts(caller, poll).await?.clerk.ok_or(ErrorCode::UnknownClerk)?;
        match Entry::decode(&bytes).map_err(refused)?.payload {
            Payload::Approval(approval) if approval.clerk == me => {}
            Payload::Approval(_) => return Err(ErrorCode::NotAllowed.into()),
            _ => return Err(ErrorCode::OutOfOrder.into()),
        }
        let opens_at = self.published(poll).await?.row.opens_at;
        let audit = || self.entry(Some(account), "sign-opening", &format!("poll:{poll}"), Some(record.area));
        self.step(
            poll,
            &[PollState::Signing, PollState::Scheduled],
            |_| Ok(vec![bytes.clone()]),
            |course, state| {
                let mut effects = vec![Effect::Audit(audit())];
                let needed = course.manifest().map_or(usize::MAX, |manifest| manifest.clerk_signatures.into());
                if state == PollState::Signing && course.approvals().len() >= needed {
                    effects.extend([
                        Effect::State(PollState::Scheduled),
                        Effect::Event(TimelineKind::Signed, Some(0)),
                        Effect::Jobs(vec![self.poll_job(poll, PollWork::Open, opens_at)]),
                    ]);
                }
                effects
            },
        )
        .await?;
        self.open_if_due(poll).await?;
        self.opening(caller, poll).await
    }
}
