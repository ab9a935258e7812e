//! Reading the board.

use crate::{Db, SqlStore, sql::rows};
use async_trait::async_trait;
use sqlx::{QueryBuilder, Row as _};
use store::{
    Result,
    polls::{Board, Checkpoint, EntryRecord, Head, Seal, Step, TileRecord},
};
use types::{Timestamp, ids::PollId};

struct Row {
    leaf: i64,
    kind: i64,
    bytes: Vec<u8>,
    at: i64,
}

impl From<Row> for EntryRecord {
    fn from(row: Row) -> Self {
        Self { leaf: row.leaf, kind: row.kind, bytes: row.bytes, at: Timestamp(row.at) }
    }
}

#[async_trait]
impl Board for SqlStore {
    async fn head(&self, poll: PollId) -> Result<Option<Head>> {
        let poll = poll.as_bytes();
        let row = sqlx::query!(
            r#"SELECT size AS "size!", root AS "root!", checkpoint AS "checkpoint!", taking AS "taking!", joint_key AS "joint_key?",
                      roll_hash AS "roll_hash?", slots AS "slots!", voted AS "voted!", ballots AS "ballots!",
                      challenged AS "challenged!"
               FROM poll_heads WHERE poll_id = $1"#,
            poll
        )
        .fetch_optional(&self.reader)
        .await
        .map_err(|error| self.error(error))?;
        row.map(|row| {
            Ok(Head {
                size: row.size,
                root: rows::bytes32(row.root, "poll_heads.root")?,
                checkpoint: row.checkpoint,
                taking: row.taking,
                joint_key: rows::optional_bytes32(row.joint_key, "poll_heads.joint_key")?,
                roll_hash: rows::optional_bytes32(row.roll_hash, "poll_heads.roll_hash")?,
                slots: row.slots,
                voted: row.voted,
                ballots: row.ballots,
                challenged: row.challenged,
            })
        })
        .transpose()
    }

    async fn advance(&self, step: &Step, seal: Seal<'_>) -> Result<bool> {
        self.take_step(step, seal).await
    }

    async fn entries(&self, poll: PollId, from: i64, limit: i64) -> Result<Vec<EntryRecord>> {
        let poll = poll.as_bytes();
        let rows = sqlx::query_as!(
            Row,
            r#"SELECT leaf AS "leaf!", kind AS "kind!", bytes AS "bytes!", at AS "at!" FROM poll_entries
               WHERE poll_id = $1 AND leaf >= $2 ORDER BY leaf LIMIT $3"#,
            poll,
            from,
            limit
        )
        .fetch_all(&self.reader)
        .await
        .map_err(|error| self.error(error))?;
        Ok(rows.into_iter().map(EntryRecord::from).collect())
    }

    async fn course(&self, poll: PollId) -> Result<Vec<EntryRecord>> {
        let poll = poll.as_bytes();
        let rows = sqlx::query_as!(
            Row,
            r#"SELECT leaf AS "leaf!", kind AS "kind!", bytes AS "bytes!", at AS "at!" FROM poll_entries
               WHERE poll_id = $1 AND (kind < 11 OR kind > 14) ORDER BY leaf"#,
            poll
        )
        .fetch_all(&self.reader)
        .await
        .map_err(|error| self.error(error))?;
        Ok(rows.into_iter().map(EntryRecord::from).collect())
    }

    async fn entry(&self, poll: PollId, leaf: i64) -> Result<Option<EntryRecord>> {
        let poll = poll.as_bytes();
        let row = sqlx::query_as!(
            Row,
            r#"SELECT leaf AS "leaf!", kind AS "kind!", bytes AS "bytes!", at AS "at!" FROM poll_entries
               WHERE poll_id = $1 AND leaf = $2"#,
            poll,
            leaf
        )
        .fetch_optional(&self.reader)
        .await
        .map_err(|error| self.error(error))?;
        Ok(row.map(EntryRecord::from))
    }

    async fn tiles(&self, poll: PollId, wanted: &[(i64, i64)]) -> Result<Vec<TileRecord>> {
        if wanted.is_empty() {
            return Ok(Vec::new());
        }
        let mut query = QueryBuilder::<Db>::new("SELECT level, position, hashes FROM poll_tiles WHERE poll_id = ");
        query.push_bind(poll.as_bytes()).push(" AND (");
        let mut or = query.separated(" OR ");
        for (level, position) in wanted {
            or.push("(level = ").push_bind_unseparated(*level);
            or.push_unseparated(" AND position = ").push_bind_unseparated(*position).push_unseparated(")");
        }
        query.push(")");
        let rows = query.build().fetch_all(&self.reader).await.map_err(|error| self.error(error))?;
        Ok(rows.iter().map(|row| TileRecord { level: row.get(0), position: row.get(1), hashes: row.get(2) }).collect())
    }

    async fn checkpoints(&self, poll: PollId) -> Result<Vec<Checkpoint>> {
        let poll = poll.as_bytes();
        let rows = sqlx::query!(
            r#"SELECT size AS "size!", checkpoint AS "checkpoint!" FROM poll_checkpoints WHERE poll_id = $1 ORDER BY size"#,
            poll
        )
        .fetch_all(&self.reader)
        .await
        .map_err(|error| self.error(error))?;
        Ok(rows.into_iter().map(|row| Checkpoint { size: row.size, checkpoint: row.checkpoint }).collect())
    }

    async fn last_ballots(&self, poll: PollId, after: i64, limit: i64) -> Result<Vec<(i64, Vec<u8>)>> {
        let poll = poll.as_bytes();
        let rows = sqlx::query!(
            r#"SELECT s.slot AS "slot!", e.bytes AS "bytes!"
               FROM poll_slots s
               JOIN poll_ballots b ON b.poll_id = s.poll_id AND b.slot = s.slot AND b.number = s.number AND NOT b.challenged
               JOIN poll_entries e ON e.poll_id = b.poll_id AND e.leaf = b.leaf
               WHERE s.poll_id = $1 AND s.slot > $2 AND s.number > 0 ORDER BY s.slot LIMIT $3"#,
            poll,
            after,
            limit
        )
        .fetch_all(&self.reader)
        .await
        .map_err(|error| self.error(error))?;
        Ok(rows.into_iter().map(|row| (row.slot, row.bytes)).collect())
    }
}
