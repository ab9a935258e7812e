//! What a running server keeps in memory about polls: contexts that never change any more, and the ballots on their way.

use super::casting::queue::Queues;
use ballot::PollContext;
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};
use tokio::sync::Semaphore;
use types::{Timestamp, ids::PollId};

/// Contexts kept; beyond, the memory is cleared and filled again.
const CONTEXTS: usize = 256;
/// Votes that may wait for a core; the next one is told to come back.
const WAITING: usize = 1024;

/// A poll that was opened: all that checking a vote needs.
pub(super) struct Voting {
    pub(super) poll: PollId,
    pub(super) context: Arc<PollContext>,
    pub(super) closes_at: Timestamp,
    pub(super) title: String,
}

/// See the module.
pub(crate) struct Live {
    contexts: Mutex<HashMap<PollId, Arc<Voting>>>,
    /// Votes checked at one time.
    pub(super) cores: Semaphore,
    /// Votes let in.
    pub(super) places: Semaphore,
    pub(super) queues: Queues,
}

impl Default for Live {
    fn default() -> Self {
        let cores = std::thread::available_parallelism().map_or(2, usize::from);
        Self {
            contexts: Mutex::default(),
            cores: Semaphore::new(cores),
            places: Semaphore::new(WAITING),
            queues: Queues::default(),
        }
    }
}

impl Live {
    pub(super) fn voting(&self, poll: PollId) -> Option<Arc<Voting>> {
        self.contexts.lock().unwrap_or_else(PoisonError::into_inner).get(&poll).cloned()
    }

    pub(super) fn keep(&self, voting: &Arc<Voting>) {
        let mut contexts = self.contexts.lock().unwrap_or_else(PoisonError::into_inner);
        if contexts.len() >= CONTEXTS {
            contexts.clear();
        }
        contexts.insert(voting.poll, Arc::clone(voting));
    }
}
