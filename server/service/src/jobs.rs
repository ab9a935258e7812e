//! Background work: the kinds, and doing one.
//!
//! To add a kind: a variant of [`Job`], its arm in [`Service::run_job`]'s `perform`. The payload is the variant as JSON and holds
//! ids, never personal data. Work is done at least once, so it must bear being done twice.

use crate::{Result, Service, notify::Fanout, polls::PollJob};
use core::{convert::Infallible, time::Duration};
use serde::{Deserialize, Serialize};
use store::{LeasedJob, NewJob};
use types::{
    ErrorCode, Problem, Timestamp,
    ids::{AccountId, ImportId, JobId, NoticeId},
};

/// How long a claimed job is this node's without a sign of life.
pub const LEASE_MS: i64 = 60_000;
/// After this many tries a job is given up, but for those of polls: without them a poll stands still for ever.
const ATTEMPTS: i64 = 20;

/// The kind of work on polls.
const POLL: &str = "poll";

/// A kind of background work with what it needs to know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Job {
    /// Put a notice into many inboxes.
    Notify(Fanout),
    /// Mail a notice.
    MailNotice {
        /// The notice.
        notice: NoticeId,
    },
    /// Mail the link that confirms an address.
    MailConfirmation {
        /// Whose address.
        account: AccountId,
    },
    /// Read and check an uploaded roll.
    ReadImport {
        /// The import.
        import: ImportId,
    },
    /// Write a checked roll.
    ApplyImport {
        /// The import.
        import: ImportId,
    },
    /// Work on a poll.
    Poll(PollJob),
    /// Forget what is over: sessions, throttles, tickets, rolls never applied, done jobs.
    Sweep {
        /// The hour it is for, counted from 1970.
        hour: i64,
    },
}

impl Job {
    /// The stable name, as in the payload's tag.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Notify(_) => "notify",
            Self::MailNotice { .. } => "mail-notice",
            Self::MailConfirmation { .. } => "mail-confirmation",
            Self::ReadImport { .. } => "read-import",
            Self::ApplyImport { .. } => "apply-import",
            Self::Poll(_) => POLL,
            Self::Sweep { .. } => "sweep",
        }
    }
}

impl Service {
    /// The row for `job`, to be stored in the transaction of the change that asks for it.
    pub(crate) fn job_row(&self, job: &Job, run_at: Timestamp, dedupe_key: Option<String>) -> NewJob {
        NewJob {
            id: JobId(self.new_id()),
            kind: job.kind().to_owned(),
            payload: serde_json::to_string(job).expect("ids and strings serialise"),
            run_at,
            dedupe_key,
        }
    }

    /// Takes up to `limit` due jobs for this node, work on polls first; only such work takes the last `for_polls` places.
    /// Each is this node's for [`LEASE_MS`], and longer while [`Self::run_job`] does it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn claim_jobs(&self, owner: &str, limit: i64, for_polls: i64) -> Result<Vec<LeasedJob>> {
        let now = self.now();
        let sweep = Job::Sweep { hour: now.0 / 3_600_000 };
        if let Job::Sweep { hour } = sweep
            && self.first_in_hour(hour)
        {
            self.store().enqueue(&[self.job_row(&sweep, now, Some(format!("sweep:{hour}")))]).await?;
        }
        Ok(self.store().claim_jobs(owner, now, now.plus_ms(LEASE_MS), limit, for_polls).await?)
    }

    /// Takes one job for this node, if it is due and nobody has it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn claim_job(&self, owner: &str, job: JobId) -> Result<Option<LeasedJob>> {
        let now = self.now();
        Ok(self.store().claim_job(job, owner, now, now.plus_ms(LEASE_MS)).await?)
    }

    /// Does a claimed job, keeping its lease meanwhile, and marks it done, or gives it back to be tried later.
    ///
    /// # Errors
    /// When the database fails; the lease then runs out and the job is taken up again.
    pub async fn run_job(&self, owner: &str, leased: LeasedJob) -> Result<()> {
        let job = leased.id;
        // Side by side: the work may hold the only writer that keeping the lease waits for.
        tokio::select! {
            done = self.do_job(owner, leased) => done,
            never = self.keep_lease(owner, job) => match never {},
        }
    }

    async fn keep_lease(&self, owner: &str, job: JobId) -> Infallible {
        let mut tick = tokio::time::interval(Duration::from_millis(LEASE_MS.unsigned_abs() / 3));
        tick.tick().await;
        loop {
            tick.tick().await;
            // A lease that cannot be kept runs out, and the work is done again.
            let _ = self.store().keep_job(job, owner, self.now().plus_ms(LEASE_MS)).await;
        }
    }

    async fn do_job(&self, owner: &str, leased: LeasedJob) -> Result<()> {
        let outcome = match serde_json::from_str(&leased.payload) {
            Ok(job) => self.perform(leased.id, job).await,
            Err(_) => Err(ErrorCode::Internal.into()),
        };
        let now = self.now();
        match outcome {
            Ok(()) => self.store().finish_job(leased.id, owner, now).await?,
            Err(problem) => {
                let again = (leased.attempts < ATTEMPTS || leased.kind == POLL)
                    .then(|| now.plus_ms(backoff_ms(leased.attempts)));
                tracing::warn!(kind = leased.kind, attempts = leased.attempts, given_up = again.is_none(), %problem, "a job failed");
                self.store().return_job(leased.id, owner, again, now, problem.code.as_str()).await?
            }
        };
        Ok(())
    }

    /// Does everything that is due, one after the other; for tests and commands that have no runner.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn run_due_jobs(&self, owner: &str) -> Result<usize> {
        let mut done = 0;
        loop {
            let jobs = self.claim_jobs(owner, 10, 0).await?;
            if jobs.is_empty() {
                return Ok(done);
            }
            for job in jobs {
                self.run_job(owner, job).await?;
                done += 1;
            }
        }
    }

    async fn perform(&self, id: JobId, job: Job) -> core::result::Result<(), Problem> {
        match job {
            Job::Notify(fanout) => self.fan_out(id, fanout).await,
            Job::MailNotice { notice } => self.mail_notice(notice).await,
            Job::MailConfirmation { account } => self.mail_confirmation(account).await,
            Job::ReadImport { import } => self.read_import(import).await,
            Job::ApplyImport { import } => self.apply_import(import).await,
            Job::Poll(job) => self.work_on_poll(id, job).await,
            Job::Sweep { .. } => self.sweep().await,
        }
    }
}

/// 5 s, doubled with every try, at most an hour: twenty tries take about ten hours.
fn backoff_ms(attempts: i64) -> i64 {
    5_000i64.saturating_mul(1 << attempts.clamp(0, 10)).min(3_600_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_job_reads_back_from_its_payload_and_its_kind_is_the_tag() {
        for job in [
            Job::MailNotice { notice: NoticeId([7; 16]) },
            Job::ApplyImport { import: ImportId([9; 16]) },
            Job::Sweep { hour: 1 },
        ] {
            let payload = serde_json::to_value(&job).expect("serialises");
            assert_eq!(payload["kind"], job.kind());
            assert_eq!(serde_json::from_value::<Job>(payload).expect("reads back"), job);
        }
    }

    #[test]
    fn the_wait_between_tries_doubles_up_to_an_hour() {
        assert_eq!(backoff_ms(1), 10_000);
        assert_eq!(backoff_ms(2), 20_000);
        assert_eq!(backoff_ms(60), 3_600_000);
    }
}
