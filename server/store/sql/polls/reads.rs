//! Lists and pages.

use crate::{SqlStore, sql::rows};
use async_trait::async_trait;
use store::{
    Result, StoreError,
    polls::{EventRecord, ListCursor, PollReads, PollRecord, PollRow, RoleInPoll},
};
use types::{
    Timestamp,
    ids::{AccountId, AreaId, PersonId, PollId},
    polls::TimelineKind,
};

struct Row {
    id: Vec<u8>,
    title: String,
    area_id: Vec<u8>,
    area_name: String,
    state: String,
    opens_at: i64,
    closes_at: i64,
    key_system: bool,
    key_k: i64,
    key_n: i64,
    slots: i64,
    voted: i64,
    my_slot: Option<i64>,
    my_last_at: Option<i64>,
}

impl Row {
    fn record(self) -> Result<PollRow> {
        Ok(PollRow {
            poll: rows::id(self.id, "polls.id")?,
            title: self.title,
            area: rows::id(self.area_id, "polls.area_id")?,
            area_name: self.area_name,
            state: rows::poll_state(&self.state)?,
            opens_at: Timestamp(self.opens_at),
            closes_at: Timestamp(self.closes_at),
            key_system: self.key_system,
            key_k: self.key_k,
            key_n: self.key_n,
            slots: self.slots,
            voted: self.voted,
            my_slot: self.my_slot,
            my_last_at: self.my_last_at.map(Timestamp),
        })
    }
}

#[async_trait]
impl PollReads for SqlStore {
    async fn poll(&self, poll: PollId, person: Option<PersonId>) -> Result<Option<PollRecord>> {
        let (poll, person) = (poll.as_bytes(), person.map_or(Vec::new(), |id| id.0.to_vec()));
        let row = sqlx::query!(
            r#"SELECT p.id AS "id!", p.title AS "title!", p.area_id AS "area_id!", r.name AS "area_name!", p.state AS "state!",
                      p.opens_at AS "opens_at!", p.closes_at AS "closes_at!", p.key_system AS "key_system!", p.key_k AS "key_k!",
                      p.key_n AS "key_n!", h.slots AS "slots!", h.voted AS "voted!", s.slot AS "my_slot?", s.last_at AS "my_last_at?",
                      r.path AS "area_path!", p.page AS "page!", p.corrects_id AS "corrects_id?", h.ballots AS "ballots!",
                      h.challenged AS "challenged!", h.size AS "size!", h.joint_key AS "joint_key?",
                      (SELECT c.id FROM polls c WHERE c.corrects_id = p.id AND c.state <> 'draft' ORDER BY c.updated_at DESC LIMIT 1)
                        AS "corrected_by?: Vec<u8>"
               FROM polls p JOIN areas r ON r.id = p.area_id JOIN poll_heads h ON h.poll_id = p.id
               LEFT JOIN poll_slots s ON s.poll_id = p.id AND s.person_id = $2
               WHERE p.id = $1"#,
            poll,
            person
        )
        .fetch_optional(&self.reader)
        .await
        .map_err(|error| self.error(error))?;
        row.map(|row| {
            let line = Row {
                id: row.id,
                title: row.title,
                area_id: row.area_id,
                area_name: row.area_name,
                state: row.state,
                opens_at: row.opens_at,
                closes_at: row.closes_at,
                key_system: row.key_system,
                key_k: row.key_k,
                key_n: row.key_n,
                slots: row.slots,
                voted: row.voted,
                my_slot: row.my_slot,
                my_last_at: row.my_last_at,
            };
            Ok(PollRecord {
                row: line.record()?,
                area_path: row.area_path,
                page: row.page,
                corrects: rows::optional_id(row.corrects_id, "polls.corrects_id")?,
                corrected_by: rows::optional_id(row.corrected_by, "polls.id")?,
                ballots: row.ballots,
                challenged: row.challenged,
                size: row.size,
                joint_key: rows::optional_bytes32(row.joint_key, "poll_heads.joint_key")?,
            })
        })
        .transpose()
    }

