//! What the committee's workbench counts.

use crate::Result;
use async_trait::async_trait;
use types::ids::PollId;

/// Counts for those who run a community; never what anybody chose.
#[async_trait]
pub trait Workbench: Send + Sync {
    /// Slots that voted for the first time, by spans of `span` milliseconds: the span's number (time / `span`) and how
    /// many, oldest first.
    async fn first_votes(&self, poll: PollId, span: i64) -> Result<Vec<(i64, i64)>>;

    /// Households of the area at `path` and below that were locked after wrong codes: building, unit, room; at most `limit`.
    async fn locked_households(&self, path: &str, limit: i64) -> Result<Vec<[String; 3]>>;
}
