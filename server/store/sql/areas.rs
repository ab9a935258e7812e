//! The tree of areas.

use crate::{
    SqlStore, dialect,
    sql::{audit, rows},
};
use async_trait::async_trait;
use store::{Area, Areas, AuditEntry, Result, StoreError};
use types::{ids::AreaId, roll::AreaKind};

struct Row {
    id: Vec<u8>,
    parent_id: Option<Vec<u8>>,
    kind: String,
    name: String,
    name_key: String,
    path: String,
    depth: i64,
}

impl Row {
    fn area(self) -> Result<Area> {
        Ok(Area {
            id: rows::id(self.id, "areas.id")?,
            parent: rows::optional_id(self.parent_id, "areas.parent_id")?,
            kind: AreaKind::from_name(&self.kind).ok_or(StoreError::Corrupt("areas.kind"))?,
            name: self.name,
            name_key: self.name_key,
            path: self.path,
            depth: self.depth,
        })
    }
}

#[async_trait]
impl Areas for SqlStore {
    async fn area(&self, area: AreaId) -> Result<Option<Area>> {
        let area = area.as_bytes();
        sqlx::query_as!(
            Row,
            r#"SELECT id AS "id!", parent_id AS "parent_id?", kind AS "kind!", name AS "name!", name_key AS "name_key!",
                      path AS "path!", depth AS "depth!" FROM areas WHERE id = $1"#,
            area
        )
        .fetch_optional(&self.reader)
        .await
        .map_err(|error| self.error(error))?
        .map(Row::area)
        .transpose()
    }

    async fn areas_below(&self, path: &str, buildings: bool, limit: i64) -> Result<Vec<Area>> {
        let end = rows::path_end(path);
        sqlx::query_as!(
            Row,
            r#"SELECT id AS "id!", parent_id AS "parent_id?", kind AS "kind!", name AS "name!", name_key AS "name_key!",
                      path AS "path!", depth AS "depth!"
               FROM areas WHERE path >= $1 AND path < $2 AND depth >= 0 AND (kind <> 'building' OR $3) ORDER BY path LIMIT $4"#,
            path,
            end,
            buildings,
            limit
        )
        .fetch_all(&self.reader)
        .await
        .map_err(|error| self.error(error))?
        .into_iter()
        .map(Row::area)
        .collect()
    }

    async fn areas_above(&self, path: &str) -> Result<Vec<Area>> {
        let mut above = Vec::new();
        for id in path.split('/').filter(|id| !id.is_empty()) {
            let id = id.parse().map_err(|_| StoreError::Corrupt("areas.path"))?;
            above.extend(self.area(id).await?);
        }
        Ok(above)
    }

    async fn create_area(&self, area: &Area, entry: &AuditEntry) -> Result<()> {
        let mut tx = dialect::begin(self).await?;
        let id = area.id.as_bytes();
        let parent = area.parent.as_ref().map(AreaId::as_bytes);
        let kind = area.kind.as_str();
        sqlx::query!(
            "INSERT INTO areas (id, parent_id, kind, name, name_key, path, depth) VALUES ($1, $2, $3, $4, $5, $6, $7)",
            id,
            parent,
            kind,
            area.name,
            area.name_key,
            area.path,
            area.depth
        )
        .execute(&mut *tx)
        .await
        .map_err(|error| self.error(error))?;
        audit::append(self, &mut tx, entry).await?;
        dialect::commit(self, tx).await
    }
}
