//! What this device keeps for one slot of one poll: the key's seed, the ballot under way, the receipt.
//!
//! Families share phones, so each slot has a seed of its own; nothing links the keys of two polls or two people.

use super::device;
use serde::{Deserialize, Serialize};
use types::{
    Timestamp,
    bytes::{Blob, Hex32},
    ids::PollId,
};

/// Everything kept for one slot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Keepsake {
    /// 256 random bits made on this device; the credential's key follows from them and the poll.
    pub(crate) seed: Hex32,
    /// A sealed ballot of which it is not known whether it arrived.
    pub(crate) pending: Option<Pending>,
    /// The receipt of the last ballot that arrived.
    pub(crate) receipt: Option<Kept>,
    /// The newest checkpoint of the board that this device has verified.
    pub(crate) head: Option<Head>,
    /// Trackers of ballots opened as a test, oldest first.
    #[serde(default)]
    pub(crate) tested: Vec<String>,
}

/// A sealed ballot on its way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Pending {
    /// The exact bytes: sent again unchanged, so that it cannot count twice.
    pub(crate) bytes: Blob,
    /// The tracker that was shown.
    pub(crate) tracker: String,
}

/// A receipt as this device keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Kept {
    /// The poll's title.
    pub(crate) title: String,
    /// The tracker.
    pub(crate) tracker: String,
    /// The ballot's hash.
    pub(crate) hash: Hex32,
    /// The hash of the board's leaf, computed here from the bytes that were sent.
    pub(crate) leaf_hash: Hex32,
    /// When the server recorded it.
    pub(crate) at: Timestamp,
    /// The log's name, from the manifest.
    pub(crate) origin: String,
    /// The log's key, from the manifest.
    pub(crate) log_key: Hex32,
    /// When it was last found in the box, by this device's clock.
    pub(crate) checked_at: Option<Timestamp>,
}

/// A verified head of the board.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Head {
    /// Entries.
    pub(crate) size: u64,
    /// Root hash.
    pub(crate) root: Hex32,
    /// The signed note: what proves a fork to others.
    pub(crate) note: String,
}

fn prefix(poll: PollId) -> String {
    format!("minyi.voter.{poll}.")
}

impl Keepsake {
    /// What is kept for this slot.
    pub(crate) fn of(poll: PollId, slot: u32) -> Option<Self> {
        device::recall(&format!("{}{slot}", prefix(poll)))
    }

    /// A new one; nothing is kept yet.
    pub(crate) fn new(seed: [u8; 32]) -> Self {
        Self { seed: Hex32(seed), pending: None, receipt: None, head: None, tested: Vec::new() }
    }

    /// Everything that is kept for this poll, by slot.
    pub(crate) fn all(poll: PollId) -> Vec<(u32, Self)> {
        let prefix = prefix(poll);
        let slot = |key: &String| key.strip_prefix(&prefix)?.parse().ok();
        let keys = device::keys(&prefix);
        let mut all: Vec<_> = keys.iter().filter_map(|key| Some((slot(key)?, device::recall::<Self>(key)?))).collect();
        all.sort_by_key(|(slot, _)| *slot);
        all
    }

    /// Keeps it; false where the browser does not allow it.
    #[must_use]
    pub(crate) fn keep(&self, poll: PollId, slot: u32) -> bool {
        device::keep(&format!("{}{slot}", prefix(poll)), self)
    }
}
