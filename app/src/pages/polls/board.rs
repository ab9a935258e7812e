//! Downloading a poll's public board, the same way as anybody's tool does.

use super::device::{FetchError, Slice, fetch};
use ballot::Refusal;
use ballot::board::{Course, Phase};
use ballot::tiles::{Holds, Tile, WIDTH, decode_bundle};
use types::ids::PollId;

/// The board of one poll.
#[derive(Debug, Clone)]
pub(crate) struct Board {
    url: String,
}

/// Why a board could not be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum BoardError {
    /// It could not be fetched.
    Fetch(FetchError),
    /// What came is not what was asked for.
    Malformed,
    /// An entry does not hold.
    Refused(Refusal),
}

impl From<FetchError> for BoardError {
    fn from(error: FetchError) -> Self {
        Self::Fetch(error)
    }
}

impl Board {
    /// The board of `poll`.
    pub(crate) fn of(poll: PollId) -> Self {
        Self { url: format!("/api/v1/polls/{poll}/board/") }
    }

    /// The newest signed checkpoint.
    pub(crate) async fn checkpoint(&self) -> Result<String, BoardError> {
        let bytes = fetch(&format!("{}checkpoint", self.url)).await?;
        String::from_utf8(bytes).map_err(|_| BoardError::Malformed)
    }

    /// The entries of one bundle.
    pub(crate) async fn bundle(&self, tile: Tile) -> Result<Vec<Vec<u8>>, BoardError> {
        let bytes = fetch(&format!("{}{}", self.url, tile.path())).await?;
        let entries = decode_bundle(&bytes).map_err(|_| BoardError::Malformed)?;
        if entries.len() != usize::from(tile.width) {
            return Err(BoardError::Malformed);
        }
        Ok(entries.into_iter().map(<[u8]>::to_vec).collect())
    }

    /// Reads the board from its beginning until the poll is open, checking every entry, at most `size` of them.
    pub(crate) async fn read_course(&self, course: &mut Course, size: u64) -> Result<(), BoardError> {
        let (mut index, mut slice) = (0, Slice::begin());
        for tile in bundles(size) {
            for entry in self.bundle(tile).await? {
                if course.phase() == Phase::Open {
                    return Ok(());
                }
                let checked = course.check(&entry).map_err(BoardError::Refused)?;
                course.apply(&checked, index).map_err(BoardError::Refused)?;
                index += 1;
                slice.breathe().await;
            }
        }
        Ok(())
    }

    /// One entry; the whole bundle around it travels.
    pub(crate) async fn entry(&self, index: u64, size: u64) -> Result<Vec<u8>, BoardError> {
        let tile = bundle_at(index / WIDTH, size).ok_or(BoardError::Malformed)?;
        let place = usize::try_from(index % WIDTH).map_err(|_| BoardError::Malformed)?;
        self.bundle(tile).await?.into_iter().nth(place).ok_or(BoardError::Malformed)
    }
}

/// The bundles of the first `size` entries, in order.
pub(crate) fn bundles(size: u64) -> impl Iterator<Item = Tile> {
    (0..size.div_ceil(WIDTH)).filter_map(move |index| bundle_at(index, size))
}

fn bundle_at(index: u64, size: u64) -> Option<Tile> {
    let width = size.checked_sub(index * WIDTH)?.min(WIDTH);
    let width = u16::try_from(width).ok().filter(|width| *width > 0)?;
    Some(Tile { holds: Holds::Entries, index, width })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bundles_cover_every_entry_once() {
        for size in [0, 1, 255, 256, 257, 512, 70_000] {
            let widths: u64 = bundles(size).map(|tile| u64::from(tile.width)).sum();
            assert_eq!(widths, size);
            assert!(bundles(size).all(|tile| tile.exists(size)));
        }
    }
}
