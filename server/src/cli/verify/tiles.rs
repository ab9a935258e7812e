//! Whether the hash tiles of a record are those of its entries: light clients and witnesses read nothing else.

use super::source::{Source, SourceError};
use ballot::merkle::{Frontier, TreeHash, leaf_hash};
use ballot::tiles::{Holds, Tile, WIDTH, encode_hashes};

/// Recomputes the hash tiles while the entries pass by; holds at most one tile per level.
pub(super) struct TileCheck {
    frontier: Frontier,
    /// For each level: the tile's place, and its hashes so far.
    levels: Vec<(u64, Vec<TreeHash>)>,
}

impl TileCheck {
    pub(super) fn new() -> Self {
        Self { frontier: Frontier::new(), levels: Vec::new() }
    }

    /// The next entry. Returns the first leaf of each tile that is full now and missing or different.
    ///
    /// # Errors
    /// [`SourceError`] where the record cannot be reached.
    pub(super) fn push(&mut self, source: &Source, entry: &[u8]) -> Result<Vec<u64>, SourceError> {
        let mut wrong = Vec::new();
        for (node, hash) in self.frontier.append(leaf_hash(entry)) {
            if node.level % 8 != 0 {
                continue;
            }
            let level = usize::from(node.level / 8);
            if self.levels.len() <= level {
                self.levels.push((0, Vec::new()));
            }
            let Some((index, hashes)) = self.levels.get_mut(level) else { continue };
            hashes.push(hash);
            if hashes.len() as u64 == WIDTH {
                wrong.extend(compare(source, level, *index, hashes)?);
                hashes.clear();
                *index += 1;
            }
        }
        Ok(wrong)
    }

    /// The same for the partial tiles at the end.
    ///
    /// # Errors
    /// [`SourceError`] where the record cannot be reached.
    pub(super) fn finish(self, source: &Source) -> Result<Vec<u64>, SourceError> {
        let mut wrong = Vec::new();
        for (level, (index, hashes)) in self.levels.iter().enumerate().filter(|(_, (_, hashes))| !hashes.is_empty()) {
            wrong.extend(compare(source, level, *index, hashes)?);
        }
        Ok(wrong)
    }
}

/// The tile's first leaf, if the tile differs.
fn compare(source: &Source, level: usize, index: u64, hashes: &[TreeHash]) -> Result<Option<u64>, SourceError> {
    let height = u8::try_from(level).unwrap_or(u8::MAX);
    let tile = Tile { holds: Holds::Hashes(height), index, width: u16::try_from(hashes.len()).unwrap_or(0) };
    let first = index.saturating_mul(WIDTH).checked_shl(8 * u32::from(height)).unwrap_or(u64::MAX);
    match source.get(&tile.path()) {
        Ok(bytes) if bytes == encode_hashes(hashes) => Ok(None),
        Ok(_) => Ok(Some(first)),
        Err(error) if error.of_record => Ok(Some(first)),
        Err(error) => Err(error),
    }
}
