//! A trustee posts the next step.

use super::rounds;
use crate::{
    Caller, Result, Service,
    policy::Action,
    polls::{
        convert::refused,
        work::{PollWork, round_number},
    },
};
use ballot::{Entry, Payload, board::Course};
use store::polls::Effect;
use types::{
    ErrorCode,
    ids::PollId,
    polls::{Ceremony, PollState, TimelineKind},
};

/// The states in which trustees still post; a late rehearsal is welcome until the poll opens.
const STATES: [PollState; 4] = [PollState::Ceremony, PollState::Roll, PollState::Signing, PollState::Scheduled];

impl Service {
    /// Checks and records an entry made by the caller's browser; answers the ceremony after it.
    ///
    /// # Errors
    /// `NotAllowed` for entries of another trustee; the refusals of the ceremony's rules.
    pub async fn post_ceremony_entry(&self, caller: &Caller, poll: PollId, bytes: Vec<u8>) -> Result<Ceremony> {
        let record = self.published(poll).await?;
        self.allowed(caller, Action::ActAsTrustee, &record.area_path).await?;
        let me = self.parts(caller, poll).await?.trustee.ok_or(ErrorCode::NotAllowed)?;
        let entry = Entry::decode(&bytes).map_err(refused)?;
        let index = match &entry.payload {
            Payload::Commit(body) => body.index,
            Payload::Reveal(body) => body.index,
            Payload::Deal(body) => body.index,
            Payload::Confirm(body) => body.index,
            Payload::Rehearsal(body) => body.index,
            _ => return Err(ErrorCode::OutOfOrder.into()),
        };
        if index != me {
            return Err(ErrorCode::NotAllowed.into());
        }
        let confirms = matches!(entry.payload, Payload::Confirm(_));
        self.step(
            poll,
            &STATES,
            |_| Ok(vec![bytes.clone()]),
            |course, state| self.after_ceremony_entry(poll, course, state, confirms),
        )
        .await?;
        self.ceremony(caller, poll).await
    }

    fn after_ceremony_entry(&self, poll: PollId, course: &Course, state: PollState, confirms: bool) -> Vec<Effect> {
        let mut effects = Vec::new();
        if let Some(key) = course.joint_key().filter(|_| confirms) {
            effects.extend([Effect::JointKey(key), Effect::Event(TimelineKind::KeyMade, Some(0))]);
        }
        let enough =
            course.ceremony().is_some_and(|c| c.is_confirmed() && c.rehearsals() >= usize::from(c.threshold()));
        if enough && state == PollState::Ceremony {
            effects.push(Effect::State(PollState::Roll));
        }
        let progress = rounds::progress(course);
        if let Some(round) = rounds::running(&progress) {
            // Told once for each round: the job's key is the round's.
            let work = PollWork::TellTrustees { round: round_number(round) };
            effects.push(Effect::Jobs(vec![self.poll_job(poll, work, self.now())]));
        }
        effects
    }
}
