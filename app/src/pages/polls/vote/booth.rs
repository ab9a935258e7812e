//! The voting booth: where a voter stands, and the steps from one phase to the next.

use super::calls::fetch_start;
use super::ready::{Ready, Trouble, get_ready};
use super::send::Sending;
use crate::error::UiError;
use crate::pages::polls::device::is_marked;
use crate::parts::Kept;
use ballot::voter::SealedBallot;
use leptos::{prelude::*, task::spawn_local};
use types::{
    ErrorCode,
    bytes::Blob,
    polls::{PollPage, PollQuestion},
};

/// Where a voter stands. The choices are kept beside it, through every phase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Phase {
    /// Marks options. The device gets ready meanwhile.
    Choose,
    /// Reads the choices once more.
    Check,
    /// The ballot is being encrypted: steps done, steps in all.
    Sealing(usize, usize),
    /// Sealed, with this tracker: cast or challenge?
    Sealed(String),
    /// On its way to the board.
    Sending,
    /// Opened to test the device: the entry on the board.
    Opened(Blob),
    /// In the box; the receipt is kept.
    InTheBox,
    /// Refused by the server.
    Refused(ErrorCode),
    /// Nothing can be sealed here.
    Blocked(Trouble),
    /// The slot belongs to another device; whether a new registration was asked for.
    Elsewhere(bool),
    /// A sealed ballot of an earlier visit has not arrived.
    Unsent,
}

/// What the phases share.
#[derive(Clone, Copy)]
pub(super) struct Booth {
    /// The poll.
    pub(super) page: StoredValue<PollPage>,
    /// Where the voter stands.
    pub(super) phase: RwSignal<Phase>,
    /// The marked options, by question.
    pub(super) choices: RwSignal<Vec<Vec<u16>>>,
    /// How the sending goes.
    pub(super) sending: RwSignal<Sending>,
    /// The device is ready to seal.
    pub(super) is_ready: RwSignal<bool>,
    pub(super) ready: Kept<Ready>,
    pub(super) sealed: Kept<SealedBallot>,
}

impl Booth {
    /// A booth for that poll, nothing marked.
    pub(super) fn new(page: PollPage) -> Self {
        let choices = vec![Vec::new(); page.questions.len()];
        Self {
            page: StoredValue::new(page),
            phase: RwSignal::new(Phase::Choose),
            choices: RwSignal::new(choices),
            sending: RwSignal::default(),
            is_ready: RwSignal::new(false),
            ready: Kept::new(),
            sealed: Kept::new(),
        }
    }

    /// What was tapped on the page that the server sent, before this code was there.
    pub(super) fn early_marks(self) -> Vec<Vec<u16>> {
        self.page.with_value(|page| {
            let marks = |(i, question): (usize, &PollQuestion)| {
                let options = (0..question.options.len()).filter(|o| is_marked(&format!("question-{i}"), *o));
                options.filter_map(|o| u16::try_from(o).ok()).collect()
            };
            page.questions.iter().enumerate().map(marks).collect()
        })
    }

    /// Gets the device ready, in the background.
    pub(super) fn get_ready(self) {
        self.is_ready.set(false);
        let page = self.page.get_value();
        spawn_local(async move {
            let start = match fetch_start(page.card.poll).await {
                Ok(start) => start,
                Err(error) => return self.stop(&error),
            };
            match get_ready(&page, start).await {
                Ok(ready) => self.settle(ready),
                Err(trouble) => self.phase.set(Phase::Blocked(trouble)),
            }
        });
    }

    fn settle(self, ready: Ready) {
        let asked = ready.voting.reissue_asked.is_some_and(|key| key.0 == ready.key.public());
        let next = match (ready.is_elsewhere(), ready.keepsake.pending.is_some()) {
            (true, _) => Some(Phase::Elsewhere(asked)),
            (_, true) => Some(Phase::Unsent),
            _ => None,
        };
        self.ready.set(ready);
        self.is_ready.set(true);
        if let Some(next) = next {
            self.phase.set(next);
        }
    }

    /// Changes what is kept for the slot.
    pub(super) fn change(self, change: impl FnOnce(&mut Ready)) {
        self.ready.change(|ready| {
            change(ready);
            ready.keep();
        });
    }

    /// Reads from what was made ready; nothing once the visitor has left.
    pub(super) fn with<T>(self, read: impl FnOnce(&Ready) -> T) -> Option<T> {
        self.ready.read(read)
    }

    /// Encrypts the choices, step by step.
    pub(super) fn seal(self) {
        let Some(ready) = self.ready.take() else { return };
        self.phase.set(Phase::Sealing(0, 0));
        let choices = self.choices.get_untracked();
        spawn_local(async move {
            let sealed =
                super::seal::seal(&ready, &choices, |done, all| self.phase.set(Phase::Sealing(done, all))).await;
            self.ready.set(ready);
            match sealed {
                Some(sealed) => {
                    self.phase.set(Phase::Sealed(sealed.tracker.to_string()));
                    self.sealed.set(sealed);
                }
                None => self.phase.set(Phase::Blocked(Trouble::NoMemory)),
            }
        });
    }

    /// What the server or the network says ends the visit.
    pub(super) fn stop(self, error: &UiError) {
        self.phase.set(error.code().map_or(Phase::Blocked(Trouble::Offline), Phase::Refused));
    }

    /// Back to the choices, with the slot's state as it is now.
    pub(super) fn start_again(self) {
        self.phase.set(Phase::Choose);
        self.get_ready();
    }
}
