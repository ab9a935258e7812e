//! Rolls on their way in.

use crate::{
    Db, SqlStore, dialect,
    dialect::Tx,
    sql::{audit, import_match, jobs, rows},
};
use async_trait::async_trait;
use sqlx::QueryBuilder;
use store::{AuditEntry, Import, ImportCounts, ImportRow, Imports, Kept, Matched, NewJob, Result, StoreError};
use types::{
    Timestamp,
    ids::{AccountId, AreaId, ImportId},
    roll::ImportState,
};

struct Row {
    id: Vec<u8>,
    area_id: Vec<u8>,
    account_id: Option<Vec<u8>>,
    file_name: String,
    state: String,
    row_count: i64,
    rows_done: i64,
    added: i64,
    changed: i64,
    unchanged: i64,
    problem_count: i64,
    problems: Vec<u8>,
    created_at: i64,
}

impl Row {
    fn import(self) -> Result<Import> {
        Ok(Import {
            id: rows::id(self.id, "imports.id")?,
            area: rows::id(self.area_id, "imports.area_id")?,
            account: rows::optional_id(self.account_id, "imports.account_id")?,
            file_name: self.file_name,
            state: ImportState::from_name(&self.state).ok_or(StoreError::Corrupt("imports.state"))?,
            counts: ImportCounts {
                rows: self.row_count,
                done: self.rows_done,
                added: self.added,
                changed: self.changed,
                unchanged: self.unchanged,
                problems: self.problem_count,
            },
            problems: self.problems,
            created_at: Timestamp(self.created_at),
        })
    }
}

/// Moves an import from one state to another; false if it was in neither.
async fn change_state(
    store: &SqlStore,
    tx: &mut Tx,
    import: ImportId,
    from: [ImportState; 2],
    to: ImportState,
) -> Result<bool> {
    let (import, to) = (import.as_bytes(), to.as_str());
    let [first, second] = from.map(ImportState::as_str);
    let done =
        sqlx::query!("UPDATE imports SET state = $1 WHERE id = $2 AND state IN ($3, $4)", to, import, first, second)
            .execute(&mut **tx)
            .await
            .map_err(|error| store.error(error))?;
    Ok(done.rows_affected() == 1)
}

async fn forget_rows(store: &SqlStore, tx: &mut Tx, import: ImportId) -> Result<()> {
    let import = import.as_bytes();
    sqlx::query!("DELETE FROM import_rows WHERE import_id = $1", import)
        .execute(&mut **tx)
        .await
        .map_err(|error| store.error(error))?;
    Ok(())
}

async fn set_counts(store: &SqlStore, tx: &mut Tx, import: ImportId, counts: ImportCounts) -> Result<()> {
    let import = import.as_bytes();
    sqlx::query!(
        "UPDATE imports SET row_count = $1, rows_done = $2, added = $3, changed = $4, unchanged = $5, problem_count = $6 WHERE id = $7",
        counts.rows,
        counts.done,
        counts.added,
        counts.changed,
        counts.unchanged,
        counts.problems,
        import
    )
    .execute(&mut **tx)
    .await
    .map_err(|error| store.error(error))?;
    Ok(())
}

