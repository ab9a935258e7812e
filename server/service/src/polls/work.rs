//! Background work of polls.

use crate::{
    Result, Service,
    jobs::Job,
    notify::{Fanout, NoticeKind, Recipients},
};
use serde::{Deserialize, Serialize};
use store::NewJob;
use types::{
    ErrorCode, Timestamp,
    ids::{AccountId, JobId, PollId},
    polls::CeremonyRound,
};

/// Accounts told at a time.
const PAGE: i64 = 500;

/// Work on one poll.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PollJob {
    /// The poll.
    pub poll: PollId,
    /// What is to be done.
    pub work: PollWork,
}

/// What is to be done for a poll.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PollWork {
    /// Open it, if its time has come and it is signed.
    Open,
    /// Close it; a poll that never opened lapses.
    Close,
    /// Publish the result, if enough shares are in.
    Finish,
    /// Tell the trustees that it is their turn.
    TellTrustees {
        /// The round of the ceremony, from 0; 5 for the opening of the sums.
        round: u8,
    },
    /// Tell those on the roll.
    Tell(Heard),
    /// Tell those for whose slots ballots were recorded: one such work waits at a time, whatever comes meanwhile.
    BallotsRecorded {
        /// The place of the first.
        first: i64,
        /// That of the last; fixed when the work begins.
        last: Option<i64>,
    },
}

/// What those on the roll are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Heard {
    /// The poll is open.
    Opened,
    /// It closes within a day.
    ClosesSoon,
    /// Its result is there.
    Result,
}

/// The number of a round in [`PollWork::TellTrustees`].
pub(super) fn round_number(round: CeremonyRound) -> u8 {
    CeremonyRound::ALL.iter().position(|known| *known == round).and_then(|n| u8::try_from(n).ok()).unwrap_or(0)
}

/// The number after the rounds: the opening of the sums.
pub(super) const TALLY_ROUND: u8 = 5;

impl PollWork {
    /// The same work of a poll is put into the queue once.
    fn key(self, poll: PollId) -> String {
        match self {
            Self::Open => format!("poll:{poll}:open"),
            Self::Close => format!("poll:{poll}:close"),
            Self::Finish => format!("poll:{poll}:finish"),
            Self::TellTrustees { round } => format!("poll:{poll}:trustees:{round}"),
            Self::Tell(Heard::Opened) => format!("poll:{poll}:opened"),
            Self::Tell(Heard::ClosesSoon) => format!("poll:{poll}:closes-soon"),
            Self::Tell(Heard::Result) => format!("poll:{poll}:result"),
            Self::BallotsRecorded { .. } => format!("poll:{poll}:ballots"),
        }
    }
}

impl Service {
    /// The row of a poll's work.
    pub(super) fn poll_job(&self, poll: PollId, work: PollWork, run_at: Timestamp) -> NewJob {
        self.job_row(&Job::Poll(PollJob { poll, work }), run_at, Some(work.key(poll)))
    }

    /// Does a poll's work; twice does no harm.
    pub(crate) async fn work_on_poll(&self, job: JobId, PollJob { poll, work }: PollJob) -> Result<()> {
        match work {
            PollWork::Open => self.open_if_due(poll).await,
            PollWork::Close => self.close_if_due(poll).await,
            PollWork::Finish => self.finish_if_ready(poll).await,
            PollWork::TellTrustees { .. } => {
                let trustees = self.store().poll_trustees(poll).await?;
                self.tell(job, poll, NoticeKind::TrusteeTurn, trustees).await
            }
            PollWork::Tell(heard) => self.tell_roll(job, poll, heard).await,
            PollWork::BallotsRecorded { first, last } => {
                let last = match last {
                    Some(last) => last,
                    None => self.fix_last(job, poll, first).await?,
                };
                let casters = self.store().casters(poll, first, last).await?;
                let accounts = casters.into_iter().map(|(account, ..)| account).collect();
                self.tell(job, poll, NoticeKind::BallotRecorded, accounts).await
            }
        }
    }

    /// From now on what is recorded is the next work's: this one, done again, tells the same people.
    async fn fix_last(&self, job: JobId, poll: PollId, first: i64) -> Result<i64> {
        let payload = |size: i64| {
            let work = PollWork::BallotsRecorded { first, last: Some(size - 1) };
            serde_json::to_string(&Job::Poll(PollJob { poll, work })).expect("ids and numbers serialise")
        };
        let size = self.store().fix_work(poll, job, &payload).await?.ok_or(ErrorCode::NotFound)?;
        Ok(size - 1)
    }

    async fn tell_roll(&self, job: JobId, poll: PollId, heard: Heard) -> Result<()> {
        let notice = match heard {
            Heard::Opened => NoticeKind::PollOpens,
            Heard::ClosesSoon => NoticeKind::PollCloses,
            Heard::Result => NoticeKind::PollResult,
        };
        // No slot has this number.
        let mut after = -1;
        loop {
            let some = self.store().roll_accounts(poll, self.now(), after, PAGE).await?;
            let next = some.last().filter(|_| some.len() as i64 == PAGE).map(|(slot, _)| *slot);
            self.tell(job, poll, notice, some.into_iter().map(|(_, account)| account).collect()).await?;
            let Some(next) = next else { return Ok(()) };
            after = next;
        }
    }

    async fn tell(&self, job: JobId, poll: PollId, notice: NoticeKind, accounts: Vec<AccountId>) -> Result<()> {
        if accounts.is_empty() {
            return Ok(());
        }
        let title = self.published(poll).await?.row.title;
        let fanout = Fanout::new(Recipients::Accounts(accounts), notice).arg("title", &title).about(poll);
        self.fan_out(job, fanout).await
    }
}
