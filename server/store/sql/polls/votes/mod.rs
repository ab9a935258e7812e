//! Voters' entries.

mod judge;
mod known;
mod list;
mod presented;
mod write;

use super::append;
use crate::{
    SqlStore, dialect,
    sql::{audit, jobs, rows},
};
use async_trait::async_trait;
use judge::Judge;
use store::{
    Result, StoreError,
    polls::{
        BallotRecord, Bytes32, CredentialRecord, JobFor, PayloadFor, Presented, PresentedRecord, Reissue,
        ReissueRecord, Seal, Vote, VoteOutcome, VoteRefusal, Votes,
    },
};
use types::{
    Timestamp,
    ids::{AccountId, AreaId, JobId, PollId},
};

struct Row {
    leaf: i64,
    hash: Vec<u8>,
    slot: i64,
    number: i64,
    challenged: bool,
    at: i64,
    last_number: i64,
}

impl Row {
    fn record(self) -> Result<BallotRecord> {
        Ok(BallotRecord {
            hash: rows::bytes32(self.hash, "poll_ballots.hash")?,
            slot: self.slot,
            number: self.number,
            challenged: self.challenged,
            leaf: self.leaf,
            at: Timestamp(self.at),
            last_number: self.last_number,
        })
    }
}

#[async_trait]
impl Votes for SqlStore {
    async fn credential(&self, poll: PollId, key: &Bytes32) -> Result<Option<CredentialRecord>> {
        let (poll, key) = (poll.as_bytes(), key.as_slice());
        let row = sqlx::query!(
            r#"SELECT c.slot AS "slot!", c.generation AS "generation!", c.leaf AS "leaf!", s.generation AS "slot_generation!",
                      s.number AS "number!", s.last_hash AS "last_hash?"
               FROM poll_credentials c JOIN poll_slots s ON s.poll_id = c.poll_id AND s.slot = c.slot
               WHERE c.poll_id = $1 AND c.public_key = $2"#,
            poll,
            key
        )
        .fetch_optional(&self.reader)
        .await
        .map_err(|error| self.error(error))?;
        row.map(|row| {
            Ok(CredentialRecord {
                slot: row.slot,
                generation: row.generation,
                leaf: row.leaf,
                slot_generation: row.slot_generation,
                number: row.number,
                last_hash: rows::optional_bytes32(row.last_hash, "poll_slots.last_hash")?,
            })
        })
        .transpose()
    }

    async fn presented(&self, poll: PollId, presented: &[Presented]) -> Result<Vec<PresentedRecord>> {
        presented::read(self, poll, presented).await
    }

    async fn append_votes(
        &self,
        poll: PollId,
        at: Timestamp,
        votes: &[Vote],
        job: JobFor<'_>,
        seal: Seal<'_>,
    ) -> Result<Vec<VoteOutcome>> {
        let batch = Batch { poll, at, votes, job, seal };
        // Points are used once but by those who cheat: they are looked up only after the database has refused one.
        match batch.append(self, false).await {
            Err(StoreError::Conflict(name)) if name == "poll_points_pkey" => batch.append(self, true).await,
            done => done,
        }
    }

    async fn fix_work(&self, poll: PollId, job: JobId, payload: PayloadFor<'_>) -> Result<Option<i64>> {
        let mut tx = dialect::begin(self).await?;
        let Some(locked) = append::lock(self, &mut tx, poll).await? else { return Ok(None) };
        let (job, payload) = (job.as_bytes(), payload(locked.head.size));
        sqlx::query!("UPDATE jobs SET payload = $1, dedupe_key = NULL WHERE id = $2", payload, job)
            .execute(&mut *tx)
            .await
            .map_err(|error| self.error(error))?;
        dialect::commit(self, tx).await?;
        Ok(Some(locked.head.size))
    }

    async fn ballots_by_hash(&self, poll: PollId, prefix: &[u8]) -> Result<Vec<BallotRecord>> {
        let poll = poll.as_bytes();
        let (mut low, mut high) = (prefix.to_vec(), prefix.to_vec());
        low.resize(32, 0);
        high.resize(32, 0xff);
        sqlx::query_as!(
            Row,
            r#"SELECT b.leaf AS "leaf!", b.hash AS "hash!", b.slot AS "slot!", b.number AS "number!", b.challenged AS "challenged!",
                      b.at AS "at!", s.number AS "last_number!"
               FROM poll_ballots b JOIN poll_slots s ON s.poll_id = b.poll_id AND s.slot = b.slot
               WHERE b.poll_id = $1 AND b.hash >= $2 AND b.hash <= $3 ORDER BY b.hash LIMIT 2"#,
            poll,
            low,
            high
        )
        .fetch_all(&self.reader)
        .await
        .map_err(|error| self.error(error))?
        .into_iter()
        .map(Row::record)
        .collect()
    }

