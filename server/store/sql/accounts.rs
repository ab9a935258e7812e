//! Accounts.

use crate::{
    SqlStore, dialect,
    sql::{audit, jobs, rows, sessions},
};
use async_trait::async_trait;
use store::{Account, Accounts, AuditEntry, NewAccount, NewJob, NewSession, Result, Standing, StoreError};
use types::{
    Timestamp,
    identity::Role,
    ids::{AccountId, PersonId, SessionId},
};

pub(super) struct Row {
    pub(super) id: Vec<u8>,
    pub(super) login: String,
    pub(super) password_hash: String,
    pub(super) language: String,
    pub(super) email: String,
    pub(super) email_confirmed_at: Option<i64>,
    pub(super) mail_wanted: bool,
    pub(super) person_id: Option<Vec<u8>>,
    pub(super) verified_at: Option<i64>,
    pub(super) verified_until: Option<i64>,
    pub(super) created_at: i64,
}

impl Row {
    pub(super) fn account(self) -> Result<Account> {
        Ok(Account {
            id: rows::id(self.id, "accounts.id")?,
            login: self.login,
            password_hash: self.password_hash,
            language: self.language,
            email: self.email,
            email_confirmed_at: self.email_confirmed_at.map(Timestamp),
            mail_wanted: self.mail_wanted,
            person: rows::optional_id(self.person_id, "accounts.person_id")?,
            verified_at: self.verified_at.map(Timestamp),
            verified_until: self.verified_until.map(Timestamp),
            created_at: Timestamp(self.created_at),
        })
    }
}

#[async_trait]
impl Accounts for SqlStore {
    async fn create_account(
        &self,
        account: &NewAccount,
        session: Option<&NewSession>,
        entry: &AuditEntry,
    ) -> Result<()> {
        let mut tx = dialect::begin(self).await?;
        let id = account.id.as_bytes();
        sqlx::query!(
            "INSERT INTO accounts (id, login, password_hash, language, mail_wanted, created_at) VALUES ($1, $2, $3, $4, $5, $6)",
            id,
            account.login,
            account.password_hash,
            account.language,
            true,
            account.at.0
        )
        .execute(&mut *tx)
        .await
        .map_err(|error| self.error(error))?;
        if let Some(session) = session {
            sessions::insert(self, &mut tx, session).await?;
        }
        audit::append(self, &mut tx, entry).await?;
        dialect::commit(self, tx).await
    }

    async fn account(&self, account: AccountId) -> Result<Option<Account>> {
        let account = account.as_bytes();
        sqlx::query_as!(
            Row,
            r#"SELECT id AS "id!", login AS "login!", password_hash AS "password_hash!", language AS "language!", email AS "email!",
                      email_confirmed_at AS "email_confirmed_at?", mail_wanted AS "mail_wanted!", person_id AS "person_id?",
                      verified_at AS "verified_at?", verified_until AS "verified_until?", created_at AS "created_at!"
               FROM accounts WHERE id = $1"#,
            account
        )
        .fetch_optional(&self.reader)
        .await
        .map_err(|error| self.error(error))?
        .map(Row::account)
        .transpose()
    }

    async fn account_by_login(&self, login: &str) -> Result<Option<Account>> {
        sqlx::query_as!(
            Row,
            r#"SELECT id AS "id!", login AS "login!", password_hash AS "password_hash!", language AS "language!", email AS "email!",
                      email_confirmed_at AS "email_confirmed_at?", mail_wanted AS "mail_wanted!", person_id AS "person_id?",
                      verified_at AS "verified_at?", verified_until AS "verified_until?", created_at AS "created_at!"
               FROM accounts WHERE login = $1"#,
            login
        )
        .fetch_optional(&self.reader)
        .await
        .map_err(|error| self.error(error))?
        .map(Row::account)
        .transpose()
    }

