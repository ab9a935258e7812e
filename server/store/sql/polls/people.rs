//! The people whom a draft can name.

use crate::{SqlStore, sql::rows};
use store::{
    Result,
    polls::{ClerkRecord, TrusteeRecord},
};
use types::Timestamp;

impl SqlStore {
    pub(super) async fn select_clerks(&self, path: &str) -> Result<Vec<ClerkRecord>> {
        let rows = sqlx::query!(
            r#"SELECT k.account_id AS "account_id!", COALESCE(p.name, a.login) AS "name!", k.public_key AS "public_key!",
                      k.registered_at AS "registered_at!"
               FROM clerk_keys k JOIN accounts a ON a.id = k.account_id LEFT JOIN persons p ON p.id = a.person_id
               WHERE k.account_id IN (
                 SELECT g.account_id FROM role_grants g JOIN areas r ON r.id = g.area_id
                 WHERE g.role IN ('clerk', 'committee-lead') AND substr($1, 1, length(r.path)) = r.path)
               ORDER BY k.registered_at, k.account_id LIMIT 200"#,
            path
        )
        .fetch_all(&self.reader)
        .await
        .map_err(|error| self.error(error))?;
        rows.into_iter()
            .map(|row| {
                Ok(ClerkRecord {
                    account: rows::id(row.account_id, "clerk_keys.account_id")?,
                    name: row.name,
                    key: rows::bytes32(row.public_key, "clerk_keys.public_key")?,
                    registered_at: Timestamp(row.registered_at),
                })
            })
            .collect()
    }

    pub(super) async fn select_trustees(&self, path: &str) -> Result<Vec<TrusteeRecord>> {
        let end = rows::path_end(path);
        let rows = sqlx::query!(
            r#"SELECT a.id AS "id!", COALESCE(p.name, a.login) AS "name!",
                      MAX(CASE WHEN g.role = 'supervisor' THEN 1 ELSE 0 END) AS "supervisor!: i64"
               FROM role_grants g JOIN areas r ON r.id = g.area_id JOIN accounts a ON a.id = g.account_id
               LEFT JOIN persons p ON p.id = a.person_id
               WHERE substr($1, 1, length(r.path)) = r.path OR (r.path >= $1 AND r.path < $2)
               GROUP BY a.id, p.name, a.login ORDER BY 3 DESC, 2, 1 LIMIT 200"#,
            path,
            end
        )
        .fetch_all(&self.reader)
        .await
        .map_err(|error| self.error(error))?;
        rows.into_iter()
            .map(|row| {
                let account = rows::id(row.id, "accounts.id")?;
                Ok(TrusteeRecord { account, name: row.name, supervisor: row.supervisor == 1 })
            })
            .collect()
    }
}