    async fn ballots_of(&self, poll: PollId, slot: i64, limit: i64) -> Result<Vec<BallotRecord>> {
        let poll = poll.as_bytes();
        sqlx::query_as!(
            Row,
            r#"SELECT b.leaf AS "leaf!", b.hash AS "hash!", b.slot AS "slot!", b.number AS "number!", b.challenged AS "challenged!",
                      b.at AS "at!", s.number AS "last_number!"
               FROM poll_ballots b JOIN poll_slots s ON s.poll_id = b.poll_id AND s.slot = b.slot
               WHERE b.poll_id = $1 AND b.slot = $2 AND NOT b.challenged ORDER BY b.number DESC LIMIT $3"#,
            poll,
            slot,
            limit
        )
        .fetch_all(&self.reader)
        .await
        .map_err(|error| self.error(error))?
        .into_iter()
        .map(Row::record)
        .collect()
    }

    async fn casters(&self, poll: PollId, first: i64, last: i64) -> Result<Vec<(AccountId, i64, Timestamp)>> {
        let poll = poll.as_bytes();
        let found = sqlx::query!(
            r#"SELECT a.id AS "id!", b.number AS "number!", b.at AS "at!"
               FROM poll_ballots b JOIN poll_slots s ON s.poll_id = b.poll_id AND s.slot = b.slot
               JOIN accounts a ON a.person_id = s.person_id
               WHERE b.poll_id = $1 AND b.leaf BETWEEN $2 AND $3 AND NOT b.challenged ORDER BY b.leaf"#,
            poll,
            first,
            last
        )
        .fetch_all(&self.reader)
        .await
        .map_err(|error| self.error(error))?;
        found.into_iter().map(|row| Ok((rows::id(row.id, "accounts.id")?, row.number, Timestamp(row.at)))).collect()
    }

    async fn ask_reissue(&self, poll: PollId, reissue: &Reissue) -> Result<()> {
        self.upsert_reissue(poll, reissue).await
    }

    async fn reissue_of(&self, poll: PollId, slot: i64) -> Result<Option<Reissue>> {
        self.select_reissue(poll, slot).await
    }

    async fn reissues(&self, area: AreaId) -> Result<Vec<ReissueRecord>> {
        self.select_reissues(area).await
    }
}

/// Votes for one transaction.
struct Batch<'a> {
    poll: PollId,
    at: Timestamp,
    votes: &'a [Vote],
    job: JobFor<'a>,
    seal: Seal<'a>,
}

impl Batch<'_> {
    /// Judges and writes them. Without `points`, a point that the board has is a conflict, and nothing is written.
    async fn append(&self, store: &SqlStore, points: bool) -> Result<Vec<VoteOutcome>> {
        let Self { poll, at, votes, job, seal } = *self;
        let mut tx = dialect::begin(store).await?;
        let locked = append::lock(store, &mut tx, poll).await?;
        let Some(locked) = locked.filter(|locked| locked.head.taking && at.0 < locked.closes_at) else {
            return Ok(vec![VoteOutcome::Refused(VoteRefusal::NotOpen); votes.len()]);
        };
        let known = known::read(store, &mut tx, poll, votes, points).await?;
        let first = locked.head.size;
        let mut judge = Judge::new(known, first);
        let outcomes: Vec<VoteOutcome> = votes.iter().map(|vote| judge.judge(vote)).collect();
        let recorded = votes.iter().zip(&outcomes).filter(|(_, outcome)| matches!(outcome, VoteOutcome::Recorded(_)));
        let recorded: Vec<&Vote> = recorded.map(|(vote, _)| vote).collect();
        if recorded.is_empty() {
            return Ok(outcomes);
        }
        let entries: Vec<_> = recorded.iter().map(|vote| &vote.entry).collect();
        append::append(store, &mut tx, poll, at, locked, &entries, false, seal).await?;
        write::votes(store, &mut tx, poll, at, first, &recorded).await?;
        write::slots(store, &mut tx, poll, at, &judge).await?;
        let mut work: Vec<_> = recorded.iter().flat_map(|vote| vote.with.jobs.iter().cloned()).collect();
        work.extend((judge.cast > 0).then(|| job(first)));
        jobs::insert(store, &mut tx, &work).await?;
        for entry in recorded.iter().filter_map(|vote| vote.with.audit.as_ref()) {
            audit::append(store, &mut tx, entry).await?;
        }
        dialect::commit(store, tx).await?;
        Ok(outcomes)
    }
}