    async fn poll_list(
        &self,
        area: Option<AreaId>,
        phase: Option<&'static str>,
        after: Option<ListCursor>,
        person: Option<PersonId>,
        limit: i64,
    ) -> Result<Vec<PollRow>> {
        let area = area.map_or(vec![0; 16], |id| id.0.to_vec());
        let person = person.map_or(Vec::new(), |id| id.0.to_vec());
        let (at, id) = after.map_or((i64::MAX, vec![0xff; 16]), |end| (end.opens_at.0, end.poll.0.to_vec()));
        // Two queries, so that each has its index: a condition that may be absent has none.
        let found = if let Some(phase) = phase {
            sqlx::query_as!(
                Row,
                r#"SELECT p.id AS "id!", p.title AS "title!", p.area_id AS "area_id!", r.name AS "area_name!", p.state AS "state!",
                          p.opens_at AS "opens_at!", p.closes_at AS "closes_at!", p.key_system AS "key_system!", p.key_k AS "key_k!",
                          p.key_n AS "key_n!", h.slots AS "slots!", h.voted AS "voted!", s.slot AS "my_slot?",
                          s.last_at AS "my_last_at?"
                   FROM poll_areas l JOIN polls p ON p.id = l.poll_id JOIN areas r ON r.id = p.area_id
                   JOIN poll_heads h ON h.poll_id = p.id LEFT JOIN poll_slots s ON s.poll_id = p.id AND s.person_id = $5
                   WHERE l.area_id = $1 AND l.phase = $2 AND (l.opens_at, l.poll_id) < ($3, $4)
                   ORDER BY l.opens_at DESC, l.poll_id DESC LIMIT $6"#,
                area,
                phase,
                at,
                id,
                person,
                limit
            )
            .fetch_all(&self.reader)
            .await
        } else {
            sqlx::query_as!(
                Row,
                r#"SELECT p.id AS "id!", p.title AS "title!", p.area_id AS "area_id!", r.name AS "area_name!", p.state AS "state!",
                          p.opens_at AS "opens_at!", p.closes_at AS "closes_at!", p.key_system AS "key_system!", p.key_k AS "key_k!",
                          p.key_n AS "key_n!", h.slots AS "slots!", h.voted AS "voted!", s.slot AS "my_slot?",
                          s.last_at AS "my_last_at?"
                   FROM poll_areas l JOIN polls p ON p.id = l.poll_id JOIN areas r ON r.id = p.area_id
                   JOIN poll_heads h ON h.poll_id = p.id LEFT JOIN poll_slots s ON s.poll_id = p.id AND s.person_id = $4
                   WHERE l.area_id = $1 AND (l.opens_at, l.poll_id) < ($2, $3)
                   ORDER BY l.opens_at DESC, l.poll_id DESC LIMIT $5"#,
                area,
                at,
                id,
                person,
                limit
            )
            .fetch_all(&self.reader)
            .await
        };
        found.map_err(|error| self.error(error))?.into_iter().map(Row::record).collect()
    }

    async fn polls_of(&self, person: PersonId, limit: i64) -> Result<Vec<PollRow>> {
        let person = person.as_bytes();
        sqlx::query_as!(
            Row,
            r#"SELECT p.id AS "id!", p.title AS "title!", p.area_id AS "area_id!", r.name AS "area_name!", p.state AS "state!",
                      p.opens_at AS "opens_at!", p.closes_at AS "closes_at!", p.key_system AS "key_system!", p.key_k AS "key_k!",
                      p.key_n AS "key_n!", h.slots AS "slots!", h.voted AS "voted!", s.slot AS "my_slot?", s.last_at AS "my_last_at?"
               FROM poll_slots s JOIN polls p ON p.id = s.poll_id JOIN areas r ON r.id = p.area_id
               JOIN poll_heads h ON h.poll_id = p.id
               WHERE s.person_id = $1
               ORDER BY CASE WHEN p.state = 'open' THEN 0 ELSE 1 END, p.closes_at DESC, p.id LIMIT $2"#,
            person,
            limit
        )
        .fetch_all(&self.reader)
        .await
        .map_err(|error| self.error(error))?
        .into_iter()
        .map(Row::record)
        .collect()
    }

