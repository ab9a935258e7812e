//! C2SP tlog-tiles.

use crate::{
    Caller, Result, Service,
    polls::convert::{count, refused, stored},
};
use ballot::tiles::{Holds, Tile, WIDTH, encode_bundle};
use types::{ErrorCode, ids::PollId};

impl Service {
    /// A hash tile of `width` (1..=256) hashes.
    ///
    /// # Errors
    /// `NotFound` beyond the tree.
    pub async fn board_tile(
        &self,
        _caller: &Caller,
        poll: PollId,
        level: u8,
        index: u64,
        width: u16,
    ) -> Result<Vec<u8>> {
        let tile = Tile { holds: Holds::Hashes(level), index, width };
        self.tile_exists(poll, &tile).await?;
        let tiles = self.store().tiles(poll, &[(level.into(), stored(index))]).await?;
        let hashes = tiles.into_iter().next().ok_or(ErrorCode::NotFound)?.hashes;
        hashes.get(..usize::from(width) * 32).map(<[u8]>::to_vec).ok_or_else(|| ErrorCode::NotFound.into())
    }

    /// An entry bundle of `width` (1..=256) entries, each with a 16-bit length before it.
    ///
    /// # Errors
    /// `NotFound` beyond the tree.
    pub async fn board_bundle(&self, _caller: &Caller, poll: PollId, index: u64, width: u16) -> Result<Vec<u8>> {
        let tile = Tile { holds: Holds::Entries, index, width };
        self.tile_exists(poll, &tile).await?;
        let entries = self.store().entries(poll, stored(index.saturating_mul(WIDTH)), width.into()).await?;
        if entries.len() != usize::from(width) {
            return Err(ErrorCode::NotFound.into());
        }
        encode_bundle(entries.iter().map(|entry| entry.bytes.as_slice())).map_err(refused)
    }

    async fn tile_exists(&self, poll: PollId, tile: &Tile) -> Result<()> {
        let head = self.store().head(poll).await?.ok_or(ErrorCode::NotFound)?;
        let width = (1..=WIDTH).contains(&u64::from(tile.width));
        if width && tile.exists(count(head.size)) { Ok(()) } else { Err(ErrorCode::NotFound.into()) }
    }
}
