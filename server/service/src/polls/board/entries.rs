//! The entries, plain.

use crate::{
    Caller, Result, Service,
    polls::{
        convert::{count, stored},
        course::travelling,
    },
};
use types::{ErrorCode, ids::PollId, polls::BoardPage};

/// Entries of one page.
const PAGE: i64 = 256;
/// Bytes of one page, unless a single entry is larger.
const BYTES: usize = 1 << 20;

impl Service {
    /// Up to 256 entries from `from` on, at most 1 MiB (but at least one).
    ///
    /// # Errors
    /// `NotFound` before the poll is published.
    pub async fn board_entries(&self, _caller: &Caller, poll: PollId, from: u64) -> Result<BoardPage> {
        let head = self.store().head(poll).await?.ok_or(ErrorCode::NotFound)?;
        let mut entries = self.store().entries(poll, stored(from), PAGE).await?;
        let mut bytes = 0;
        let fits = entries.iter().take_while(|entry| {
            bytes += entry.bytes.len();
            bytes <= BYTES
        });
        let fits = fits.count().max(1);
        entries.truncate(fits);
        let size = entries.last().map_or(head.size, |last| head.size.max(last.leaf + 1));
        Ok(BoardPage { entries: travelling(entries), size: count(size) })
    }
}
