//! Signed-in devices.

use crate::{
    Db, SqlStore, dialect,
    dialect::Tx,
    sql::{list, rows},
};
use async_trait::async_trait;
use sqlx::{QueryBuilder, Row as _};
use std::collections::HashMap;
use store::{FoundSession, NewSession, Result, Session, Sessions};
use types::{
    Timestamp,
    ids::{AccountId, SessionId},
};

/// Signs a device in, inside a transaction.
pub(super) async fn insert(store: &SqlStore, tx: &mut Tx, session: &NewSession) -> Result<()> {
    let (id, account) = (session.id.as_bytes(), session.account.as_bytes());
    sqlx::query!(
        "INSERT INTO sessions (id, account_id, token_hash, device, created_at, seen_at, expires_at) VALUES ($1, $2, $3, $4, $5, $5, $6)",
        id,
        account,
        session.token_hash,
        session.device,
        session.at.0,
        session.expires_at.0
    )
    .execute(&mut **tx)
    .await
    .map_err(|error| store.error(error))?;
    sqlx::query!(
        "DELETE FROM sessions WHERE id IN (
           SELECT id FROM sessions WHERE account_id = $1 AND id <> $2 ORDER BY seen_at DESC LIMIT 1000 OFFSET 49)",
        account,
        id
    )
    .execute(&mut **tx)
    .await
    .map_err(|error| store.error(error))?;
    Ok(())
}

/// Ends all of an account's sessions but `keep`, inside a transaction.
pub(super) async fn end_all(store: &SqlStore, tx: &mut Tx, account: AccountId, keep: Option<SessionId>) -> Result<()> {
    let account = account.as_bytes();
    // No session has the empty id.
    let keep = keep.map_or(Vec::new(), |id| id.0.to_vec());
    sqlx::query!("DELETE FROM sessions WHERE account_id = $1 AND id <> $2", account, keep)
        .execute(&mut **tx)
        .await
        .map_err(|error| store.error(error))?;
    Ok(())
}

#[async_trait]
impl Sessions for SqlStore {
    async fn create_session(&self, session: &NewSession) -> Result<()> {
        let mut tx = dialect::begin(self).await?;
        insert(self, &mut tx, session).await?;
        dialect::commit(self, tx).await
    }

    async fn sessions_by_token(&self, token_hashes: &[[u8; 32]], now: Timestamp) -> Result<Vec<Option<FoundSession>>> {
        if token_hashes.is_empty() {
            return Ok(Vec::new());
        }
        let mut query = QueryBuilder::<Db>::new(
            "SELECT s.token_hash, s.id, s.account_id, s.seen_at, CASE WHEN a.verified_until > ",
        );
        query
            .push_bind(now.0)
            .push(" THEN a.person_id END FROM sessions s JOIN accounts a ON a.id = s.account_id WHERE s.expires_at > ");
        query.push_bind(now.0).push(" AND s.token_hash IN ");
        list::push(&mut query, token_hashes.iter().map(|hash| hash.to_vec()));
        let mut found = HashMap::new();
        for row in query.build().fetch_all(&self.reader).await.map_err(|error| self.error(error))? {
            let session = FoundSession {
                id: rows::id(row.get(1), "sessions.id")?,
                account: rows::id(row.get(2), "sessions.account_id")?,
                person: rows::optional_id(row.get(4), "accounts.person_id")?,
                seen_at: Timestamp(row.get(3)),
            };
            found.insert(rows::bytes32(row.get(0), "sessions.token_hash")?, session);
        }
        Ok(token_hashes.iter().map(|hash| found.get(hash).cloned()).collect())
    }

    async fn touch_session(&self, session: SessionId, now: Timestamp, expires_at: Timestamp) -> Result<()> {
        let session = session.as_bytes();
        sqlx::query!("UPDATE sessions SET seen_at = $1, expires_at = $2 WHERE id = $3", now.0, expires_at.0, session)
            .execute(&self.writer)
            .await
            .map_err(|error| self.error(error))?;
        Ok(())
    }

    async fn sessions(&self, account: AccountId, now: Timestamp) -> Result<Vec<Session>> {
        let account = account.as_bytes();
        sqlx::query!(
            r#"SELECT id AS "id!", device AS "device!", created_at AS "created_at!", seen_at AS "seen_at!"
               FROM sessions WHERE account_id = $1 AND expires_at > $2 ORDER BY seen_at DESC, id"#,
            account,
            now.0
        )
        .fetch_all(&self.reader)
        .await
        .map_err(|error| self.error(error))?
        .into_iter()
        .map(|row| {
            Ok(Session {
                id: rows::id(row.id, "sessions.id")?,
                device: row.device,
                created_at: Timestamp(row.created_at),
                seen_at: Timestamp(row.seen_at),
            })
        })
        .collect()
    }

    async fn end_session(&self, account: AccountId, session: SessionId) -> Result<bool> {
        let (account, session) = (account.as_bytes(), session.as_bytes());
        let done = sqlx::query!("DELETE FROM sessions WHERE id = $1 AND account_id = $2", session, account)
            .execute(&self.writer)
            .await
            .map_err(|error| self.error(error))?;
        Ok(done.rows_affected() == 1)
    }

    async fn end_sessions(&self, account: AccountId, keep: Option<SessionId>) -> Result<()> {
        let mut tx = dialect::begin(self).await?;
        end_all(self, &mut tx, account, keep).await?;
        dialect::commit(self, tx).await
    }
}
