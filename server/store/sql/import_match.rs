//! Comparing staged rows with the roll, and writing them, in a few statements for however many rows.

use crate::{Db, SqlStore, dialect::Tx, sql::rows};
use sqlx::QueryBuilder;
use store::{Matched, Result};
use types::{
    Timestamp,
    ids::{AreaId, ImportId},
};

/// Finds each row's household and person, if they are there, and counts.
pub(super) async fn run(store: &SqlStore, tx: &mut Tx, import: ImportId) -> Result<Matched> {
    find_households(store, tx, import).await?;
    find_persons(store, tx, import).await?;
    let id = import.as_bytes();
    let counts = sqlx::query!(
        r#"SELECT COUNT(CASE WHEN r.person_id IS NULL THEN 1 END) AS "added!: i64",
                  COUNT(CASE WHEN p.fingerprint = r.fingerprint AND p.household_id = r.household_id THEN 1 END) AS "unchanged!: i64",
                  COUNT(*) AS "rows!: i64"
           FROM import_rows r LEFT JOIN persons p ON p.id = r.person_id WHERE r.import_id = $1"#,
        id
    )
    .fetch_one(&mut **tx)
    .await
    .map_err(|error| store.error(error))?;
    let elsewhere = sqlx::query_scalar!(
        r#"SELECT r.row_number AS "n!" FROM import_rows r JOIN imports i ON i.id = r.import_id JOIN areas top ON top.id = i.area_id
           JOIN persons p ON p.id = r.person_id JOIN households h ON h.id = p.household_id JOIN areas b ON b.id = h.area_id
           WHERE r.import_id = $1 AND substr(b.path, 1, length(top.path)) <> top.path ORDER BY r.row_number LIMIT 200"#,
        id
    )
    .fetch_all(&mut **tx)
    .await
    .map_err(|error| store.error(error))?;
    let twice = sqlx::query_scalar!(
        r#"SELECT r.row_number AS "n!" FROM import_rows r WHERE r.import_id = $1 AND r.person_id IN (
             SELECT d.person_id FROM import_rows d WHERE d.import_id = $1 AND d.person_id IS NOT NULL
             GROUP BY d.person_id HAVING COUNT(*) > 1) ORDER BY r.row_number LIMIT 200"#,
        id
    )
    .fetch_all(&mut **tx)
    .await
    .map_err(|error| store.error(error))?;
    let changed = counts.rows - counts.added - counts.unchanged;
    Ok(Matched { added: counts.added, changed, unchanged: counts.unchanged, elsewhere, twice })
}

async fn find_households(store: &SqlStore, tx: &mut Tx, import: ImportId) -> Result<()> {
    let id = import.as_bytes();
    sqlx::query!(
        "UPDATE import_rows SET person_id = NULL, household_id = (
           SELECT h.id FROM imports i JOIN areas b ON b.parent_id = i.area_id JOIN households h ON h.area_id = b.id
           WHERE i.id = import_rows.import_id AND b.name_key = import_rows.building_key
             AND h.unit = import_rows.unit AND h.room = import_rows.room)
         WHERE import_id = $1",
        id
    )
    .execute(&mut **tx)
    .await
    .map_err(|error| store.error(error))?;
    Ok(())
}

/// By identity number; else by home and name among those without a number; else, for a row without a number, by home
/// and name if only one person there has that name.
async fn find_persons(store: &SqlStore, tx: &mut Tx, import: ImportId) -> Result<()> {
    let id = import.as_bytes();
    sqlx::query!(
        "UPDATE import_rows SET person_id = (SELECT p.id FROM persons p WHERE p.id_hash = import_rows.id_hash)
         WHERE import_id = $1 AND id_hash IS NOT NULL",
        id
    )
    .execute(&mut **tx)
    .await
    .map_err(|error| store.error(error))?;
    sqlx::query!(
        "UPDATE import_rows SET person_id = (
           SELECT p.id FROM persons p WHERE p.household_id = import_rows.household_id AND p.name_key = import_rows.name_key AND p.id_hash IS NULL)
         WHERE import_id = $1 AND person_id IS NULL AND household_id IS NOT NULL",
        id
    )
    .execute(&mut **tx)
    .await
    .map_err(|error| store.error(error))?;
    sqlx::query!(
        "UPDATE import_rows SET person_id = (
           SELECT p.id FROM persons p WHERE p.household_id = import_rows.household_id AND p.name_key = import_rows.name_key)
         WHERE import_id = $1 AND person_id IS NULL AND household_id IS NOT NULL AND id_hash IS NULL AND 1 = (
           SELECT COUNT(*) FROM persons p WHERE p.household_id = import_rows.household_id AND p.name_key = import_rows.name_key)",
        id
    )
    .execute(&mut **tx)
    .await
    .map_err(|error| store.error(error))?;
    Ok(())
}

