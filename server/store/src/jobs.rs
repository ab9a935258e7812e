//! Background work: rows claimed with a lease, so that several nodes share it and a dead node's work is taken up again.
//!
//! Work is done at least once: a job must bear being done twice.

use crate::Result;
use async_trait::async_trait;
use types::{Timestamp, ids::JobId};

/// Work to be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewJob {
    /// Its id.
    pub id: JobId,
    /// Which kind of work, kebab-case.
    pub kind: String,
    /// What the work needs to know, as JSON: ids, never personal data.
    pub payload: String,
    /// Not before.
    pub run_at: Timestamp,
    /// A second job with the same key is dropped, also after the first was done.
    pub dedupe_key: Option<String>,
}

/// Work that this node holds for a while.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeasedJob {
    /// Its id.
    pub id: JobId,
    /// Which kind of work.
    pub kind: String,
    /// What the work needs to know, as JSON.
    pub payload: String,
    /// How often it was begun, this time included.
    pub attempts: i64,
}

/// The queue.
#[async_trait]
pub trait Jobs: Send + Sync {
    /// Adds work; duplicates by `dedupe_key` are dropped.
    async fn enqueue(&self, jobs: &[NewJob]) -> Result<()>;

    /// Takes up to `limit` jobs that are due at `now` and not leased by anyone: work on polls first, then the longest due.
    /// Only work on polls takes the last `for_polls` of the `limit`.
    async fn claim_jobs(
        &self,
        owner: &str,
        now: Timestamp,
        lease_until: Timestamp,
        limit: i64,
        for_polls: i64,
    ) -> Result<Vec<LeasedJob>>;

    /// Takes this job, if it is due at `now`, not done, and not leased by anyone.
    async fn claim_job(
        &self,
        job: JobId,
        owner: &str,
        now: Timestamp,
        lease_until: Timestamp,
    ) -> Result<Option<LeasedJob>>;

    /// Prolongs a lease; false if the job is no longer this owner's, and then the work must stop.
    async fn keep_job(&self, job: JobId, owner: &str, lease_until: Timestamp) -> Result<bool>;

    /// Marks it done; false if the job is no longer this owner's.
    async fn finish_job(&self, job: JobId, owner: &str, now: Timestamp) -> Result<bool>;

    /// Gives it back, to be tried again at `run_at`, or never (`None`), saying why in words without data.
    async fn return_job(
        &self,
        job: JobId,
        owner: &str,
        run_at: Option<Timestamp>,
        now: Timestamp,
        error: &str,
    ) -> Result<bool>;

    /// Forgets what was done before `before` and at most `limit` of it; how many.
    async fn sweep_jobs(&self, before: Timestamp, limit: i64) -> Result<u64>;

    /// How many jobs are due at `now` and not done.
    async fn jobs_waiting(&self, now: Timestamp) -> Result<i64>;
}