    async fn trustee_polls(&self, account: AccountId, limit: i64) -> Result<Vec<(PollRow, i64)>> {
        let account = account.as_bytes();
        let found = sqlx::query!(
            r#"SELECT p.id AS "id!", p.title AS "title!", p.area_id AS "area_id!", r.name AS "area_name!", p.state AS "state!",
                      p.opens_at AS "opens_at!", p.closes_at AS "closes_at!", p.key_system AS "key_system!", p.key_k AS "key_k!",
                      p.key_n AS "key_n!", h.slots AS "slots!", h.voted AS "voted!", t.position AS "position!"
               FROM poll_trustees t JOIN polls p ON p.id = t.poll_id JOIN areas r ON r.id = p.area_id
               JOIN poll_heads h ON h.poll_id = p.id
               WHERE t.account_id = $1 ORDER BY p.closes_at DESC, p.id LIMIT $2"#,
            account,
            limit
        )
        .fetch_all(&self.reader)
        .await
        .map_err(|error| self.error(error))?;
        found
            .into_iter()
            .map(|row| {
                let line = Row {
                    id: row.id,
                    title: row.title,
                    area_id: row.area_id,
                    area_name: row.area_name,
                    state: row.state,
                    opens_at: row.opens_at,
                    closes_at: row.closes_at,
                    key_system: row.key_system,
                    key_k: row.key_k,
                    key_n: row.key_n,
                    slots: row.slots,
                    voted: row.voted,
                    my_slot: None,
                    my_last_at: None,
                };
                Ok((line.record()?, row.position))
            })
            .collect()
    }

    async fn roles_in_poll(&self, poll: PollId, account: AccountId) -> Result<Vec<RoleInPoll>> {
        let (poll, account) = (poll.as_bytes(), account.as_bytes());
        let trustee = sqlx::query_scalar!(
            r#"SELECT position AS "position!" FROM poll_trustees WHERE poll_id = $1 AND account_id = $2"#,
            poll,
            account
        )
        .fetch_optional(&self.reader)
        .await
        .map_err(|error| self.error(error))?;
        let clerk = sqlx::query_scalar!(
            r#"SELECT position AS "position!" FROM poll_clerks WHERE poll_id = $1 AND account_id = $2"#,
            poll,
            account
        )
        .fetch_optional(&self.reader)
        .await
        .map_err(|error| self.error(error))?;
        Ok(trustee.map(RoleInPoll::Trustee).into_iter().chain(clerk.map(RoleInPoll::Clerk)).collect())
    }

    async fn poll_trustees(&self, poll: PollId) -> Result<Vec<AccountId>> {
        let poll = poll.as_bytes();
        sqlx::query_scalar!(
            r#"SELECT account_id AS "account_id!" FROM poll_trustees WHERE poll_id = $1 ORDER BY position"#,
            poll
        )
        .fetch_all(&self.reader)
        .await
        .map_err(|error| self.error(error))?
        .into_iter()
        .map(|id| rows::id(id, "poll_trustees.account_id"))
        .collect()
    }

    async fn poll_events(&self, poll: PollId) -> Result<Vec<EventRecord>> {
        let poll = poll.as_bytes();
        let found = sqlx::query!(
            r#"SELECT kind AS "kind!", at AS "at!", leaf AS "leaf?" FROM poll_events WHERE poll_id = $1 ORDER BY at, kind"#,
            poll
        )
        .fetch_all(&self.reader)
        .await
        .map_err(|error| self.error(error))?;
        found
            .into_iter()
            .map(|row| {
                let kind = TimelineKind::parse(&row.kind).ok_or(StoreError::Corrupt("poll_events.kind"))?;
                Ok(EventRecord { kind, at: Timestamp(row.at), leaf: row.leaf })
            })
            .collect()
    }
}
