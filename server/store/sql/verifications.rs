//! Proving who one is.

use crate::{
    Db, SqlStore, dialect,
    dialect::Tx,
    sql::{accounts, audit, jobs, list, rows},
};
use async_trait::async_trait;
use sqlx::{QueryBuilder, Row as _};
use store::{
    Account, AuditEntry, CodeHolder, NewCode, NewJob, Proof, Result, StoreError, Verification, Verifications, Verified,
};
use types::{
    Timestamp,
    ids::{AccountId, HouseholdId, PersonId},
};

/// Uses up what the person proved themselves with; false if it is gone.
async fn use_up(store: &SqlStore, tx: &mut Tx, verification: &Verification) -> Result<bool> {
    let now = verification.at.0;
    let used = match &verification.proof {
        Proof::Code(hash) => {
            let person = verification.person.as_bytes();
            sqlx::query!(
                "UPDATE codes SET used_at = $1 WHERE person_id = $2 AND code_hash = $3 AND used_at IS NULL AND expires_at > $1",
                now,
                person,
                hash
            )
            .execute(&mut **tx)
            .await
        }
        Proof::Ticket(hash) => {
            let account = verification.account.as_bytes();
            sqlx::query!(
                "DELETE FROM desk_tickets WHERE account_id = $1 AND token_hash = $2 AND expires_at > $3",
                account,
                hash,
                now
            )
            .execute(&mut **tx)
            .await
        }
        Proof::Operator => return Ok(true),
    };
    Ok(used.map_err(|error| store.error(error))?.rows_affected() == 1)
}

/// Takes the person from other accounts: all of them, or those whose verification has expired.
async fn take_from_others(store: &SqlStore, tx: &mut Tx, verification: &Verification) -> Result<Option<AccountId>> {
    let (account, person) = (verification.account.as_bytes(), verification.person.as_bytes());
    let expired_by = if verification.hand_over { i64::MAX } else { verification.at.0 };
    sqlx::query_scalar!(
        r#"UPDATE accounts SET person_id = NULL, verified_at = NULL, verified_until = NULL, verified_by = NULL
           WHERE person_id = $1 AND id <> $2 AND verified_until <= $3 RETURNING id AS "id!""#,
        person,
        account,
        expired_by
    )
    .fetch_optional(&mut **tx)
    .await
    .map_err(|error| store.error(error))?
    .map(|id| rows::id(id, "accounts.id"))
    .transpose()
}

#[async_trait]
impl Verifications for SqlStore {
    async fn code_holders(
        &self,
        name_key: &str,
        building_key: &str,
        unit: &str,
        room: &str,
    ) -> Result<Vec<CodeHolder>> {
        // A city has the same address in many estates: whoever has the name comes before the limit.
        sqlx::query(
            "SELECT p.id, p.name_key, h.id, b.id, b.name, c.code_hash, c.expires_at, h.locked_at
             FROM areas b JOIN households h ON h.area_id = b.id AND h.unit = $2 AND h.room = $3
             JOIN persons p ON p.household_id = h.id
             LEFT JOIN codes c ON c.person_id = p.id AND c.used_at IS NULL
             WHERE b.name_key = $1 AND b.kind = 'building'
             ORDER BY CASE WHEN p.name_key = $4 THEN 0 ELSE 1 END LIMIT 200",
        )
        .bind(building_key)
        .bind(unit)
        .bind(room)
        .bind(name_key)
        .fetch_all(&self.reader)
        .await
        .map_err(|error| self.error(error))?
        .into_iter()
        .map(|row| {
            Ok(CodeHolder {
                person: rows::id(row.get(0), "persons.id")?,
                name_key: row.get(1),
                household: rows::id(row.get(2), "households.id")?,
                area: rows::id(row.get(3), "areas.id")?,
                building: row.get(4),
                code_hash: row.get(5),
                expires_at: row.get::<Option<i64>, _>(6).map(Timestamp),
                locked: row.get::<Option<i64>, _>(7).is_some(),
            })
        })
        .collect()
    }

    async fn take_try(&self, household: HouseholdId, limit: i64) -> Result<Option<i64>> {
        let household = household.as_bytes();
        sqlx::query_scalar!(
            r#"UPDATE households SET wrong_codes = wrong_codes + 1 WHERE id = $1 AND locked_at IS NULL AND wrong_codes < $2
               RETURNING wrong_codes AS "n!""#,
            household,
            limit
        )
        .fetch_optional(&self.writer)
        .await
        .map_err(|error| self.error(error))
    }

    async fn return_tries(&self, households: &[HouseholdId]) -> Result<()> {
        if households.is_empty() {
            return Ok(());
        }
        let mut query = QueryBuilder::<Db>::new(
            "UPDATE households SET wrong_codes = wrong_codes - 1 WHERE wrong_codes > 0 AND locked_at IS NULL AND id IN ",
        );
        list::push(&mut query, households.iter().map(|household| household.0.to_vec()));
        query.build().execute(&self.writer).await.map_err(|error| self.error(error))?;
        Ok(())
    }