/// Writes the matched rows: new buildings, new households, changed people, new people.
pub(super) async fn write(store: &SqlStore, tx: &mut Tx, import: ImportId, now: Timestamp) -> Result<()> {
    new_buildings(store, tx, import).await?;
    let id = import.as_bytes();
    sqlx::query!(
        "INSERT INTO households (id, area_id, unit, room)
         SELECT DISTINCT r.fresh_household_id, b.id, r.unit, r.room
         FROM import_rows r JOIN imports i ON i.id = r.import_id JOIN areas b ON b.parent_id = i.area_id AND b.name_key = r.building_key
         WHERE r.import_id = $1 AND r.household_id IS NULL",
        id
    )
    .execute(&mut **tx)
    .await
    .map_err(|error| store.error(error))?;
    sqlx::query!(
        "UPDATE import_rows SET household_id = fresh_household_id WHERE import_id = $1 AND household_id IS NULL",
        id
    )
    .execute(&mut **tx)
    .await
    .map_err(|error| store.error(error))?;
    change_persons(store, tx, import, now).await?;
    sqlx::query!(
        "INSERT INTO persons (id, household_id, name, name_key, birth, gender, id_hash, id_sealed, phone_sealed, representative, note,
                              fingerprint, created_at, updated_at)
         SELECT fresh_id, household_id, name, name_key, birth, gender, id_hash, id_sealed, phone_sealed, representative, note,
                fingerprint, $2, $2
         FROM import_rows WHERE import_id = $1 AND person_id IS NULL",
        id,
        now.0
    )
    .execute(&mut **tx)
    .await
    .map_err(|error| store.error(error))?;
    Ok(())
}

/// What the file has no column for stays as it is.
async fn change_persons(store: &SqlStore, tx: &mut Tx, import: ImportId, now: Timestamp) -> Result<()> {
    sqlx::query(
        "UPDATE persons SET household_id = r.household_id, name = r.name, name_key = r.name_key, birth = r.birth,
                gender = CASE WHEN i.keeps_gender AND r.gender = '' THEN persons.gender ELSE r.gender END,
                id_hash = COALESCE(r.id_hash, persons.id_hash), id_sealed = COALESCE(r.id_sealed, persons.id_sealed),
                phone_sealed = COALESCE(r.phone_sealed, persons.phone_sealed),
                representative = CASE WHEN i.keeps_representative THEN persons.representative ELSE r.representative END,
                note = CASE WHEN i.keeps_note THEN persons.note ELSE r.note END,
                fingerprint = r.fingerprint, updated_at = $2
         FROM import_rows r JOIN imports i ON i.id = r.import_id
         WHERE r.import_id = $1 AND r.person_id = persons.id
           AND (persons.fingerprint <> r.fingerprint OR persons.household_id <> r.household_id)",
    )
    .bind(import.as_bytes().to_vec())
    .bind(now.0)
    .execute(&mut **tx)
    .await
    .map_err(|error| store.error(error))?;
    Ok(())
}

async fn new_buildings(store: &SqlStore, tx: &mut Tx, import: ImportId) -> Result<()> {
    let id = import.as_bytes();
    let top = sqlx::query!(
        r#"SELECT a.id AS "id!", a.path AS "path!", a.depth AS "depth!" FROM imports i JOIN areas a ON a.id = i.area_id WHERE i.id = $1"#,
        id
    )
    .fetch_one(&mut **tx)
    .await
    .map_err(|error| store.error(error))?;
    let fresh = sqlx::query!(
        r#"SELECT DISTINCT r.fresh_area_id AS "id!", r.building AS "name!", r.building_key AS "key!" FROM import_rows r
           WHERE r.import_id = $1 AND NOT EXISTS (SELECT 1 FROM areas b WHERE b.parent_id = $2 AND b.name_key = r.building_key)"#,
        id,
        top.id
    )
    .fetch_all(&mut **tx)
    .await
    .map_err(|error| store.error(error))?;
    for some in fresh.chunks(1000) {
        let mut query =
            QueryBuilder::<Db>::new("INSERT INTO areas (id, parent_id, kind, name, name_key, path, depth) ");
        let areas =
            some.iter().map(|area| Ok((area, rows::id::<AreaId>(area.id.clone(), "import_rows.fresh_area_id")?)));
        let areas = areas.collect::<Result<Vec<_>>>()?;
        query.push_values(areas, |mut values, (area, id)| {
            values
                .push_bind(&area.id)
                .push_bind(&top.id)
                .push_bind("building")
                .push_bind(&area.name)
                .push_bind(&area.key)
                .push_bind(format!("{}{id}/", top.path))
                .push_bind(top.depth + 1);
        });
        query.build().execute(&mut **tx).await.map_err(|error| store.error(error))?;
    }
    Ok(())
}
