//! The tree of areas.

use crate::{AuditEntry, Result};
use async_trait::async_trait;
use types::{ids::AreaId, roll::AreaKind};

/// An area.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Area {
    /// The area.
    pub id: AreaId,
    /// The area above, none for the top.
    pub parent: Option<AreaId>,
    /// What it is.
    pub kind: AreaKind,
    /// Its name as shown.
    pub name: String,
    /// The name as compared: unique under its parent.
    pub name_key: String,
    /// `/`, then the ids from the top down to this one, each followed by `/`.
    pub path: String,
    /// How many areas stand above it.
    pub depth: i64,
}

/// The tree.
#[async_trait]
pub trait Areas: Send + Sync {
    /// The area.
    async fn area(&self, area: AreaId) -> Result<Option<Area>>;

    /// The areas at and below `path` (`/` for all), in tree order, at most `limit`; with or without buildings.
    async fn areas_below(&self, path: &str, buildings: bool, limit: i64) -> Result<Vec<Area>>;

    /// The areas on the way from the top to `path`, from the top.
    async fn areas_above(&self, path: &str) -> Result<Vec<Area>>;

    /// Makes an area. Conflicts: `areas_name`, `areas_top_name`.
    async fn create_area(&self, area: &Area, audit: &AuditEntry) -> Result<()>;
}
