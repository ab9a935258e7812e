//! Background work.

use crate::{Db, SqlStore, dialect, dialect::Tx, sql::rows};
use async_trait::async_trait;
use sqlx::QueryBuilder;
use store::{Jobs, LeasedJob, NewJob, Result};
use types::{Timestamp, ids::JobId};

/// Adds work inside the transaction of the change that asks for it.
pub(crate) async fn insert(store: &SqlStore, tx: &mut Tx, jobs: &[NewJob]) -> Result<()> {
    for some in jobs.chunks(1000) {
        let mut query = QueryBuilder::<Db>::new("INSERT INTO jobs (id, kind, payload, run_at, dedupe_key) ");
        query.push_values(some, |mut row, job| {
            row.push_bind(job.id.as_bytes())
                .push_bind(&job.kind)
                .push_bind(&job.payload)
                .push_bind(job.run_at.0)
                .push_bind(&job.dedupe_key);
        });
        query.push(" ON CONFLICT DO NOTHING");
        query.build().execute(&mut **tx).await.map_err(|error| store.error(error))?;
    }
    Ok(())
}

fn leased((id, kind, payload, attempts): (Vec<u8>, String, String, i64)) -> Result<LeasedJob> {
    Ok(LeasedJob { id: rows::id(id, "jobs.id")?, kind, payload, attempts })
}

// Two nodes may pick the same row in the inner SELECT; the outer condition is judged again once the row's lock is had, so
// only one of them gets it. The same in `claim_any`.
async fn claim_polls(
    store: &SqlStore,
    tx: &mut Tx,
    owner: &str,
    now: Timestamp,
    lease_until: Timestamp,
    limit: i64,
) -> Result<Vec<LeasedJob>> {
    let jobs = sqlx::query_as(
        "UPDATE jobs SET lease_owner = $1, lease_until = $2, attempts = attempts + 1
         WHERE done_at IS NULL AND (lease_until IS NULL OR lease_until <= $3) AND id IN (
           SELECT id FROM jobs WHERE done_at IS NULL AND kind = 'poll' AND run_at <= $3
             AND (lease_until IS NULL OR lease_until <= $3) ORDER BY run_at LIMIT $4)
         RETURNING id, kind, payload, attempts",
    )
    .bind(owner)
    .bind(lease_until.0)
    .bind(now.0)
    .bind(limit)
    .fetch_all(&mut **tx)
    .await
    .map_err(|error| store.error(error))?;
    jobs.into_iter().map(leased).collect()
}

async fn claim_any(
    store: &SqlStore,
    tx: &mut Tx,
    owner: &str,
    now: Timestamp,
    lease_until: Timestamp,
    limit: i64,
) -> Result<Vec<LeasedJob>> {
    let jobs = sqlx::query!(
        r#"UPDATE jobs SET lease_owner = $1, lease_until = $2, attempts = attempts + 1
               WHERE done_at IS NULL AND (lease_until IS NULL OR lease_until <= $3) AND id IN (
                 SELECT id FROM jobs WHERE done_at IS NULL AND run_at <= $3 AND (lease_until IS NULL OR lease_until <= $3)
                 ORDER BY run_at LIMIT $4)
               RETURNING id AS "id!", kind AS "kind!", payload AS "payload!", attempts AS "attempts!""#,
        owner,
        lease_until.0,
        now.0,
        limit
    )
    .fetch_all(&mut **tx)
    .await
    .map_err(|error| store.error(error))?;
    jobs.into_iter().map(|job| leased((job.id, job.kind, job.payload, job.attempts))).collect()
}

#[async_trait]
impl Jobs for SqlStore {
    async fn enqueue(&self, jobs: &[NewJob]) -> Result<()> {
        let mut tx = dialect::begin(self).await?;
        insert(self, &mut tx, jobs).await?;
        dialect::commit(self, tx).await
    }

