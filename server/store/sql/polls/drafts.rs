//! Drafts, their files, clerks' keys.

use crate::{
    SqlStore, dialect,
    sql::{audit, rows},
};
use async_trait::async_trait;
use store::{
    AuditEntry, Result,
    polls::{AttachmentRecord, Bytes32, ClerkRecord, DraftRecord, NewDraft, PollDrafts, TrusteeRecord},
};
use types::{
    Timestamp,
    ids::{AccountId, AreaId, AttachmentId, PollId},
};

struct Row {
    id: Vec<u8>,
    area_id: Vec<u8>,
    area_name: String,
    area_path: String,
    state: String,
    title: String,
    draft: String,
    version: i64,
    updated_at: i64,
}

impl Row {
    fn record(self) -> Result<DraftRecord> {
        Ok(DraftRecord {
            poll: rows::id(self.id, "polls.id")?,
            area: rows::id(self.area_id, "polls.area_id")?,
            area_name: self.area_name,
            area_path: self.area_path,
            state: rows::poll_state(&self.state)?,
            title: self.title,
            draft: self.draft,
            version: self.version,
            updated_at: Timestamp(self.updated_at),
        })
    }
}

struct FileRow {
    id: Vec<u8>,
    poll_id: Vec<u8>,
    name: String,
    mime: String,
    sha256: Vec<u8>,
    size: i64,
}

impl FileRow {
    fn record(self) -> Result<AttachmentRecord> {
        Ok(AttachmentRecord {
            id: rows::id(self.id, "poll_attachments.id")?,
            poll: rows::id(self.poll_id, "poll_attachments.poll_id")?,
            name: self.name,
            mime: self.mime,
            sha256: rows::bytes32(self.sha256, "poll_attachments.sha256")?,
            size: self.size,
        })
    }
}

