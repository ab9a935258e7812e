//! Inboxes.

use crate::{
    Db, SqlStore, dialect,
    sql::{jobs, list, rows},
};
use async_trait::async_trait;
use sqlx::{QueryBuilder, Row as _};
use std::{collections::HashSet, iter};
use store::{NewJob, Notice, NoticeMail, Notices, Result};
use types::{
    Timestamp,
    ids::{AccountId, NoticeId},
};

struct Row {
    id: Vec<u8>,
    account_id: Vec<u8>,
    kind: String,
    args: String,
    poll_id: Option<Vec<u8>>,
    sent_at: i64,
    read_at: Option<i64>,
}

impl Row {
    fn notice(self) -> Result<Notice> {
        Ok(Notice {
            id: rows::id(self.id, "notices.id")?,
            account: rows::id(self.account_id, "notices.account_id")?,
            kind: self.kind,
            args: self.args,
            poll: rows::optional_id(self.poll_id, "notices.poll_id")?,
            sent_at: Timestamp(self.sent_at),
            read_at: self.read_at.map(Timestamp),
        })
    }
}

#[async_trait]
impl Notices for SqlStore {
    async fn add_notices(&self, notices: &[Notice], mail: &[NewJob]) -> Result<()> {
        let mut tx = dialect::begin(self).await?;
        for (some, mails) in notices.chunks(500).zip(mail.chunks(500).chain(iter::repeat(&[][..]))) {
            let mut query =
                QueryBuilder::<Db>::new("INSERT INTO notices (id, account_id, kind, args, poll_id, sent_at) ");
            query.push_values(some, |mut row, notice| {
                row.push_bind(notice.id.as_bytes())
                    .push_bind(notice.account.as_bytes())
                    .push_bind(&notice.kind)
                    .push_bind(&notice.args)
                    .push_bind(notice.poll.map(|poll| poll.0.to_vec()))
                    .push_bind(notice.sent_at.0);
            });
            query.push(" ON CONFLICT DO NOTHING");
            query.build().execute(&mut *tx).await.map_err(|error| self.error(error))?;

            if mails.is_empty() {
                continue;
            }
            let mut query = QueryBuilder::<Db>::new(
                "SELECT id FROM accounts WHERE email_confirmed_at IS NOT NULL AND mail_wanted AND id IN ",
            );
            list::push(&mut query, some.iter().map(|notice| notice.account.0.to_vec()));
            let wanting = query.build().fetch_all(&mut *tx).await.map_err(|error| self.error(error))?;
            let wanting: HashSet<Vec<u8>> = wanting.iter().map(|row| row.get(0)).collect();
            let mails: Vec<NewJob> = some
                .iter()
                .zip(mails)
                .filter(|(notice, _)| wanting.contains(notice.account.as_bytes()))
                .map(|(_, job)| job.clone())
                .collect();
            jobs::insert(self, &mut tx, &mails).await?;
        }
        dialect::commit(self, tx).await
    }

    async fn notices(
        &self,
        account: AccountId,
        before: Option<(Timestamp, NoticeId)>,
        limit: i64,
    ) -> Result<Vec<Notice>> {
        let account = account.as_bytes();
        let (at, id) = before.map_or((i64::MAX, vec![0xff; 16]), |(at, id)| (at.0, id.0.to_vec()));
        sqlx::query_as!(
            Row,
            r#"SELECT id AS "id!", account_id AS "account_id!", kind AS "kind!", args AS "args!", poll_id AS "poll_id?",
                      sent_at AS "sent_at!", read_at AS "read_at?"
               FROM notices WHERE account_id = $1 AND (sent_at, id) < ($2, $3) ORDER BY sent_at DESC, id DESC LIMIT $4"#,
            account,
            at,
            id,
            limit
        )
        .fetch_all(&self.reader)
        .await
        .map_err(|error| self.error(error))?
        .into_iter()
        .map(Row::notice)
        .collect()
    }

    async fn unread(&self, account: AccountId) -> Result<i64> {
        let account = account.as_bytes();
        sqlx::query_scalar!(
            r#"SELECT COUNT(*) AS "n!: i64" FROM notices WHERE account_id = $1 AND read_at IS NULL"#,
            account
        )
        .fetch_one(&self.reader)
        .await
        .map_err(|error| self.error(error))
    }

    async fn mark_read(&self, account: AccountId, notice: Option<NoticeId>, now: Timestamp) -> Result<()> {
        let account = account.as_bytes();
        let notice = notice.as_ref().map(NoticeId::as_bytes);
        sqlx::query!(
            "UPDATE notices SET read_at = $1 WHERE account_id = $2 AND read_at IS NULL AND id = COALESCE($3, id)",
            now.0,
            account,
            notice
        )
        .execute(&self.writer)
        .await
        .map_err(|error| self.error(error))?;
        Ok(())
    }

    async fn notice_mail(&self, notice: NoticeId) -> Result<Option<NoticeMail>> {
        let notice = notice.as_bytes();
        let row = sqlx::query!(
            r#"SELECT n.id AS "id!", n.account_id AS "account_id!", n.kind AS "kind!", n.args AS "args!", n.poll_id AS "poll_id?",
                      n.sent_at AS "sent_at!", n.read_at AS "read_at?", a.email AS "email!", a.language AS "language!"
               FROM notices n JOIN accounts a ON a.id = n.account_id
               WHERE n.id = $1 AND a.email_confirmed_at IS NOT NULL AND a.mail_wanted"#,
            notice
        )
        .fetch_optional(&self.reader)
        .await
        .map_err(|error| self.error(error))?;
        row.map(|row| {
            let notice = Row {
                id: row.id,
                account_id: row.account_id,
                kind: row.kind,
                args: row.args,
                poll_id: row.poll_id,
                sent_at: row.sent_at,
                read_at: row.read_at,
            };
            Ok(NoticeMail { notice: notice.notice()?, email: row.email, language: row.language })
        })
        .transpose()
    }

    async fn verified_accounts(
        &self,
        path: &str,
        now: Timestamp,
        after: Option<AccountId>,
        limit: i64,
    ) -> Result<Vec<AccountId>> {
        let end = rows::path_end(path);
        let after = after.map_or(Vec::new(), |id| id.0.to_vec());
        sqlx::query_scalar!(
            r#"SELECT a.id AS "id!" FROM accounts a
               JOIN persons p ON p.id = a.person_id
               JOIN households h ON h.id = p.household_id
               JOIN areas r ON r.id = h.area_id
               WHERE r.path >= $1 AND r.path < $2 AND a.verified_until > $3 AND a.id > $4
               ORDER BY a.id LIMIT $5"#,
            path,
            end,
            now.0,
            after,
            limit
        )
        .fetch_all(&self.reader)
        .await
        .map_err(|error| self.error(error))?
        .into_iter()
        .map(|id| rows::id(id, "accounts.id"))
        .collect()
    }

    async fn role_accounts(&self, path: &str, role: &str) -> Result<Vec<AccountId>> {
        sqlx::query_scalar!(
            r#"SELECT g.account_id AS "id!" FROM role_grants g JOIN areas r ON r.id = g.area_id
               WHERE g.role = $1 AND substr($2, 1, length(r.path)) = r.path"#,
            role,
            path
        )
        .fetch_all(&self.reader)
        .await
        .map_err(|error| self.error(error))?
        .into_iter()
        .map(|id| rows::id(id, "role_grants.account_id"))
        .collect()
    }
}