    async fn claim_jobs(
        &self,
        owner: &str,
        now: Timestamp,
        lease_until: Timestamp,
        limit: i64,
        for_polls: i64,
    ) -> Result<Vec<LeasedJob>> {
        let mut tx = dialect::begin(self).await?;
        let mut jobs = claim_polls(self, &mut tx, owner, now, lease_until, limit).await?;
        let rest = limit - for_polls - i64::try_from(jobs.len()).unwrap_or(i64::MAX);
        if rest > 0 {
            jobs.extend(claim_any(self, &mut tx, owner, now, lease_until, rest).await?);
        }
        dialect::commit(self, tx).await?;
        Ok(jobs)
    }

    async fn claim_job(
        &self,
        job: JobId,
        owner: &str,
        now: Timestamp,
        lease_until: Timestamp,
    ) -> Result<Option<LeasedJob>> {
        sqlx::query_as(
            "UPDATE jobs SET lease_owner = $1, lease_until = $2, attempts = attempts + 1
             WHERE id = $3 AND done_at IS NULL AND run_at <= $4 AND (lease_until IS NULL OR lease_until <= $4)
             RETURNING id, kind, payload, attempts",
        )
        .bind(owner)
        .bind(lease_until.0)
        .bind(job.as_bytes().to_vec())
        .bind(now.0)
        .fetch_optional(&self.writer)
        .await
        .map_err(|error| self.error(error))?
        .map(leased)
        .transpose()
    }

    async fn keep_job(&self, job: JobId, owner: &str, lease_until: Timestamp) -> Result<bool> {
        let job = job.as_bytes();
        let done = sqlx::query!(
            "UPDATE jobs SET lease_until = $1 WHERE id = $2 AND lease_owner = $3 AND done_at IS NULL",
            lease_until.0,
            job,
            owner
        )
        .execute(&self.writer)
        .await
        .map_err(|error| self.error(error))?;
        Ok(done.rows_affected() == 1)
    }

    async fn finish_job(&self, job: JobId, owner: &str, now: Timestamp) -> Result<bool> {
        let job = job.as_bytes();
        let done = sqlx::query!(
            "UPDATE jobs SET done_at = $1, lease_owner = NULL, lease_until = NULL
             WHERE id = $2 AND lease_owner = $3 AND done_at IS NULL",
            now.0,
            job,
            owner
        )
        .execute(&self.writer)
        .await
        .map_err(|error| self.error(error))?;
        Ok(done.rows_affected() == 1)
    }

    async fn return_job(
        &self,
        job: JobId,
        owner: &str,
        run_at: Option<Timestamp>,
        now: Timestamp,
        error: &str,
    ) -> Result<bool> {
        let job = job.as_bytes();
        let again = run_at.map(|at| at.0);
        let done_at = if run_at.is_none() { Some(now.0) } else { None };
        let done = sqlx::query!(
            "UPDATE jobs SET run_at = COALESCE($1, run_at), done_at = $2, lease_owner = NULL, lease_until = NULL, last_error = $3
             WHERE id = $4 AND lease_owner = $5 AND done_at IS NULL",
            again,
            done_at,
            error,
            job,
            owner
        )
        .execute(&self.writer)
        .await
        .map_err(|error| self.error(error))?;
        Ok(done.rows_affected() == 1)
    }

    async fn sweep_jobs(&self, before: Timestamp, limit: i64) -> Result<u64> {
        let swept = sqlx::query!(
            "DELETE FROM jobs WHERE id IN (SELECT id FROM jobs WHERE done_at IS NOT NULL AND done_at < $1 LIMIT $2)",
            before.0,
            limit
        )
        .execute(&self.writer)
        .await
        .map_err(|error| self.error(error))?;
        Ok(swept.rows_affected())
    }

    async fn jobs_waiting(&self, now: Timestamp) -> Result<i64> {
        sqlx::query_scalar!(r#"SELECT COUNT(*) AS "n!: i64" FROM jobs WHERE done_at IS NULL AND run_at <= $1"#, now.0)
            .fetch_one(&self.reader)
            .await
            .map_err(|error| self.error(error))
    }
}