    async fn account_of_person(&self, person: PersonId) -> Result<Option<Account>> {
        let person = person.as_bytes();
        sqlx::query_as!(
            Row,
            r#"SELECT id AS "id!", login AS "login!", password_hash AS "password_hash!", language AS "language!", email AS "email!",
                      email_confirmed_at AS "email_confirmed_at?", mail_wanted AS "mail_wanted!", person_id AS "person_id?",
                      verified_at AS "verified_at?", verified_until AS "verified_until?", created_at AS "created_at!"
               FROM accounts WHERE person_id = $1"#,
            person
        )
        .fetch_optional(&self.reader)
        .await
        .map_err(|error| self.error(error))?
        .map(Row::account)
        .transpose()
    }

    async fn set_password(
        &self,
        account: AccountId,
        hash: &str,
        keep: Option<SessionId>,
        entry: &AuditEntry,
    ) -> Result<()> {
        let mut tx = dialect::begin(self).await?;
        let id = account.as_bytes();
        sqlx::query!("UPDATE accounts SET password_hash = $1 WHERE id = $2", hash, id)
            .execute(&mut *tx)
            .await
            .map_err(|error| self.error(error))?;
        sessions::end_all(self, &mut tx, account, keep).await?;
        audit::append(self, &mut tx, entry).await?;
        dialect::commit(self, tx).await
    }

    async fn set_mail(
        &self,
        account: AccountId,
        email: &str,
        wanted: bool,
        language: &str,
        confirmation: Option<&NewJob>,
    ) -> Result<()> {
        let mut tx = dialect::begin(self).await?;
        let id = account.as_bytes();
        sqlx::query!(
            "UPDATE accounts SET email_confirmed_at = CASE WHEN email = $1 THEN email_confirmed_at ELSE NULL END,
                    email = $1, mail_wanted = $2, language = $3 WHERE id = $4",
            email,
            wanted,
            language,
            id
        )
        .execute(&mut *tx)
        .await
        .map_err(|error| self.error(error))?;
        if let Some(job) = confirmation {
            jobs::insert(self, &mut tx, std::slice::from_ref(job)).await?;
        }
        dialect::commit(self, tx).await
    }

    async fn confirm_email(&self, account: AccountId, email: &str, now: Timestamp) -> Result<bool> {
        let id = account.as_bytes();
        let done =
            sqlx::query!("UPDATE accounts SET email_confirmed_at = $1 WHERE id = $2 AND email = $3", now.0, id, email)
                .execute(&self.writer)
                .await
                .map_err(|error| self.error(error))?;
        Ok(done.rows_affected() == 1)
    }

    async fn unsubscribe(&self, account: AccountId) -> Result<()> {
        let id = account.as_bytes();
        sqlx::query!("UPDATE accounts SET mail_wanted = $1 WHERE id = $2", false, id)
            .execute(&self.writer)
            .await
            .map_err(|error| self.error(error))?;
        Ok(())
    }

    async fn standing(&self, account: AccountId, now: Timestamp) -> Result<Standing> {
        let id = account.as_bytes();
        let home = sqlx::query_scalar!(
            r#"SELECT r.path AS "path!" FROM accounts a JOIN persons p ON p.id = a.person_id
               JOIN households h ON h.id = p.household_id JOIN areas r ON r.id = h.area_id
               WHERE a.id = $1 AND a.verified_until > $2"#,
            id,
            now.0
        )
        .fetch_optional(&self.reader)
        .await
        .map_err(|error| self.error(error))?;
        let grants = sqlx::query!(
            r#"SELECT g.role AS "role!", r.path AS "path!" FROM role_grants g JOIN areas r ON r.id = g.area_id WHERE g.account_id = $1"#,
            id
        )
        .fetch_all(&self.reader)
        .await
        .map_err(|error| self.error(error))?
        .into_iter()
        .map(|row| Ok((Role::from_name(&row.role).ok_or(StoreError::Corrupt("role_grants.role"))?, row.path)))
        .collect::<Result<_>>()?;
        Ok(Standing { home, grants })
    }
}
