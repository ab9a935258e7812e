//! Who may vote, and the frozen roll.

use crate::{Db, SqlStore, dialect::Tx, sql::rows};
use async_trait::async_trait;
use sqlx::QueryBuilder;
use store::{
    Result,
    polls::{Elector, Electors, NewSlot, PollRoll, SlotRecord},
};
use types::{
    Timestamp,
    ids::{AccountId, PersonId, PollId},
};

/// Writes a frozen roll inside the step's transaction.
pub(super) async fn insert_slots(store: &SqlStore, tx: &mut Tx, poll: PollId, slots: &[NewSlot]) -> Result<()> {
    for some in slots.chunks(1000) {
        let mut query = QueryBuilder::<Db>::new(
            "INSERT INTO poll_slots (poll_id, slot, person_id, household_id, salt, person, commitment, leaf) ",
        );
        query.push_values(some, |mut row, slot| {
            row.push_bind(poll.as_bytes())
                .push_bind(slot.slot)
                .push_bind(slot.person.as_bytes())
                .push_bind(slot.household.map(|id| id.0.to_vec()))
                .push_bind(slot.salt.as_slice())
                .push_bind(&slot.text)
                .push_bind(slot.commitment.as_slice())
                .push_bind(slot.leaf);
        });
        query.build().execute(&mut **tx).await.map_err(|error| store.error(error))?;
    }
    Ok(())
}

struct Row {
    slot: i64,
    person_id: Vec<u8>,
    salt: Vec<u8>,
    person: String,
    commitment: Vec<u8>,
    leaf: i64,
    generation: i64,
    credential: Option<Vec<u8>>,
    credential_leaf: Option<i64>,
    number: i64,
    last_hash: Option<Vec<u8>>,
    last_at: Option<i64>,
}

impl Row {
    fn record(self) -> Result<SlotRecord> {
        Ok(SlotRecord {
            slot: self.slot,
            person: rows::id(self.person_id, "poll_slots.person_id")?,
            salt: rows::bytes32(self.salt, "poll_slots.salt")?,
            text: self.person,
            commitment: rows::bytes32(self.commitment, "poll_slots.commitment")?,
            leaf: self.leaf,
            generation: self.generation,
            credential: rows::optional_bytes32(self.credential, "poll_slots.credential")?,
            credential_leaf: self.credential_leaf,
            number: self.number,
            last_hash: rows::optional_bytes32(self.last_hash, "poll_slots.last_hash")?,
            last_at: self.last_at.map(Timestamp),
        })
    }
}

#[async_trait]
impl PollRoll for SqlStore {
    async fn electors(&self, electors: &Electors) -> Result<Vec<Elector>> {
        let end = rows::path_end(&electors.path);
        // From the area down to its people, in this order also for a planner that would rather walk through all people
        // in the order of their ids: `CROSS JOIN` is an order to SQLite and nothing to PostgreSQL.
        let rows = sqlx::query!(
            r#"SELECT p.id AS "id!", p.household_id AS "household_id!", p.name AS "name!", r.name AS "building!",
                      h.unit AS "unit!", h.room AS "room!"
               FROM areas r CROSS JOIN households h CROSS JOIN persons p
               WHERE r.path >= $1 AND r.path < $2 AND h.area_id = r.id AND p.household_id = h.id
                 AND p.birth <= $3 AND (p.representative OR NOT $4)
               ORDER BY p.id"#,
            electors.path,
            end,
            electors.born_until,
            electors.representatives
        )
        .fetch_all(&self.reader)
        .await
        .map_err(|error| self.error(error))?;
        rows.into_iter()
            .map(|row| {
                Ok(Elector {
                    person: rows::id(row.id, "persons.id")?,
                    household: rows::id(row.household_id, "persons.household_id")?,
                    name: row.name,
                    building: row.building,
                    unit: row.unit,
                    room: row.room,
                })
            })
            .collect()
    }

    async fn elector_count(&self, electors: &Electors) -> Result<i64> {
        let end = rows::path_end(&electors.path);
        let row = sqlx::query!(
            r#"SELECT COUNT(*) AS "persons!: i64", COUNT(DISTINCT p.household_id) AS "households!: i64"
               FROM areas r CROSS JOIN households h CROSS JOIN persons p
               WHERE r.path >= $1 AND r.path < $2 AND h.area_id = r.id AND p.household_id = h.id
                 AND p.birth <= $3 AND (p.representative OR NOT $4)"#,
            electors.path,
            end,
            electors.born_until,
            electors.representatives
        )
        .fetch_one(&self.reader)
        .await
        .map_err(|error| self.error(error))?;
        Ok(if electors.representatives { row.households } else { row.persons })
    }

    async fn slot_of(&self, poll: PollId, person: PersonId) -> Result<Option<SlotRecord>> {
        let (poll, person) = (poll.as_bytes(), person.as_bytes());
        sqlx::query_as!(
            Row,
            r#"SELECT slot AS "slot!", person_id AS "person_id!", salt AS "salt!", person AS "person!", commitment AS "commitment!",
                      leaf AS "leaf!", generation AS "generation!", credential AS "credential?",
                      credential_leaf AS "credential_leaf?", number AS "number!", last_hash AS "last_hash?", last_at AS "last_at?"
               FROM poll_slots WHERE person_id = $1 AND poll_id = $2"#,
            person,
            poll
        )
        .fetch_optional(&self.reader)
        .await
        .map_err(|error| self.error(error))?
        .map(Row::record)
        .transpose()
    }

    async fn slot(&self, poll: PollId, slot: i64) -> Result<Option<SlotRecord>> {
        let poll = poll.as_bytes();
        sqlx::query_as!(
            Row,
            r#"SELECT slot AS "slot!", person_id AS "person_id!", salt AS "salt!", person AS "person!", commitment AS "commitment!",
                      leaf AS "leaf!", generation AS "generation!", credential AS "credential?",
                      credential_leaf AS "credential_leaf?", number AS "number!", last_hash AS "last_hash?", last_at AS "last_at?"
               FROM poll_slots WHERE poll_id = $1 AND slot = $2"#,
            poll,
            slot
        )
        .fetch_optional(&self.reader)
        .await
        .map_err(|error| self.error(error))?
        .map(Row::record)
        .transpose()
    }

    async fn roll_accounts(
        &self,
        poll: PollId,
        now: Timestamp,
        after: i64,
        limit: i64,
    ) -> Result<Vec<(i64, AccountId)>> {
        let poll = poll.as_bytes();
        sqlx::query!(
            r#"SELECT s.slot AS "slot!", a.id AS "id!" FROM poll_slots s CROSS JOIN accounts a
               WHERE s.poll_id = $1 AND s.slot > $3 AND a.person_id = s.person_id AND a.verified_until > $2
               ORDER BY s.slot LIMIT $4"#,
            poll,
            now.0,
            after,
            limit
        )
        .fetch_all(&self.reader)
        .await
        .map_err(|error| self.error(error))?
        .into_iter()
        .map(|row| Ok((row.slot, rows::id(row.id, "accounts.id")?)))
        .collect()
    }
}
