//! The people on the roll.

use crate::{SqlStore, sql::rows};
use async_trait::async_trait;
use store::{LetterPerson, LetterQuery, Person, PersonsQuery, Result, Roll};
use types::{
    Timestamp,
    ids::{HouseholdId, PersonId},
    roll::RollCounts,
};

struct Row {
    id: Vec<u8>,
    name: String,
    name_key: String,
    birth: String,
    gender: String,
    id_sealed: Option<Vec<u8>>,
    phone_sealed: Option<Vec<u8>>,
    household_id: Vec<u8>,
    area_id: Vec<u8>,
    path: String,
    building: String,
    unit: String,
    room: String,
    representative: bool,
    note: String,
    verified_until: Option<i64>,
}

impl Row {
    fn person(self, now: Timestamp) -> Result<Person> {
        Ok(Person {
            id: rows::id(self.id, "persons.id")?,
            name: self.name,
            name_key: self.name_key,
            birth: self.birth,
            gender: self.gender,
            id_sealed: self.id_sealed,
            phone_sealed: self.phone_sealed,
            household: rows::id(self.household_id, "persons.household_id")?,
            area: rows::id(self.area_id, "households.area_id")?,
            path: self.path,
            building: self.building,
            unit: self.unit,
            room: self.room,
            representative: self.representative,
            note: self.note,
            verified: self.verified_until.is_some_and(|until| until > now.0),
        })
    }
}

/// The first string after everything that begins with `text`, in byte order.
fn text_end(text: &str) -> String {
    format!("{text}\u{10FFFF}")
}

#[async_trait]
impl Roll for SqlStore {
    async fn person(&self, person: PersonId, now: Timestamp) -> Result<Option<Person>> {
        let person = person.as_bytes();
        sqlx::query_as!(
            Row,
            r#"SELECT p.id AS "id!", p.name AS "name!", p.name_key AS "name_key!", p.birth AS "birth!", p.gender AS "gender!",
                      p.id_sealed AS "id_sealed?", p.phone_sealed AS "phone_sealed?", h.id AS "household_id!", b.id AS "area_id!",
                      b.path AS "path!", b.name AS "building!", h.unit AS "unit!", h.room AS "room!", p.representative AS "representative!",
                      p.note AS "note!", a.verified_until AS "verified_until?"
               FROM persons p JOIN households h ON h.id = p.household_id JOIN areas b ON b.id = h.area_id
               LEFT JOIN accounts a ON a.person_id = p.id WHERE p.id = $1"#,
            person
        )
        .fetch_optional(&self.reader)
        .await
        .map_err(|error| self.error(error))?
        .map(|row| row.person(now))
        .transpose()
    }

    async fn persons(&self, query: &PersonsQuery) -> Result<Vec<Person>> {
        let end = rows::path_end(&query.path);
        let name_end = text_end(&query.name);
        let (after_key, after_id) =
            query.after.as_ref().map_or((String::new(), Vec::new()), |(key, id)| (key.clone(), id.0.to_vec()));
        sqlx::query_as!(
            Row,
            r#"SELECT p.id AS "id!", p.name AS "name!", p.name_key AS "name_key!", p.birth AS "birth!", p.gender AS "gender!",
                      p.id_sealed AS "id_sealed?", p.phone_sealed AS "phone_sealed?", h.id AS "household_id!", b.id AS "area_id!",
                      b.path AS "path!", b.name AS "building!", h.unit AS "unit!", h.room AS "room!", p.representative AS "representative!",
                      p.note AS "note!", a.verified_until AS "verified_until?"
               FROM persons p JOIN households h ON h.id = p.household_id JOIN areas b ON b.id = h.area_id
               LEFT JOIN accounts a ON a.person_id = p.id
               WHERE b.path >= $1 AND b.path < $2 AND (p.name_key, p.id) > ($3, $4)
                 AND ((p.name_key >= $5 AND p.name_key < $6) OR h.room = $7)
               ORDER BY p.name_key, p.id LIMIT $8"#,
            query.path,
            end,
            after_key,
            after_id,
            query.name,
            name_end,
            query.room,
            query.limit
        )
        .fetch_all(&self.reader)
        .await
        .map_err(|error| self.error(error))?
        .into_iter()
        .map(|row| row.person(query.now))
        .collect()
    }

    async fn roll_counts(&self, path: &str, now: Timestamp) -> Result<RollCounts> {
        let end = rows::path_end(path);
        let people = sqlx::query!(
            r#"SELECT COUNT(*) AS "persons!: i64", COUNT(CASE WHEN a.verified_until > $3 THEN 1 END) AS "verified!: i64"
               FROM areas b JOIN households h ON h.area_id = b.id JOIN persons p ON p.household_id = h.id
               LEFT JOIN accounts a ON a.person_id = p.id WHERE b.path >= $1 AND b.path < $2"#,
            path,
            end,
            now.0
        )
        .fetch_one(&self.reader)
        .await
        .map_err(|error| self.error(error))?;
        let households = sqlx::query_scalar!(
            r#"SELECT COUNT(*) AS "n!: i64" FROM areas b JOIN households h ON h.area_id = b.id WHERE b.path >= $1 AND b.path < $2"#,
            path,
            end
        )
        .fetch_one(&self.reader)
        .await
        .map_err(|error| self.error(error))?;
        let small = |n: i64| u32::try_from(n).unwrap_or(u32::MAX);
        Ok(RollCounts {
            persons: small(people.persons),
            households: small(households),
            verified: small(people.verified),
        })
    }

    async fn letter_persons(&self, query: &LetterQuery) -> Result<Vec<LetterPerson>> {
        let end = rows::path_end(&query.path);
        let household = query.household.as_ref().map(HouseholdId::as_bytes);
        sqlx::query!(
            r#"SELECT p.id AS "id!", p.name AS "name!", h.id AS "household_id!", b.name AS "building!", h.unit AS "unit!", h.room AS "room!"
               FROM areas b JOIN households h ON h.area_id = b.id JOIN persons p ON p.household_id = h.id
               LEFT JOIN accounts a ON a.person_id = p.id AND a.verified_until > $3
               WHERE b.path >= $1 AND b.path < $2 AND h.id = COALESCE($4, h.id) AND p.birth <= $5 AND (NOT $6 OR a.id IS NULL)
               ORDER BY b.path, h.unit, h.room, h.id, p.name_key, p.id LIMIT $7"#,
            query.path,
            end,
            query.now.0,
            household,
            query.born_by,
            query.unverified_only,
            query.limit
        )
        .fetch_all(&self.reader)
        .await
        .map_err(|error| self.error(error))?
        .into_iter()
        .map(|row| {
            Ok(LetterPerson {
                person: rows::id(row.id, "persons.id")?,
                name: row.name,
                household: rows::id(row.household_id, "households.id")?,
                building: row.building,
                unit: row.unit,
                room: row.room,
            })
        })
        .collect()
    }
}
