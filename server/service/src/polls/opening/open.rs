//! A signed poll opens by the clock.

use crate::{
    Result, Service,
    polls::{
        convert::{ballot_id, millis},
        work::{Heard, PollWork},
    },
};
use ballot::{Entry, entry::Open};
use store::polls::Effect;
use types::{
    ids::PollId,
    polls::{PollState, TimelineKind},
};

/// How long before the close those who have not voted are reminded.
const SOON_MS: i64 = 24 * 3_600_000;

impl Service {
    /// Opens a scheduled poll whose time has come; otherwise changes nothing.
    pub(in crate::polls) async fn open_if_due(&self, poll: PollId) -> Result<()> {
        let record = self.published(poll).await?;
        let now = self.now();
        let (opens_at, closes_at) = (record.row.opens_at, record.row.closes_at);
        if record.row.state != PollState::Scheduled || now < opens_at || now >= closes_at {
            return Ok(());
        }
        let entry = Entry::new(ballot_id(poll), Open { at: millis(now) }).encode();
        let opened = self
            .step(
                poll,
                &[PollState::Scheduled],
                |_| Ok(vec![entry.clone()]),
                |_, _| {
                    let mut jobs = vec![self.poll_job(poll, PollWork::Tell(Heard::Opened), now)];
                    if closes_at.since(now) > SOON_MS {
                        jobs.push(self.poll_job(poll, PollWork::Tell(Heard::ClosesSoon), closes_at.plus_ms(-SOON_MS)));
                    }
                    vec![
                        Effect::State(PollState::Open),
                        Effect::Taking(true),
                        Effect::Event(TimelineKind::Opened, Some(0)),
                        Effect::Jobs(jobs),
                    ]
                },
            )
            .await;
        match opened {
            // Another node has opened it.
            Err(problem) if problem.code == types::ErrorCode::WrongState => Ok(()),
            other => other.map(|_| ()),
        }
    }
}
