//! The audit log. [`append`] is called inside the transaction of the change it tells of.

use crate::{SqlStore, dialect, dialect::Tx, sql::rows};
use async_trait::async_trait;
use store::{Audit, AuditEntry, AuditHead, AuditRecord, Result, link};
use types::Timestamp;

/// Appends an entry. Locks the chain's head until the transaction ends, so call it last.
pub(crate) async fn append(store: &SqlStore, tx: &mut Tx, entry: &AuditEntry) -> Result<()> {
    let head = sqlx::query_as!(
        Head,
        r#"UPDATE audit_head SET seq = seq + 1 WHERE id = 1 RETURNING seq AS "seq!", hash AS "hash!""#
    )
    .fetch_one(&mut **tx)
    .await
    .map_err(|error| store.error(error))?;
    let hash = link(&head.hash, head.seq, entry);
    let actor = entry.actor.as_ref().map(types::ids::AccountId::as_bytes);
    let area = entry.area.as_ref().map(types::ids::AreaId::as_bytes);
    sqlx::query!(
        "INSERT INTO audit (seq, at, actor, action, object, area_id, detail, prev_hash, hash)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        head.seq,
        entry.at.0,
        actor,
        entry.action,
        entry.object,
        area,
        entry.detail,
        head.hash,
        hash
    )
    .execute(&mut **tx)
    .await
    .map_err(|error| store.error(error))?;
    sqlx::query!("UPDATE audit_head SET hash = $1 WHERE id = 1", hash)
        .execute(&mut **tx)
        .await
        .map_err(|error| store.error(error))?;
    Ok(())
}

struct Head {
    seq: i64,
    hash: Vec<u8>,
}

#[derive(sqlx::FromRow)]
struct Row {
    seq: i64,
    at: i64,
    actor: Option<Vec<u8>>,
    action: String,
    object: String,
    area_id: Option<Vec<u8>>,
    detail: String,
    prev_hash: Vec<u8>,
    hash: Vec<u8>,
}

impl Row {
    fn record(self) -> Result<AuditRecord> {
        Ok(AuditRecord {
            seq: self.seq,
            entry: AuditEntry {
                at: Timestamp(self.at),
                actor: rows::optional_id(self.actor, "audit.actor")?,
                action: self.action,
                object: self.object,
                area: rows::optional_id(self.area_id, "audit.area_id")?,
                detail: self.detail,
            },
            prev_hash: self.prev_hash,
            hash: self.hash,
        })
    }
}

const PAGE: &str = "SELECT a.seq, a.at, a.actor, a.action, a.object, a.area_id, a.detail, a.prev_hash, a.hash
    FROM audit a JOIN areas r ON r.id = a.area_id
    WHERE r.path >= $1 AND r.path < $2 AND a.seq < $3 ORDER BY a.seq DESC LIMIT $4";

const PAGE_WITH_UNPLACED: &str =
    "SELECT a.seq, a.at, a.actor, a.action, a.object, a.area_id, a.detail, a.prev_hash, a.hash
    FROM audit a LEFT JOIN areas r ON r.id = a.area_id
    WHERE (r.path >= $1 AND r.path < $2 OR a.area_id IS NULL) AND a.seq < $3 ORDER BY a.seq DESC LIMIT $4";

#[async_trait]
impl Audit for SqlStore {
    async fn audit(&self, entry: &AuditEntry) -> Result<()> {
        let mut tx = dialect::begin(self).await?;
        append(self, &mut tx, entry).await?;
        dialect::commit(self, tx).await
    }

    async fn audit_chain(&self, after: i64, limit: i64) -> Result<Vec<AuditRecord>> {
        sqlx::query_as!(
            Row,
            r#"SELECT seq AS "seq!", at AS "at!", actor AS "actor?", action AS "action!", object AS "object!",
                      area_id AS "area_id?", detail AS "detail!", prev_hash AS "prev_hash!", hash AS "hash!"
               FROM audit WHERE seq > $1 ORDER BY seq LIMIT $2"#,
            after,
            limit
        )
        .fetch_all(&self.reader)
        .await
        .map_err(|error| self.error(error))?
        .into_iter()
        .map(Row::record)
        .collect()
    }

    async fn audit_page(&self, path: &str, unplaced: bool, before: i64, limit: i64) -> Result<Vec<AuditRecord>> {
        let rows: Vec<Row> = sqlx::query_as(if unplaced { PAGE_WITH_UNPLACED } else { PAGE })
            .bind(path)
            .bind(rows::path_end(path))
            .bind(before)
            .bind(limit)
            .fetch_all(&self.reader)
            .await
            .map_err(|error| self.error(error))?;
        rows.into_iter().map(Row::record).collect()
    }

    async fn audit_head(&self) -> Result<AuditHead> {
        let head = sqlx::query_as!(Head, r#"SELECT seq AS "seq!", hash AS "hash!" FROM audit_head WHERE id = 1"#)
            .fetch_one(&self.reader)
            .await
            .map_err(|error| self.error(error))?;
        Ok(AuditHead { seq: head.seq, hash: head.hash })
    }
}
