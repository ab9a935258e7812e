//! Roles.

use crate::{
    SqlStore, dialect,
    sql::{audit, jobs, rows},
};
use async_trait::async_trait;
use store::{AuditEntry, Grant, NewJob, Result, Roles, StoreError};
use types::{
    Timestamp,
    identity::Role,
    ids::{AccountId, AreaId},
};

struct Row {
    account_id: Vec<u8>,
    login: String,
    name: Option<String>,
    role: String,
    area_id: Vec<u8>,
    path: String,
    area_name: String,
    granted_at: i64,
}

impl Row {
    fn grant(self) -> Result<Grant> {
        Ok(Grant {
            account: rows::id(self.account_id, "role_grants.account_id")?,
            login: self.login,
            name: self.name,
            role: Role::from_name(&self.role).ok_or(StoreError::Corrupt("role_grants.role"))?,
            area: rows::id(self.area_id, "role_grants.area_id")?,
            path: self.path,
            area_name: self.area_name,
            granted_at: Timestamp(self.granted_at),
        })
    }
}

#[async_trait]
impl Roles for SqlStore {
    async fn roles_below(&self, path: &str) -> Result<Vec<Grant>> {
        let end = rows::path_end(path);
        sqlx::query_as!(
            Row,
            r#"SELECT g.account_id AS "account_id!", a.login AS "login!", p.name AS "name?", g.role AS "role!", g.area_id AS "area_id!",
                      r.path AS "path!", r.name AS "area_name!", g.granted_at AS "granted_at!"
               FROM areas r JOIN role_grants g ON g.area_id = r.id JOIN accounts a ON a.id = g.account_id
               LEFT JOIN persons p ON p.id = a.person_id
               WHERE r.path >= $1 AND r.path < $2 ORDER BY r.path, g.role, g.granted_at LIMIT 500"#,
            path,
            end
        )
        .fetch_all(&self.reader)
        .await
        .map_err(|error| self.error(error))?
        .into_iter()
        .map(Row::grant)
        .collect()
    }

    async fn roles_of(&self, account: AccountId) -> Result<Vec<Grant>> {
        let account = account.as_bytes();
        sqlx::query_as!(
            Row,
            r#"SELECT g.account_id AS "account_id!", a.login AS "login!", p.name AS "name?", g.role AS "role!", g.area_id AS "area_id!",
                      r.path AS "path!", r.name AS "area_name!", g.granted_at AS "granted_at!"
               FROM role_grants g JOIN areas r ON r.id = g.area_id JOIN accounts a ON a.id = g.account_id
               LEFT JOIN persons p ON p.id = a.person_id
               WHERE g.account_id = $1 ORDER BY r.path, g.role"#,
            account
        )
        .fetch_all(&self.reader)
        .await
        .map_err(|error| self.error(error))?
        .into_iter()
        .map(Row::grant)
        .collect()
    }

    async fn grant_role(
        &self,
        account: AccountId,
        role: Role,
        area: AreaId,
        by: Option<AccountId>,
        entry: &AuditEntry,
        notice: &NewJob,
    ) -> Result<bool> {
        let mut tx = dialect::begin(self).await?;
        let (account, area, role) = (account.as_bytes(), area.as_bytes(), role.as_str());
        let by = by.as_ref().map(AccountId::as_bytes);
        let done = sqlx::query!(
            "INSERT INTO role_grants (account_id, area_id, role, granted_by, granted_at) VALUES ($1, $2, $3, $4, $5)
             ON CONFLICT (account_id, area_id, role) DO NOTHING",
            account,
            area,
            role,
            by,
            entry.at.0
        )
        .execute(&mut *tx)
        .await
        .map_err(|error| self.error(error))?;
        if done.rows_affected() == 0 {
            return Ok(false);
        }
        jobs::insert(self, &mut tx, std::slice::from_ref(notice)).await?;
        audit::append(self, &mut tx, entry).await?;
        dialect::commit(self, tx).await?;
        Ok(true)
    }

    async fn revoke_role(&self, account: AccountId, role: Role, area: AreaId, entry: &AuditEntry) -> Result<bool> {
        let mut tx = dialect::begin(self).await?;
        let (account, area, role) = (account.as_bytes(), area.as_bytes(), role.as_str());
        let done = sqlx::query!(
            "DELETE FROM role_grants WHERE account_id = $1 AND area_id = $2 AND role = $3",
            account,
            area,
            role
        )
        .execute(&mut *tx)
        .await
        .map_err(|error| self.error(error))?;
        if done.rows_affected() == 0 {
            return Ok(false);
        }
        audit::append(self, &mut tx, entry).await?;
        dialect::commit(self, tx).await?;
        Ok(true)
    }
}
