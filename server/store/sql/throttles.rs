//! Tries within a window, and forgetting what is over.

use crate::{SqlStore, dialect};
use async_trait::async_trait;
use store::{Hits, Result, Throttles};
use types::Timestamp;

#[async_trait]
impl Throttles for SqlStore {
    async fn hit(&self, key: &[u8], now: Timestamp, window_ms: i64) -> Result<Hits> {
        let window_end = now.plus_ms(window_ms);
        let row = sqlx::query!(
            r#"INSERT INTO throttles (key, window_start, window_end, hits) VALUES ($1, $2, $3, 1)
               ON CONFLICT (key) DO UPDATE SET
                 hits = CASE WHEN throttles.window_end <= excluded.window_start THEN 1 ELSE throttles.hits + 1 END,
                 window_start = CASE WHEN throttles.window_end <= excluded.window_start THEN excluded.window_start ELSE throttles.window_start END,
                 window_end = CASE WHEN throttles.window_end <= excluded.window_start THEN excluded.window_end ELSE throttles.window_end END
               RETURNING hits AS "hits!", window_end AS "window_end!""#,
            key,
            now.0,
            window_end.0
        )
        .fetch_one(&self.writer)
        .await
        .map_err(|error| self.error(error))?;
        Ok(Hits { count: row.hits, window_end: Timestamp(row.window_end) })
    }

    async fn unhit(&self, key: &[u8]) -> Result<()> {
        sqlx::query("UPDATE throttles SET hits = hits - 1 WHERE key = $1 AND hits > 0")
            .bind(key)
            .execute(&self.writer)
            .await
            .map_err(|error| self.error(error))?;
        Ok(())
    }

    async fn forgive(&self, key: &[u8]) -> Result<()> {
        sqlx::query!("DELETE FROM throttles WHERE key = $1", key)
            .execute(&self.writer)
            .await
            .map_err(|error| self.error(error))?;
        Ok(())
    }

    async fn sweep(&self, now: Timestamp) -> Result<()> {
        let mut tx = dialect::begin(self).await?;
        sqlx::query!("DELETE FROM sessions WHERE expires_at <= $1", now.0)
            .execute(&mut *tx)
            .await
            .map_err(|error| self.error(error))?;
        sqlx::query!("DELETE FROM throttles WHERE window_end <= $1", now.0)
            .execute(&mut *tx)
            .await
            .map_err(|error| self.error(error))?;
        sqlx::query!("DELETE FROM desk_tickets WHERE expires_at <= $1", now.0)
            .execute(&mut *tx)
            .await
            .map_err(|error| self.error(error))?;
        dialect::commit(self, tx).await
    }
}
