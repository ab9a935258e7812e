//! The layout of C2SP `tlog-tiles`: paths, hash tiles of height 8, entry bundles.
//!
//! Paths here are relative to the board's URL or folder: `tile/0/x001/x234/067`, `tile/entries/000.p/5`. The server
//! serves them under `/api/v1/polls/{id}/board/`.

use crate::Refusal;
use crate::bytes::{Reader, Writer};
use crate::entry::MAX_ENTRY;
use crate::merkle::{Node, TreeHash};

/// Hashes, or entries, of a full tile.
pub const WIDTH: u64 = 256;

/// What a tile holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Holds {
    /// Hashes of the tree's nodes at the level `8 · L`.
    Hashes(u8),
    /// Entries.
    Entries,
}

/// A tile by its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Tile {
    /// Hashes at one level, or entries.
    pub holds: Holds,
    /// Place among the tiles of its level, from 0.
    pub index: u64,
    /// Hashes or entries in it, 1 to 256; below 256 it is partial.
    pub width: u16,
}

impl Tile {
    /// The path, such as `tile/0/x001/x234/067` or `tile/entries/000.p/5`.
    #[must_use]
    pub fn path(&self) -> String {
        let mut path = format!("{:03}", self.index % 1000);
        let mut rest = self.index / 1000;
        while rest > 0 {
            path = format!("x{:03}/{path}", rest % 1000);
            rest /= 1000;
        }
        let level = match self.holds {
            Holds::Hashes(level) => level.to_string(),
            Holds::Entries => "entries".to_owned(),
        };
        let partial = if u64::from(self.width) < WIDTH { format!(".p/{}", self.width) } else { String::new() };
        format!("tile/{level}/{path}{partial}")
    }

    /// Reads a path. `None` for anything that [`Tile::path`] does not write.
    #[must_use]
    pub fn parse(path: &str) -> Option<Self> {
        let (level, rest) = path.strip_prefix("tile/")?.split_once('/')?;
        let holds = if level == "entries" { Holds::Entries } else { Holds::Hashes(level.parse().ok()?) };
        let (number, width) = match rest.split_once(".p/") {
            Some((number, width)) => (number, width.parse().ok()?),
            None => (rest, 256),
        };
        let mut index: u64 = 0;
        for group in number.split('/') {
            let digits = group.strip_prefix('x').unwrap_or(group);
            index = index.checked_mul(1000)?.checked_add(digits.parse().ok()?)?;
        }
        let tile = Self { holds, index, width };
        (tile.path() == path && (1..=WIDTH).contains(&u64::from(width))).then_some(tile)
    }

    /// The nodes whose hashes a hash tile holds, left to right; for entries, the leaves.
    pub fn nodes(&self) -> impl Iterator<Item = Node> + use<> {
        let level = match self.holds {
            Holds::Hashes(level) => level.saturating_mul(8).min(63),
            Holds::Entries => 0,
        };
        let first = self.index.saturating_mul(WIDTH);
        (0..u64::from(self.width)).map(move |i| Node { level, index: first.saturating_add(i) })
    }

    /// Whether a tree of `size` leaves has all that this tile holds, and this is the widest tile of its place or one
    /// that was so for a smaller tree.
    #[must_use]
    pub fn exists(&self, size: u64) -> bool {
        let level = match self.holds {
            Holds::Hashes(level) => u32::from(level) * 8,
            Holds::Entries => 0,
        };
        let nodes = size.checked_shr(level).unwrap_or(0);
        self.index
            .checked_mul(WIDTH)
            .and_then(|first| first.checked_add(u64::from(self.width)))
            .is_some_and(|end| end <= nodes)
    }
}

/// Every tile of a tree of `size` leaves, entries first, then the levels from the leaves up; the last of each level
/// may be partial.
pub fn all(size: u64) -> Vec<Tile> {
    let mut tiles = level(Holds::Entries, size);
    let (mut nodes, mut height) = (size, 0);
    while nodes > 0 {
        tiles.extend(level(Holds::Hashes(height), nodes));
        nodes /= WIDTH;
        height += 1;
    }
    tiles
}

fn level(holds: Holds, nodes: u64) -> Vec<Tile> {
    let full = (0..nodes / WIDTH).map(|index| Tile { holds, index, width: 256 });
    let rest = u16::try_from(nodes % WIDTH).unwrap_or(0);
    full.chain((rest > 0).then_some(Tile { holds, index: nodes / WIDTH, width: rest })).collect()
}

/// A hash tile's bytes: its hashes one after the other.
#[must_use]
pub fn encode_hashes(hashes: &[TreeHash]) -> Vec<u8> {
    hashes.concat()
}

/// A bundle's bytes: each entry after its length, 16 bits big-endian.
///
/// # Errors
/// [`Refusal::TooLarge`] where an entry has more than 65,535 bytes.
pub fn encode_bundle<'a>(entries: impl IntoIterator<Item = &'a [u8]>) -> Result<Vec<u8>, Refusal> {
    let mut bundle = Writer::new();
    for entry in entries {
        let len = u16::try_from(entry.len()).map_err(|_| Refusal::TooLarge)?;
        bundle = bundle.u16(len).bytes(entry);
    }
    Ok(bundle.finish())
}

/// The entries of a bundle, at most 256.
///
/// # Errors
/// [`Refusal::NotCanonical`] where a length does not fit, or there are more entries.
pub fn decode_bundle(bundle: &[u8]) -> Result<Vec<&[u8]>, Refusal> {
    let mut reader = Reader::new(bundle);
    let mut entries = Vec::new();
    while reader.len() > 0 {
        if entries.len() == WIDTH as usize {
            return Err(Refusal::NotCanonical);
        }
        let len = usize::from(reader.u16()?);
        debug_assert!(len <= MAX_ENTRY);
        entries.push(reader.take(len)?);
    }
    Ok(entries)
}
