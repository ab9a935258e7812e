//! Is the database there, and is it ours?

use crate::{SqlStore, dialect};
use async_trait::async_trait;
use store::{Health, Result};

#[async_trait]
impl Health for SqlStore {
    async fn ping(&self) -> Result<()> {
        sqlx::query_scalar!(r#"SELECT COUNT(*) AS "n!: i64" FROM installation"#)
            .fetch_one(&self.reader)
            .await
            .map_err(|error| self.error(error))?;
        Ok(())
    }

    async fn pin_key(&self, fingerprint: &[u8]) -> Result<bool> {
        let mut tx = dialect::begin(self).await?;
        sqlx::query!(
            "INSERT INTO installation (id, key_fingerprint) VALUES (1, $1) ON CONFLICT (id) DO NOTHING",
            fingerprint
        )
        .execute(&mut *tx)
        .await
        .map_err(|error| self.error(error))?;
        let pinned = sqlx::query_scalar!(r#"SELECT key_fingerprint AS "key!" FROM installation WHERE id = 1"#)
            .fetch_one(&mut *tx)
            .await
            .map_err(|error| self.error(error))?;
        dialect::commit(self, tx).await?;
        Ok(pinned == fingerprint)
    }
}
