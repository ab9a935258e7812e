//! The steps of a poll's course.

use super::{append, roll};
use crate::{
    SqlStore, dialect,
    dialect::Tx,
    sql::{audit, jobs},
};
use store::{
    Result,
    polls::{Effect, Publication, Seal, Step},
};
use types::polls::{PollFilter, PollState};

impl SqlStore {
    pub(super) async fn take_step(&self, step: &Step, seal: Seal<'_>) -> Result<bool> {
        let mut tx = dialect::begin(self).await?;
        let (poll, from) = (step.poll.as_bytes(), step.from.as_str());
        let locked =
            sqlx::query!("UPDATE polls SET updated_at = $1 WHERE id = $2 AND state = $3", step.at.0, poll, from)
                .execute(&mut *tx)
                .await
                .map_err(|error| self.error(error))?;
        if locked.rows_affected() == 0 {
            return Ok(false);
        }
        for effect in &step.effects {
            if let Effect::Publish(publication) = effect
                && !self.publish(&mut tx, step, publication).await?
            {
                return Ok(false);
            }
        }
        let Some(head) = append::lock(self, &mut tx, step.poll).await? else { return Ok(false) };
        if !step.entries.is_empty() && head.head.size != step.size {
            return Ok(false);
        }
        let entries: Vec<_> = step.entries.iter().collect();
        append::append(self, &mut tx, step.poll, step.at, head, &entries, true, seal).await?;
        for effect in &step.effects {
            self.take_effect(&mut tx, step, effect).await?;
        }
        for effect in &step.effects {
            if let Effect::Audit(entry) = effect {
                audit::append(self, &mut tx, entry).await?;
            }
        }
        dialect::commit(self, tx).await?;
        Ok(true)
    }

    async fn take_effect(&self, tx: &mut Tx, step: &Step, effect: &Effect) -> Result<()> {
        let poll = step.poll.as_bytes();
        let done = match effect {
            Effect::Publish(_) | Effect::Audit(_) => return Ok(()),
            Effect::State(state) => return self.set_state(tx, step, *state).await,
            Effect::Jobs(work) => return jobs::insert(self, tx, work).await,
            Effect::Event(kind, place) => {
                let (kind, leaf) = (kind.as_str(), place.map(|place| step.size + place));
                sqlx::query!(
                    "INSERT INTO poll_events (poll_id, kind, at, leaf) VALUES ($1, $2, $3, $4)",
                    poll,
                    kind,
                    step.at.0,
                    leaf
                )
                .execute(&mut **tx)
                .await
            }
            Effect::JointKey(key) => {
                let key = key.as_slice();
                sqlx::query!("UPDATE poll_heads SET joint_key = $1 WHERE poll_id = $2", key, poll)
                    .execute(&mut **tx)
                    .await
            }
            Effect::Roll(hash, slots) => {
                roll::insert_slots(self, tx, step.poll, slots).await?;
                let (hash, count) = (hash.as_slice(), i64::try_from(slots.len()).unwrap_or(i64::MAX));
                sqlx::query!("UPDATE poll_heads SET roll_hash = $1, slots = $2 WHERE poll_id = $3", hash, count, poll)
                    .execute(&mut **tx)
                    .await
            }
            Effect::Taking(taking) => {
                sqlx::query!("UPDATE poll_heads SET taking = $1 WHERE poll_id = $2", taking, poll)
                    .execute(&mut **tx)
                    .await
            }
        };
        done.map(|_| ()).map_err(|error| self.error(error))
    }

    async fn set_state(&self, tx: &mut Tx, step: &Step, state: PollState) -> Result<()> {
        let (poll, state, phase) = (step.poll.as_bytes(), state.as_str(), PollFilter::of(state).phase());
        sqlx::query!("UPDATE polls SET state = $1 WHERE id = $2", state, poll)
            .execute(&mut **tx)
            .await
            .map_err(|error| self.error(error))?;
        sqlx::query!("UPDATE poll_areas SET phase = $1 WHERE poll_id = $2", phase, poll)
            .execute(&mut **tx)
            .await
            .map_err(|error| self.error(error))?;
        Ok(())
    }

    /// Everything that publishing writes, but the manifest entry. False if the draft was saved meanwhile.
    async fn publish(&self, tx: &mut Tx, step: &Step, publication: &Publication) -> Result<bool> {
        let poll = step.poll.as_bytes();
        let corrects = publication.corrects.as_ref().map(types::ids::PollId::as_bytes);
        let done = sqlx::query!(
            "UPDATE polls SET page = $1, opens_at = $2, closes_at = $3, key_system = $4, key_k = $5, key_n = $6, corrects_id = $7
             WHERE id = $8 AND version = $9",
            publication.page,
            publication.opens_at.0,
            publication.closes_at.0,
            publication.key_system,
            publication.key_k,
            publication.key_n,
            corrects,
            poll,
            publication.version
        )
        .execute(&mut **tx)
        .await
        .map_err(|error| self.error(error))?;
        if done.rows_affected() == 0 {
            return Ok(false);
        }
        let (root, frontier) = ([0_u8; 32], Vec::<u8>::new());
        let root = root.as_slice();
        sqlx::query!(
            "INSERT INTO poll_heads (poll_id, size, root, frontier, checkpoint, taking, closes_at, slots, voted, ballots, challenged)
             VALUES ($1, 0, $2, $3, '', FALSE, $4, 0, 0, 0, 0)",
            poll,
            root,
            frontier,
            publication.closes_at.0
        )
        .execute(&mut **tx)
        .await
        .map_err(|error| self.error(error))?;
        self.name_parts(tx, step, publication).await?;
        Ok(true)
    }

    async fn name_parts(&self, tx: &mut Tx, step: &Step, publication: &Publication) -> Result<()> {
        let poll = step.poll.as_bytes();
        for (position, account) in (1_i64..).zip(&publication.trustees) {
            let account = account.as_bytes();
            sqlx::query!(
                "INSERT INTO poll_trustees (poll_id, position, account_id) VALUES ($1, $2, $3)",
                poll,
                position,
                account
            )
            .execute(&mut **tx)
            .await
            .map_err(|error| self.error(error))?;
        }
        for (position, account) in (0_i64..).zip(&publication.clerks) {
            let account = account.as_bytes();
            sqlx::query!(
                "INSERT INTO poll_clerks (poll_id, position, account_id) VALUES ($1, $2, $3)",
                poll,
                position,
                account
            )
            .execute(&mut **tx)
            .await
            .map_err(|error| self.error(error))?;
        }
        for area in &publication.listed {
            let area = area.as_bytes();
            sqlx::query!(
                "INSERT INTO poll_areas (area_id, poll_id, phase, opens_at) VALUES ($1, $2, 'coming', $3)",
                area,
                poll,
                publication.opens_at.0
            )
            .execute(&mut **tx)
            .await
            .map_err(|error| self.error(error))?;
        }
        Ok(())
    }
}
