//! What the committee's workbench counts.

use crate::{SqlStore, sql::rows};
use async_trait::async_trait;
use store::{Result, Workbench};
use types::ids::PollId;

#[async_trait]
impl Workbench for SqlStore {
    async fn first_votes(&self, poll: PollId, span: i64) -> Result<Vec<(i64, i64)>> {
        let poll = poll.as_bytes();
        let rows = sqlx::query!(
            r#"SELECT at / $2 AS "span!: i64", COUNT(*) AS "slots!: i64" FROM poll_ballots
               WHERE poll_id = $1 AND number = 1 AND NOT challenged GROUP BY 1 ORDER BY 1"#,
            poll,
            span
        )
        .fetch_all(&self.reader)
        .await
        .map_err(|error| self.error(error))?;
        Ok(rows.into_iter().map(|row| (row.span, row.slots)).collect())
    }

    async fn locked_households(&self, path: &str, limit: i64) -> Result<Vec<[String; 3]>> {
        let end = rows::path_end(path);
        let rows = sqlx::query!(
            r#"SELECT a.name AS "building!", h.unit AS "unit!", h.room AS "room!"
               FROM households h JOIN areas a ON a.id = h.area_id
               WHERE h.locked_at IS NOT NULL AND a.path >= $1 AND a.path < $2 ORDER BY h.locked_at LIMIT $3"#,
            path,
            end,
            limit
        )
        .fetch_all(&self.reader)
        .await
        .map_err(|error| self.error(error))?;
        Ok(rows.into_iter().map(|row| [row.building, row.unit, row.room]).collect())
    }
}
