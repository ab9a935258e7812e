//! C2SP tlog-tiles.

use crate::{Caller, Result, Service};
use types::{ErrorCode, ids::PollId};

impl Service {
    /// A hash tile of `width` (1..=256) hashes. `NotFound` beyond the tree.
    pub async fn board_tile(
        &self,
        caller: &Caller,
        poll: PollId,
        level: u8,
        index: u64,
        width: u16,
    ) -> Result<Vec<u8>> {
        let _ = (caller, poll, level, index, width);
        Err(ErrorCode::Internal.into())
    }

    /// An entry bundle of `width` (1..=256) entries, each with a 16-bit length before it.
    pub async fn board_bundle(
        &self,
        caller: &Caller,
        poll: PollId,
        index: u64,
        width: u16,
    ) -> Result<Vec<u8>> {
        let _ = (caller, poll, index, width);
        Err(ErrorCode::Internal.into())
    }
}