#[async_trait]
impl Imports for SqlStore {
    async fn create_import(&self, import: &Import, content: &[u8], job: &NewJob, entry: &AuditEntry) -> Result<()> {
        let mut tx = dialect::begin(self).await?;
        let (id, area) = (import.id.as_bytes(), import.area.as_bytes());
        let account = import.account.as_ref().map(AccountId::as_bytes);
        let state = import.state.as_str();
        sqlx::query!(
            "INSERT INTO imports (id, area_id, account_id, file_name, content, state, row_count, rows_done, added, changed, unchanged,
                                  problem_count, problems, created_at)
             VALUES ($1, $2, $3, $4, $5, $6, 0, 0, 0, 0, 0, 0, $7, $8)",
            id,
            area,
            account,
            import.file_name,
            content,
            state,
            import.problems,
            import.created_at.0
        )
        .execute(&mut *tx)
        .await
        .map_err(|error| self.error(error))?;
        jobs::insert(self, &mut tx, std::slice::from_ref(job)).await?;
        audit::append(self, &mut tx, entry).await?;
        dialect::commit(self, tx).await
    }

    async fn import(&self, import: ImportId) -> Result<Option<Import>> {
        let import = import.as_bytes();
        sqlx::query_as!(
            Row,
            r#"SELECT id AS "id!", area_id AS "area_id!", account_id AS "account_id?", file_name AS "file_name!", state AS "state!",
                      row_count AS "row_count!", rows_done AS "rows_done!", added AS "added!", changed AS "changed!",
                      unchanged AS "unchanged!", problem_count AS "problem_count!", problems AS "problems!", created_at AS "created_at!"
               FROM imports WHERE id = $1"#,
            import
        )
        .fetch_optional(&self.reader)
        .await
        .map_err(|error| self.error(error))?
        .map(Row::import)
        .transpose()
    }

    async fn import_content(&self, import: ImportId) -> Result<Option<Vec<u8>>> {
        let import = import.as_bytes();
        let content = sqlx::query_scalar!(r#"SELECT content AS "content!" FROM imports WHERE id = $1"#, import)
            .fetch_optional(&self.reader)
            .await
            .map_err(|error| self.error(error))?;
        Ok(content.filter(|content| !content.is_empty()))
    }

    async fn imports(&self, area: AreaId) -> Result<Vec<Import>> {
        let area = area.as_bytes();
        sqlx::query_as!(
            Row,
            r#"SELECT id AS "id!", area_id AS "area_id!", account_id AS "account_id?", file_name AS "file_name!", state AS "state!",
                      row_count AS "row_count!", rows_done AS "rows_done!", added AS "added!", changed AS "changed!",
                      unchanged AS "unchanged!", problem_count AS "problem_count!", problems AS "problems!", created_at AS "created_at!"
               FROM imports WHERE area_id = $1 ORDER BY created_at DESC, id DESC LIMIT 20"#,
            area
        )
        .fetch_all(&self.reader)
        .await
        .map_err(|error| self.error(error))?
        .into_iter()
        .map(Row::import)
        .collect()
    }

    async fn restart_import(&self, import: ImportId) -> Result<()> {
        let mut tx = dialect::begin(self).await?;
        forget_rows(self, &mut tx, import).await?;
        dialect::commit(self, tx).await
    }

    async fn stage_rows(&self, import: ImportId, staged: &[ImportRow], total: i64, done: i64) -> Result<bool> {
        let mut tx = dialect::begin(self).await?;
        let id = import.as_bytes();
        let reading = sqlx::query!(
            "UPDATE imports SET row_count = $1, rows_done = $2 WHERE id = $3 AND state = 'reading'",
            total,
            done,
            id
        )
        .execute(&mut *tx)
        .await
        .map_err(|error| self.error(error))?;
        if reading.rows_affected() == 0 {
            return Ok(false);
        }
        for some in staged.chunks(1000) {
            let mut query = QueryBuilder::<Db>::new(
                "INSERT INTO import_rows (import_id, row_number, fresh_id, fresh_household_id, fresh_area_id, building, building_key,
                 unit, room, name, name_key, birth, gender, id_hash, id_sealed, phone_sealed, representative, note, fingerprint) ",
            );
            query.push_values(some, |mut values, row| {
                values
                    .push_bind(import.as_bytes())
                    .push_bind(row.row)
                    .push_bind(row.person.as_bytes())
                    .push_bind(row.household.as_bytes())
                    .push_bind(row.area.as_bytes())
                    .push_bind(&row.building)
                    .push_bind(&row.building_key)
                    .push_bind(&row.unit)
                    .push_bind(&row.room)
                    .push_bind(&row.name)
                    .push_bind(&row.name_key)
                    .push_bind(&row.birth)
                    .push_bind(&row.gender)
                    .push_bind(&row.id_hash)
                    .push_bind(&row.id_sealed)
                    .push_bind(&row.phone_sealed)
                    .push_bind(row.representative)
                    .push_bind(&row.note)
                    .push_bind(&row.fingerprint);
            });
            query.build().execute(&mut *tx).await.map_err(|error| self.error(error))?;
        }
        dialect::commit(self, tx).await?;
        Ok(true)
    }

    async fn match_import(&self, import: ImportId) -> Result<Matched> {
        let mut tx = dialect::begin(self).await?;
        let matched = import_match::run(self, &mut tx, import).await?;
        dialect::commit(self, tx).await?;
        Ok(matched)
    }

    async fn import_checked(
        &self,
        import: ImportId,
        state: ImportState,
        counts: ImportCounts,
        kept: Kept,
        problems: &[u8],
    ) -> Result<()> {
        let mut tx = dialect::begin(self).await?;
        if !change_state(self, &mut tx, import, [ImportState::Reading; 2], state).await? {
            return Ok(());
        }
        set_counts(self, &mut tx, import, counts).await?;
        let id = import.as_bytes();
        let nothing: &[u8] = &[];
        sqlx::query!("UPDATE imports SET problems = $1, content = $2 WHERE id = $3", problems, nothing, id)
            .execute(&mut *tx)
            .await
            .map_err(|error| self.error(error))?;
        sqlx::query("UPDATE imports SET keeps_gender = $1, keeps_representative = $2, keeps_note = $3 WHERE id = $4")
            .bind(kept.gender)
            .bind(kept.representative)
            .bind(kept.note)
            .bind(import.as_bytes().to_vec())
            .execute(&mut *tx)
            .await
            .map_err(|error| self.error(error))?;
        if state != ImportState::Ready {
            forget_rows(self, &mut tx, import).await?;
        }
        dialect::commit(self, tx).await
    }

    async fn begin_apply(&self, import: ImportId, job: &NewJob, entry: &AuditEntry) -> Result<bool> {
        let mut tx = dialect::begin(self).await?;
        if !change_state(self, &mut tx, import, [ImportState::Ready; 2], ImportState::Applying).await? {
            return Ok(false);
        }
        jobs::insert(self, &mut tx, std::slice::from_ref(job)).await?;
        audit::append(self, &mut tx, entry).await?;
        dialect::commit(self, tx).await?;
        Ok(true)
    }

    async fn apply_import(
        &self,
        import: ImportId,
        now: Timestamp,
        entry: &AuditEntry,
        notice: &NewJob,
    ) -> Result<Option<Matched>> {
        let mut tx = dialect::begin(self).await?;
        if !change_state(self, &mut tx, import, [ImportState::Applying; 2], ImportState::Done).await? {
            return Ok(None);
        }
        let matched = import_match::run(self, &mut tx, import).await?;
        if !matched.elsewhere.is_empty() || !matched.twice.is_empty() {
            // The transaction ends here, and nothing of it stays.
            return Ok(Some(matched));
        }
        import_match::write(self, &mut tx, import, now).await?;
        let rows = matched.added + matched.changed + matched.unchanged;
        let counts = ImportCounts {
            rows,
            done: rows,
            added: matched.added,
            changed: matched.changed,
            unchanged: matched.unchanged,
            problems: 0,
        };
        set_counts(self, &mut tx, import, counts).await?;
        forget_rows(self, &mut tx, import).await?;
        jobs::insert(self, &mut tx, std::slice::from_ref(notice)).await?;
        audit::append(self, &mut tx, entry).await?;
        dialect::commit(self, tx).await?;
        Ok(Some(matched))
    }

    async fn refuse_import(&self, import: ImportId, count: i64, problems: &[u8]) -> Result<()> {
        let mut tx = dialect::begin(self).await?;
        if !change_state(self, &mut tx, import, [ImportState::Applying; 2], ImportState::Refused).await? {
            return Ok(());
        }
        sqlx::query("UPDATE imports SET problem_count = $1, problems = $2 WHERE id = $3")
            .bind(count)
            .bind(problems)
            .bind(import.as_bytes().to_vec())
            .execute(&mut *tx)
            .await
            .map_err(|error| self.error(error))?;
        forget_rows(self, &mut tx, import).await?;
        dialect::commit(self, tx).await
    }

    async fn cancel_import(&self, import: ImportId, entry: &AuditEntry) -> Result<bool> {
        let mut tx = dialect::begin(self).await?;
        if !change_state(self, &mut tx, import, [ImportState::Reading, ImportState::Ready], ImportState::Cancelled)
            .await?
        {
            return Ok(false);
        }
        let id = import.as_bytes();
        let nothing: &[u8] = &[];
        sqlx::query!("UPDATE imports SET content = $1 WHERE id = $2", nothing, id)
            .execute(&mut *tx)
            .await
            .map_err(|error| self.error(error))?;
        forget_rows(self, &mut tx, import).await?;
        audit::append(self, &mut tx, entry).await?;
        dialect::commit(self, tx).await?;
        Ok(true)
    }

    async fn sweep_imports(&self, before: Timestamp) -> Result<()> {
        let mut tx = dialect::begin(self).await?;
        sqlx::query(
            "DELETE FROM import_rows WHERE import_id IN (
               SELECT id FROM imports WHERE state IN ('reading', 'ready') AND created_at < $1)",
        )
        .bind(before.0)
        .execute(&mut *tx)
        .await
        .map_err(|error| self.error(error))?;
        let nothing: &[u8] = &[];
        sqlx::query(
            "UPDATE imports SET state = 'cancelled', content = $1 WHERE state IN ('reading', 'ready') AND created_at < $2",
        )
        .bind(nothing)
        .bind(before.0)
        .execute(&mut *tx)
        .await
        .map_err(|error| self.error(error))?;
        dialect::commit(self, tx).await
    }
}
