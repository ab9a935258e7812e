//! The result, when enough shares are in; with a system key the server's own share first.

use crate::{
    Result, Service,
    polls::{
        convert::{millis, refused},
        course::Loaded,
        system::failed,
        work::{Heard, PollWork},
    },
};
use ballot::{Manifest, Verifier, manifest::KeyMode, tally, verify::Options};
use store::polls::Effect;
use types::{
    ErrorCode,
    ids::PollId,
    polls::{PollState, TimelineKind},
};

/// Entries read at a time.
const PAGE: i64 = 1_000;

impl Service {
    /// Publishes the result of a closed poll, if enough shares are in or too few ballots count.
    pub(in crate::polls) async fn finish_if_ready(&self, poll: PollId) -> Result<()> {
        let loaded = self.course(poll).await?;
        let course = &loaded.course;
        let (Some(manifest), Some(close)) = (course.manifest(), course.close()) else { return Ok(()) };
        if course.result().is_some() {
            return Ok(());
        }
        let withheld = close.counted < manifest.min_group;
        let shares = course.shares().count();
        if !withheld && shares == 0 && manifest.keys.mode == KeyMode::System {
            let share = self.system_share(poll, manifest.clone()).await?;
            self.step(poll, &[PollState::Counting], |_| Ok(vec![share.clone()]), |_, _| Vec::new()).await?;
        } else if !withheld && shares < usize::from(manifest.keys.k) {
            return Ok(());
        }
        let published = self
            .step(poll, &[PollState::Counting], result, |_, _| {
                vec![
                    Effect::State(PollState::Finished),
                    Effect::Event(TimelineKind::Result, Some(0)),
                    Effect::Jobs(vec![self.poll_job(poll, PollWork::Tell(Heard::Result), self.now())]),
                ]
            })
            .await;
        match published {
            // Another node has published it.
            Err(problem) if problem.code == ErrorCode::WrongState => Ok(()),
            other => other.map(|_| ()),
        }
    }

    /// The server's share with a system key: like every trustee, it verifies the whole board first.
    async fn system_share(&self, poll: PollId, manifest: Manifest) -> Result<Vec<u8>> {
        let mut verifier = Verifier::new(Options::default());
        let mut next = 0;
        loop {
            let some = self.store().entries(poll, next, PAGE).await?;
            let Some(last) = some.last() else { break };
            next = last.leaf + 1;
            let pushed = tokio::task::spawn_blocking(move || {
                some.iter().for_each(|entry| verifier.push(&entry.bytes));
                verifier
            });
            verifier = pushed.await.map_err(|_| ErrorCode::Internal)?;
        }
        for wanted in verifier.wanted() {
            let entry = self.store().entry(poll, i64::try_from(wanted).unwrap_or(i64::MAX)).await?;
            verifier.supply(wanted, &entry.ok_or(ErrorCode::Internal)?.bytes);
        }
        let head = self.store().head(poll).await?.ok_or(ErrorCode::Internal)?;
        verifier.checkpoint(&head.checkpoint);
        let trustee = self.system_trustee(poll, &manifest)?;
        let now = millis(self.now());
        let share = tokio::task::spawn_blocking(move || trustee.share(&verifier.counted()?, now));
        share.await.map_err(|_| ErrorCode::Internal)?.map_err(failed)
    }
}

fn result(loaded: &Loaded) -> Result<Vec<Vec<u8>>> {
    Ok(vec![tally::result(&loaded.course).map_err(refused)?.encode()])
}
