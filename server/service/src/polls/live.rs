//! What a running server keeps in memory about polls: what never changes any more, and the ballots on their way.

use super::{
    casting::{
        queue::{Queues, queues},
        voting::{Checks, Presentations, checks, presentations},
    },
    drafts::FixedPage,
    lists::Lists,
    page::Reads,
};
use crate::gather::Alike;
use ballot::{PollContext, board::Course};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};
use store::polls::{EntryRecord, Head};
use tokio::sync::Semaphore;
use types::{Timestamp, ids::PollId};

/// Polls kept in each memory; beyond, it is cleared and filled again. A poll takes a few kB.
const POLLS: usize = 1024;

/// Readers of the same page who are served by one read.
const READERS: usize = 1024;

/// A poll that was opened: all that checking a vote needs.
pub(super) struct Voting {
    pub(super) poll: PollId,
    pub(super) context: Arc<PollContext>,
    pub(super) closes_at: Timestamp,
    pub(super) title: String,
}

/// A course that was checked.
pub(super) struct Kept {
    pub(super) course: Arc<Course>,
    /// The entries that begin the board, as far as they are the key ceremony's.
    pub(super) ceremony: Arc<[EntryRecord]>,
    /// Entries of the board that it was checked at.
    pub(super) size: i64,
    /// Whether votes were taken then.
    pub(super) taking: bool,
}

impl Kept {
    /// Whether it is the course of a board with this head: while votes are taken, nothing else is added.
    pub(super) fn holds_at(&self, head: &Head) -> bool {
        self.size == head.size || (self.taking && head.taking && self.size < head.size)
    }
}

/// What is known of some polls.
pub(super) struct Memory<T>(Mutex<HashMap<PollId, Arc<T>>>);

impl<T> Default for Memory<T> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<T> Memory<T> {
    pub(super) fn get(&self, poll: PollId) -> Option<Arc<T>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&poll).cloned()
    }

    pub(super) fn keep(&self, poll: PollId, known: &Arc<T>) {
        let mut polls = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if polls.len() >= POLLS {
            polls.clear();
        }
        polls.insert(poll, Arc::clone(known));
    }
}

/// See the module.
pub(crate) struct Live {
    /// Polls that were opened.
    pub(super) contexts: Memory<Voting>,
    /// What published polls show.
    pub(super) pages: Memory<FixedPage>,
    /// Boards without their votes.
    pub(super) courses: Memory<Kept>,
    /// Votes checked at one time.
    pub(super) cores: Arc<Semaphore>,
    /// Votes let in and not yet answered; the next one is told to come back.
    pub(super) places: Arc<Semaphore>,
    pub(super) queues: Queues,
    pub(super) presentations: Presentations,
    pub(super) checks: Checks,
    pub(super) reads: Reads,
    pub(super) lists: Lists,
}

impl Live {
    /// With room for so many votes on their way.
    pub(crate) fn new(votes_waiting: usize) -> Self {
        let cores = std::thread::available_parallelism().map_or(2, usize::from);
        Self {
            contexts: Memory::default(),
            pages: Memory::default(),
            courses: Memory::default(),
            cores: Arc::new(Semaphore::new(cores)),
            places: Arc::new(Semaphore::new(votes_waiting)),
            queues: queues(),
            presentations: presentations(),
            checks: checks(cores),
            reads: Alike::new(READERS, 1),
            lists: Alike::new(READERS, 1),
        }
    }
}
