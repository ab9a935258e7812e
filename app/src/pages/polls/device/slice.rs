//! Long work in small slices, so that the page stays usable meanwhile.

use super::{sleep, stopwatch};

/// A frame at 60 Hz is 16 ms: the rest of it belongs to the page.
const SLICE_MS: f64 = 10.0;

/// The slice of work that runs.
pub(crate) struct Slice {
    since: f64,
}

impl Slice {
    /// Begins a slice.
    pub(crate) fn begin() -> Self {
        Self { since: stopwatch() }
    }

    /// Gives way to the page if the slice has lasted long enough; to be called after each small step.
    pub(crate) async fn breathe(&mut self) {
        if stopwatch() - self.since >= SLICE_MS {
            self.give_way().await;
        }
    }

    /// Gives way to the page.
    pub(crate) async fn give_way(&mut self) {
        sleep(0).await;
        self.since = stopwatch();
    }
}
