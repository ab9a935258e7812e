//! The ballot that was asked for.

use super::TrackerState;
use crate::Tracker;
use crate::board::Slots;
use crate::hash::Digest;

/// What has been seen of the ballot with the tracker that was asked for.
#[derive(Default)]
pub(super) struct Tracked {
    asked: Option<Tracker>,
    found: Option<Found>,
    /// Two ballots that were taken in have the tracker.
    ambiguous: bool,
}

struct Found {
    index: u64,
    hash: Digest,
    challenged: bool,
    /// The slot it was taken in for; none where it was refused.
    slot: Option<u32>,
}

impl Tracked {
    pub(super) fn new(asked: Option<Tracker>) -> Self {
        Self { asked, ..Self::default() }
    }

    /// Entry `index` is a ballot, or opens one; `slot` is whose, unless it was refused. A refused one, such as a copy
    /// that was put on the board, says nothing about one that was taken in.
    pub(super) fn see(&mut self, index: u64, hash: &Digest, challenged: bool, slot: Option<u32>) {
        if self.asked != Some(Tracker::of(hash)) {
            return;
        }
        let stands = self.found.as_ref().is_some_and(|found| found.slot.is_some());
        if !stands {
            self.found = Some(Found { index, hash: *hash, challenged, slot });
        } else if slot.is_some() {
            self.ambiguous = true;
        }
    }

    /// Entry `index` was taken in, and its signature or proof fails.
    pub(super) fn refuse(&mut self, index: u64) {
        if let Some(found) = self.found.as_mut().filter(|found| found.index == index) {
            found.slot = None;
        }
    }

    /// Where it stands, if one was asked for.
    pub(super) fn state(&self, slots: &Slots) -> Option<TrackerState> {
        self.asked?;
        Some(match &self.found {
            None => TrackerState::Unknown,
            Some(_) if self.ambiguous => TrackerState::Ambiguous,
            Some(Found { slot: None, .. }) => TrackerState::Refused,
            Some(Found { challenged: true, .. }) => TrackerState::Challenged,
            Some(Found { slot: Some(slot), hash, .. }) => match slots.slot(*slot) {
                Some(last) if last.hash == *hash => TrackerState::Counted,
                _ => TrackerState::Replaced,
            },
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two ballots made for one tracker, in 2⁴⁰ steps: here two hashes that begin alike.
    #[test]
    fn two_ballots_with_one_tracker_are_ambiguous() {
        let (one, mut two) = ([7; 32], [7; 32]);
        two[31] = 8;
        let mut tracked = Tracked::new(Some(Tracker::of(&one)));
        tracked.see(3, &one, false, Some(1));
        tracked.see(4, &two, false, None);
        assert_eq!(tracked.state(&Slots::new()), Some(TrackerState::Replaced));
        tracked.see(5, &two, false, Some(2));
        assert_eq!(tracked.state(&Slots::new()), Some(TrackerState::Ambiguous));
    }
}