#[async_trait]
impl PollDrafts for SqlStore {
    async fn create_draft(&self, draft: &NewDraft) -> Result<()> {
        let (poll, area, by) = (draft.poll.as_bytes(), draft.area.as_bytes(), draft.by.as_bytes());
        sqlx::query!(
            "INSERT INTO polls (id, area_id, state, title, draft, version, page, opens_at, closes_at, key_system, key_k, key_n,
                                created_by, created_at, updated_at)
             VALUES ($1, $2, 'draft', $3, $4, 1, '', 0, 0, FALSE, 0, 0, $5, $6, $6)",
            poll,
            area,
            draft.title,
            draft.draft,
            by,
            draft.at.0
        )
        .execute(&self.writer)
        .await
        .map_err(|error| self.error(error))?;
        Ok(())
    }

    async fn drafts(&self, area: AreaId) -> Result<Vec<DraftRecord>> {
        let area = area.as_bytes();
        sqlx::query_as!(
            Row,
            r#"SELECT p.id AS "id!", p.area_id AS "area_id!", r.name AS "area_name!", r.path AS "area_path!", p.state AS "state!",
                      p.title AS "title!", p.draft AS "draft!", p.version AS "version!", p.updated_at AS "updated_at!"
               FROM polls p JOIN areas r ON r.id = p.area_id
               WHERE p.area_id = $1 AND p.state = 'draft' ORDER BY p.updated_at DESC LIMIT 200"#,
            area
        )
        .fetch_all(&self.reader)
        .await
        .map_err(|error| self.error(error))?
        .into_iter()
        .map(Row::record)
        .collect()
    }

    async fn draft_record(&self, poll: PollId) -> Result<Option<DraftRecord>> {
        let poll = poll.as_bytes();
        sqlx::query_as!(
            Row,
            r#"SELECT p.id AS "id!", p.area_id AS "area_id!", r.name AS "area_name!", r.path AS "area_path!", p.state AS "state!",
                      p.title AS "title!", p.draft AS "draft!", p.version AS "version!", p.updated_at AS "updated_at!"
               FROM polls p JOIN areas r ON r.id = p.area_id WHERE p.id = $1"#,
            poll
        )
        .fetch_optional(&self.reader)
        .await
        .map_err(|error| self.error(error))?
        .map(Row::record)
        .transpose()
    }

    async fn save_draft(&self, poll: PollId, version: i64, title: &str, draft: &str, at: Timestamp) -> Result<bool> {
        let poll = poll.as_bytes();
        let done = sqlx::query!(
            "UPDATE polls SET title = $1, draft = $2, version = version + 1, updated_at = $3
             WHERE id = $4 AND version = $5 AND state = 'draft'",
            title,
            draft,
            at.0,
            poll,
            version
        )
        .execute(&self.writer)
        .await
        .map_err(|error| self.error(error))?;
        Ok(done.rows_affected() == 1)
    }

    async fn delete_draft(&self, poll: PollId) -> Result<bool> {
        let poll = poll.as_bytes();
        let mut tx = dialect::begin(self).await?;
        let locked = sqlx::query!("UPDATE polls SET version = version + 1 WHERE id = $1 AND state = 'draft'", poll)
            .execute(&mut *tx)
            .await
            .map_err(|error| self.error(error))?;
        if locked.rows_affected() == 0 {
            return Ok(false);
        }
        sqlx::query!("DELETE FROM poll_attachments WHERE poll_id = $1", poll)
            .execute(&mut *tx)
            .await
            .map_err(|error| self.error(error))?;
        sqlx::query!("DELETE FROM polls WHERE id = $1", poll)
            .execute(&mut *tx)
            .await
            .map_err(|error| self.error(error))?;
        dialect::commit(self, tx).await?;
        Ok(true)
    }

    async fn add_attachment(&self, file: &AttachmentRecord, content: &[u8]) -> Result<bool> {
        let (id, poll, sha256) = (file.id.as_bytes(), file.poll.as_bytes(), file.sha256.as_slice());
        let mut tx = dialect::begin(self).await?;
        let locked = sqlx::query!("UPDATE polls SET version = version WHERE id = $1 AND state = 'draft'", poll)
            .execute(&mut *tx)
            .await
            .map_err(|error| self.error(error))?;
        if locked.rows_affected() == 0 {
            return Ok(false);
        }
        let taken =
            sqlx::query_scalar!(r#"SELECT position AS "position!" FROM poll_attachments WHERE poll_id = $1"#, poll)
                .fetch_all(&mut *tx)
                .await
                .map_err(|error| self.error(error))?;
        let last = taken.iter().max().copied();
        let Some(position) =
            last.map_or(Some(0), |last| (0..10).find(|n| *n > last).or_else(|| (0..10).find(|n| !taken.contains(n))))
        else {
            return Ok(false);
        };
        sqlx::query!(
            "INSERT INTO poll_attachments (id, poll_id, position, name, mime, sha256, size, content)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
            id,
            poll,
            position,
            file.name,
            file.mime,
            sha256,
            file.size,
            content
        )
        .execute(&mut *tx)
        .await
        .map_err(|error| self.error(error))?;
        dialect::commit(self, tx).await?;
        Ok(true)
    }

    async fn remove_attachment(&self, poll: PollId, file: AttachmentId) -> Result<bool> {
        let (poll, file) = (poll.as_bytes(), file.as_bytes());
        let mut tx = dialect::begin(self).await?;
        let locked = sqlx::query!("UPDATE polls SET version = version WHERE id = $1 AND state = 'draft'", poll)
            .execute(&mut *tx)
            .await
            .map_err(|error| self.error(error))?;
        if locked.rows_affected() == 0 {
            return Ok(false);
        }
        let done = sqlx::query!("DELETE FROM poll_attachments WHERE id = $1 AND poll_id = $2", file, poll)
            .execute(&mut *tx)
            .await
            .map_err(|error| self.error(error))?;
        dialect::commit(self, tx).await?;
        Ok(done.rows_affected() == 1)
    }

    async fn attachments(&self, poll: PollId) -> Result<Vec<AttachmentRecord>> {
        let poll = poll.as_bytes();
        sqlx::query_as!(
            FileRow,
            r#"SELECT id AS "id!", poll_id AS "poll_id!", name AS "name!", mime AS "mime!", sha256 AS "sha256!", size AS "size!"
               FROM poll_attachments WHERE poll_id = $1 ORDER BY position"#,
            poll
        )
        .fetch_all(&self.reader)
        .await
        .map_err(|error| self.error(error))?
        .into_iter()
        .map(FileRow::record)
        .collect()
    }

    async fn attachment(&self, poll: PollId, file: AttachmentId) -> Result<Option<(AttachmentRecord, Vec<u8>)>> {
        let (poll, file) = (poll.as_bytes(), file.as_bytes());
        let row = sqlx::query!(
            r#"SELECT id AS "id!", poll_id AS "poll_id!", name AS "name!", mime AS "mime!", sha256 AS "sha256!", size AS "size!",
                      content AS "content!"
               FROM poll_attachments WHERE id = $1 AND poll_id = $2"#,
            file,
            poll
        )
        .fetch_optional(&self.reader)
        .await
        .map_err(|error| self.error(error))?;
        row.map(|row| {
            let (id, poll_id, name, mime, sha256, size) =
                (row.id, row.poll_id, row.name, row.mime, row.sha256, row.size);
            Ok((FileRow { id, poll_id, name, mime, sha256, size }.record()?, row.content))
        })
        .transpose()
    }

    async fn set_clerk_key(&self, account: AccountId, key: &Bytes32, entry: &AuditEntry) -> Result<()> {
        let mut tx = dialect::begin(self).await?;
        let (account, key) = (account.as_bytes(), key.as_slice());
        sqlx::query!(
            "INSERT INTO clerk_keys (account_id, public_key, registered_at) VALUES ($1, $2, $3)
             ON CONFLICT (account_id) DO UPDATE SET public_key = excluded.public_key, registered_at = excluded.registered_at",
            account,
            key,
            entry.at.0
        )
        .execute(&mut *tx)
        .await
        .map_err(|error| self.error(error))?;
        audit::append(self, &mut tx, entry).await?;
        dialect::commit(self, tx).await
    }

    async fn clerk_key(&self, account: AccountId) -> Result<Option<(Bytes32, Timestamp)>> {
        let account = account.as_bytes();
        let row = sqlx::query!(
            r#"SELECT public_key AS "public_key!", registered_at AS "registered_at!" FROM clerk_keys WHERE account_id = $1"#,
            account
        )
        .fetch_optional(&self.reader)
        .await
        .map_err(|error| self.error(error))?;
        row.map(|row| Ok((rows::bytes32(row.public_key, "clerk_keys.public_key")?, Timestamp(row.registered_at))))
            .transpose()
    }

    async fn clerks_with_keys(&self, path: &str) -> Result<Vec<ClerkRecord>> {
        self.select_clerks(path).await
    }

    async fn trustee_choices(&self, path: &str) -> Result<Vec<TrusteeRecord>> {
        self.select_trustees(path).await
    }
}
