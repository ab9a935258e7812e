//! New devices that ask for a credential.

use crate::{SqlStore, sql::rows};
use store::{
    Result,
    polls::{Reissue, ReissueRecord},
};
use types::{
    Timestamp,
    ids::{AreaId, PollId},
};

impl SqlStore {
    pub(super) async fn upsert_reissue(&self, poll: PollId, reissue: &Reissue) -> Result<()> {
        let (poll, key) = (poll.as_bytes(), reissue.key.as_slice());
        sqlx::query!(
            "INSERT INTO poll_reissues (poll_id, slot, generation, public_key, possession, asked_at)
             VALUES ($1, $2, $3, $4, $5, $6)
             ON CONFLICT (poll_id, slot) DO UPDATE SET generation = excluded.generation, public_key = excluded.public_key,
               possession = excluded.possession, asked_at = excluded.asked_at",
            poll,
            reissue.slot,
            reissue.generation,
            key,
            reissue.possession,
            reissue.asked_at.0
        )
        .execute(&self.writer)
        .await
        .map_err(|error| self.error(error))?;
        Ok(())
    }

    pub(super) async fn select_reissue(&self, poll: PollId, slot: i64) -> Result<Option<Reissue>> {
        let poll = poll.as_bytes();
        let row = sqlx::query!(
            r#"SELECT generation AS "generation!", public_key AS "public_key!", possession AS "possession!", asked_at AS "asked_at!"
               FROM poll_reissues WHERE poll_id = $1 AND slot = $2"#,
            poll,
            slot
        )
        .fetch_optional(&self.reader)
        .await
        .map_err(|error| self.error(error))?;
        row.map(|row| {
            Ok(Reissue {
                slot,
                generation: row.generation,
                key: rows::bytes32(row.public_key, "poll_reissues.public_key")?,
                possession: row.possession,
                asked_at: Timestamp(row.asked_at),
            })
        })
        .transpose()
    }

    pub(super) async fn select_reissues(&self, area: AreaId) -> Result<Vec<ReissueRecord>> {
        let area = area.as_bytes();
        let found = sqlx::query!(
            r#"SELECT q.poll_id AS "poll_id!", q.slot AS "slot!", q.generation AS "generation!", q.public_key AS "public_key!",
                      q.possession AS "possession!", q.asked_at AS "asked_at!", p.title AS "title!", n.name AS "name!",
                      r.name AS "building!", h.unit AS "unit!", h.room AS "room!"
               FROM poll_reissues q
               JOIN poll_areas l ON l.poll_id = q.poll_id AND l.area_id = $1 AND l.phase = 'open'
               JOIN polls p ON p.id = q.poll_id
               JOIN poll_slots s ON s.poll_id = q.poll_id AND s.slot = q.slot
               JOIN persons n ON n.id = s.person_id JOIN households h ON h.id = n.household_id JOIN areas r ON r.id = h.area_id
               ORDER BY q.asked_at LIMIT 200"#,
            area
        )
        .fetch_all(&self.reader)
        .await
        .map_err(|error| self.error(error))?;
        found
            .into_iter()
            .map(|row| {
                let reissue = Reissue {
                    slot: row.slot,
                    generation: row.generation,
                    key: rows::bytes32(row.public_key, "poll_reissues.public_key")?,
                    possession: row.possession,
                    asked_at: Timestamp(row.asked_at),
                };
                Ok(ReissueRecord {
                    poll: rows::id(row.poll_id, "poll_reissues.poll_id")?,
                    title: row.title,
                    reissue,
                    name: row.name,
                    address: [row.building, row.unit, row.room],
                })
            })
            .collect()
    }
}
