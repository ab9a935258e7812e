//! A poll closes by the clock: no more ballots, then the close entry with the sums of the last ones.

use crate::{
    Result, Service,
    polls::{
        convert::{count, millis, refused, small},
        course::{Loaded, entry},
        work::{PollWork, TALLY_ROUND},
    },
};
use ballot::{Aggregate, Entry, PollContext, tally};
use std::sync::Arc;
use store::polls::{Effect, Step};
use types::{
    ErrorCode,
    ids::PollId,
    polls::{PollState, TimelineKind},
};

/// Ballots summed up at a time.
const PAGE: i64 = 1_000;

impl Service {
    /// Closes a poll whose time has come, and goes on to the result as far as it can. Each part may be done twice.
    pub(in crate::polls) async fn close_if_due(&self, poll: PollId) -> Result<()> {
        let record = self.published(poll).await?;
        if self.now() < record.row.closes_at {
            return Ok(());
        }
        match record.row.state {
            PollState::Draft | PollState::Finished | PollState::Lapsed => Ok(()),
            PollState::Open => {
                self.set_state(poll, PollState::Open, PollState::Counting, vec![Effect::Taking(false)]).await?;
                self.count_ballots(poll).await
            }
            PollState::Counting => self.count_ballots(poll).await,
            state => self.set_state(poll, state, PollState::Lapsed, Vec::new()).await,
        }
    }

    /// Changes the state alone. That another node was faster is no failure.
    async fn set_state(&self, poll: PollId, from: PollState, to: PollState, mut effects: Vec<Effect>) -> Result<()> {
        effects.push(Effect::State(to));
        let step = Step { poll, at: self.now(), from, size: 0, entries: Vec::new(), effects };
        let course = self.course(poll).await?.course;
        self.take(&step, &course).await?;
        Ok(())
    }

    async fn count_ballots(&self, poll: PollId) -> Result<()> {
        let loaded = self.course(poll).await?;
        if loaded.course.close().is_none() {
            self.write_close(poll, loaded).await?;
        }
        self.finish_if_ready(poll).await
    }

    async fn write_close(&self, poll: PollId, mut loaded: Loaded) -> Result<()> {
        let context = loaded.course.context().cloned().ok_or(ErrorCode::Internal)?;
        let sums = self.sums(poll, &context).await?;
        let head = &loaded.head;
        let counts =
            tally::Counts { cast: small(head.ballots), challenged: small(head.challenged), counted: small(head.voted) };
        let now = self.now();
        let close: Entry =
            tally::close(&loaded.course, millis(now), count(head.size), head.root, counts, &sums).map_err(refused)?;
        let bytes = close.encode();
        let checked = loaded.course.check(&bytes).map_err(refused)?;
        Arc::make_mut(&mut loaded.course).apply(&checked, count(head.size)).map_err(refused)?;
        let mut effects = vec![Effect::Event(TimelineKind::Closed, Some(0))];
        let enough = loaded.course.manifest().is_some_and(|manifest| counts.counted >= manifest.min_group);
        if enough {
            let turn = PollWork::TellTrustees { round: TALLY_ROUND };
            effects.push(Effect::Jobs(vec![self.poll_job(poll, turn, now)]));
        }
        let (from, size) = (PollState::Counting, head.size);
        let step = Step { poll, at: now, from, size, entries: vec![entry(bytes)?], effects };
        // False: another node has written it.
        self.take(&step, &loaded.course).await?;
        Ok(())
    }

    /// The sum of the last ballots of all slots.
    async fn sums(&self, poll: PollId, context: &Arc<PollContext>) -> Result<Aggregate> {
        let mut sums = Aggregate::new(context);
        let mut after = 0;
        loop {
            let some = self.store().last_ballots(poll, after, PAGE).await?;
            let Some((last, _)) = some.last() else { return Ok(sums) };
            after = *last;
            let context = Arc::clone(context);
            let added = tokio::task::spawn_blocking(move || {
                some.iter().try_for_each(|(_, bytes)| sums.add(&context, bytes)).map(|()| sums)
            });
            sums = added.await.map_err(|_| ErrorCode::Internal)?.map_err(refused)?;
        }
    }
}