    async fn lock_household(
        &self,
        household: HouseholdId,
        now: Timestamp,
        entry: &AuditEntry,
        notice: &NewJob,
    ) -> Result<bool> {
        let mut tx = dialect::begin(self).await?;
        let household = household.as_bytes();
        let done =
            sqlx::query!("UPDATE households SET locked_at = $1 WHERE id = $2 AND locked_at IS NULL", now.0, household)
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

    async fn issue_codes(&self, codes: &[NewCode], at: Timestamp, until: Timestamp, entry: &AuditEntry) -> Result<()> {
        let mut tx = dialect::begin(self).await?;
        for some in codes.chunks(1000) {
            let mut query = QueryBuilder::<Db>::new("INSERT INTO codes (person_id, code_hash, issued_at, expires_at) ");
            query.push_values(some, |mut row, code| {
                row.push_bind(code.person.as_bytes()).push_bind(&code.hash).push_bind(at.0).push_bind(until.0);
            });
            query.push(
                " ON CONFLICT (person_id) DO UPDATE SET code_hash = excluded.code_hash, issued_at = excluded.issued_at,
                  expires_at = excluded.expires_at, used_at = NULL",
            );
            query.build().execute(&mut *tx).await.map_err(|error| self.error(error))?;
            let mut query = QueryBuilder::<Db>::new(
                "UPDATE households SET wrong_codes = 0, locked_at = NULL WHERE id IN (SELECT household_id FROM persons WHERE id IN ",
            );
            list::push(&mut query, some.iter().map(|code| code.person.0.to_vec()));
            query.push(")");
            query.build().execute(&mut *tx).await.map_err(|error| self.error(error))?;
        }
        audit::append(self, &mut tx, entry).await?;
        dialect::commit(self, tx).await
    }

    async fn verify_account(
        &self,
        verification: &Verification,
        entry: &AuditEntry,
        notices: &[NewJob],
    ) -> Result<Verified> {
        let mut tx = dialect::begin(self).await?;
        if !use_up(self, &mut tx, verification).await? {
            return Ok(Verified::ProofGone);
        }
        let taken_from = take_from_others(self, &mut tx, verification).await?;
        let (account, person) = (verification.account.as_bytes(), verification.person.as_bytes());
        let by = match verification.proof {
            Proof::Code(_) => "code",
            Proof::Ticket(_) => "desk",
            Proof::Operator => "operator",
        };
        let set = sqlx::query!(
            "UPDATE accounts SET person_id = $1, verified_at = $2, verified_until = $3, verified_by = $4
             WHERE id = $5 AND (person_id IS NULL OR person_id = $1 OR verified_until <= $2)",
            person,
            verification.at.0,
            verification.until.0,
            by,
            account
        )
        .execute(&mut *tx)
        .await
        .map_err(|error| self.error(error));
        match set {
            Ok(done) if done.rows_affected() == 1 => {}
            Ok(_) => return Ok(Verified::OtherPerson),
            Err(StoreError::Conflict(name)) if name == "accounts_person" => return Ok(Verified::PersonTaken),
            Err(error) => return Err(error),
        }
        sqlx::query!(
            "UPDATE households SET wrong_codes = 0 WHERE locked_at IS NULL AND id = (SELECT household_id FROM persons WHERE id = $1)",
            person
        )
        .execute(&mut *tx)
        .await
        .map_err(|error| self.error(error))?;
        jobs::insert(self, &mut tx, notices).await?;
        audit::append(self, &mut tx, entry).await?;
        dialect::commit(self, tx).await?;
        Ok(Verified::Done(taken_from))
    }

    async fn release_person(&self, person: PersonId, entry: &AuditEntry) -> Result<Option<AccountId>> {
        let mut tx = dialect::begin(self).await?;
        let id = person.as_bytes();
        let account = sqlx::query_scalar!(
            r#"UPDATE accounts SET person_id = NULL, verified_at = NULL, verified_until = NULL, verified_by = NULL
               WHERE person_id = $1 RETURNING id AS "id!""#,
            id
        )
        .fetch_optional(&mut *tx)
        .await
        .map_err(|error| self.error(error))?;
        let Some(account) = account else { return Ok(None) };
        audit::append(self, &mut tx, entry).await?;
        dialect::commit(self, tx).await?;
        rows::id(account, "accounts.id").map(Some)
    }

    async fn put_ticket(&self, account: AccountId, token_hash: &[u8], expires_at: Timestamp) -> Result<()> {
        let account = account.as_bytes();
        sqlx::query!(
            "INSERT INTO desk_tickets (account_id, token_hash, expires_at) VALUES ($1, $2, $3)
             ON CONFLICT (account_id) DO UPDATE SET token_hash = excluded.token_hash, expires_at = excluded.expires_at",
            account,
            token_hash,
            expires_at.0
        )
        .execute(&self.writer)
        .await
        .map_err(|error| self.error(error))?;
        Ok(())
    }

    async fn ticket_account(&self, token_hash: &[u8], now: Timestamp) -> Result<Option<Account>> {
        sqlx::query_as!(
            accounts::Row,
            r#"SELECT a.id AS "id!", a.login AS "login!", a.password_hash AS "password_hash!", a.language AS "language!",
                      a.email AS "email!", a.email_confirmed_at AS "email_confirmed_at?", a.mail_wanted AS "mail_wanted!",
                      a.person_id AS "person_id?", a.verified_at AS "verified_at?", a.verified_until AS "verified_until?",
                      a.created_at AS "created_at!"
               FROM desk_tickets t JOIN accounts a ON a.id = t.account_id WHERE t.token_hash = $1 AND t.expires_at > $2"#,
            token_hash,
            now.0
        )
        .fetch_optional(&self.reader)
        .await
        .map_err(|error| self.error(error))?
        .map(accounts::Row::account)
        .transpose()
    }
}
