//! The voting booth: where a voter stands, and the steps from one phase to the next.

use super::calls::{ask_reissue, cast_ballot, challenge_ballot, fetch_voting, register_credential};
use super::ready::{Ready, Trouble, get_ready};
use super::send::{Sending, send};
use crate::error::UiError;
use crate::pages::polls::keepsake::{Head, Kept, Pending};
use crate::pages::polls::receipt::check::check_receipt;
use ballot::{merkle::leaf_hash, voter::SealedBallot};
use leptos::{prelude::*, task::spawn_local};
use types::{
    ErrorCode, Problem,
    bytes::{Blob, Hex32},
    polls::{CastAnswer, PollPage, Receipt},
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
    /// Opened to test the device: the tracker, and what it holds by question.
    Opened(String, Vec<Vec<u16>>),
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
    ready: StoredValue<Option<Ready>, LocalStorage>,
    sealed: StoredValue<Option<SealedBallot>, LocalStorage>,
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
            ready: StoredValue::new_local(None),
            sealed: StoredValue::new_local(None),
        }
    }

    /// Gets the device ready, in the background.
    pub(super) fn get_ready(self) {
        self.is_ready.set(false);
        spawn_local(async move {
            let poll = self.page.with_value(|page| page.card.poll);
            let voting = match fetch_voting(poll).await {
                Ok(voting) => voting,
                Err(error) => return self.stop(&error),
            };
            let page = self.page.get_value();
            match get_ready(&page, voting).await {
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
        self.ready.set_value(Some(ready));
        self.is_ready.set(true);
        if let Some(next) = next {
            self.phase.set(next);
        }
    }

    /// Reads from what was made ready.
    pub(super) fn with<T>(self, read: impl FnOnce(&Ready) -> T) -> Option<T> {
        self.ready.with_value(|ready| ready.as_ref().map(read))
    }

    /// Encrypts the choices, step by step.
    pub(super) fn seal(self) {
        let Some(ready) = self.ready.try_update_value(Option::take).flatten() else { return };
        self.phase.set(Phase::Sealing(0, 0));
        spawn_local(async move {
            let choices = self.choices.get_untracked();
            let sealed = super::seal::seal(&ready, &choices, |done, all| self.phase.set(Phase::Sealing(done, all))).await;
            self.ready.set_value(Some(ready));
            match sealed {
                Some(sealed) => {
                    self.phase.set(Phase::Sealed(sealed.tracker.to_string()));
                    self.sealed.set_value(Some(sealed));
                }
                None => self.phase.set(Phase::Blocked(Trouble::NoMemory)),
            }
        });
    }

    /// Puts the sealed ballot in the box. It is kept first, so that losing the network or the page loses nothing.
    pub(super) fn cast(self) {
        let Some(sealed) = self.sealed.try_update_value(Option::take).flatten() else { return };
        let pending = Pending { tracker: sealed.tracker.to_string(), bytes: Blob(sealed.bytes) };
        self.ready.update_value(|ready| {
            if let Some(ready) = ready {
                ready.keepsake.pending = Some(pending);
                ready.keep();
            }
        });
        self.send_pending();
    }

    /// Sends the kept ballot, for the first time or again.
    pub(super) fn send_pending(self) {
        let Some((poll, entry)) = self.with(|ready| {
            let pending = ready.keepsake.pending.as_ref()?;
            Some((ready.voting.poll, pending.bytes.clone()))
        }).flatten() else { return };
        self.sending.set(Sending::default());
        self.phase.set(Phase::Sending);
        spawn_local(async move {
            let answer = match self.register().await {
                Ok(()) => send(self.sending, || cast_ballot(poll, entry.clone())).await,
                Err(problem) => Err(problem),
            };
            match answer {
                Ok(answer) => self.arrived(&entry, answer),
                Err(problem) => self.refused(&problem),
            }
        });
    }

    /// Forgets a kept ballot that has not arrived.
    pub(super) fn drop_pending(self) {
        self.ready.update_value(|ready| {
            if let Some(ready) = ready {
                ready.keepsake.pending = None;
                ready.keep();
            }
        });
        self.start_again();
    }

    /// Opens the sealed ballot to test the device.
    pub(super) fn challenge(self) {
        let Some(sealed) = self.sealed.try_update_value(Option::take).flatten() else { return };
        let Some((poll, entry)) = self.with(|ready| {
            (ready.voting.poll, Blob(sealed.opening.challenge(&ready.context, &sealed.bytes)))
        }) else { return };
        self.sending.set(Sending::default());
        self.phase.set(Phase::Sending);
        spawn_local(async move {
            let answer = match self.register().await {
                Ok(()) => send(self.sending, || challenge_ballot(poll, entry.clone())).await,
                Err(problem) => Err(problem),
            };
            match answer {
                Ok(_) => self.opened(&entry),
                Err(problem) => self.refused(&problem),
            }
        });
    }

    fn opened(self, entry: &Blob) {
        let revealed = self.with(|ready| ballot::sealed::reveal(&ready.context, &entry.0).ok()).flatten();
        let Some(revealed) = revealed else { return self.phase.set(Phase::Blocked(Trouble::Mismatch)) };
        let tracker = revealed.tracker.to_string();
        self.ready.update_value(|ready| {
            if let Some(ready) = ready {
                ready.keepsake.tested.push(tracker.clone());
                ready.keep();
            }
        });
        self.phase.set(Phase::Opened(tracker, revealed.choices));
    }

    /// Registers this device's key, once.
    async fn register(self) -> Result<(), Problem> {
        let entry = self.with(|ready| {
            let entry = || Blob(ready.key.credential(&ready.context, ready.voting.slot));
            ready.is_new().then(|| (ready.voting.poll, entry()))
        });
        let Some((poll, entry)) = entry.flatten() else { return Ok(()) };
        send(self.sending, || register_credential(poll, entry.clone())).await.map(|_| ())
    }

    fn arrived(self, entry: &Blob, answer: CastAnswer) {
        let receipt = answer.receipt();
        let mut phase = Phase::InTheBox;
        self.ready.update_value(|ready| {
            let Some(ready) = ready else { return };
            let kept = kept(ready, entry, &receipt);
            match check_receipt(&kept, &receipt.proof) {
                Ok(head) => ready.arrived(kept, head),
                // The bytes stay, so that the receipt page and the next visit can ask again.
                Err(_) => phase = Phase::Blocked(Trouble::BadReceipt),
            }
        });
        self.phase.set(phase);
    }

    fn refused(self, problem: &Problem) {
        // A ballot that the server has seen and refused will be refused again; signing in again may help.
        let keep = matches!(problem.code, ErrorCode::SignInNeeded | ErrorCode::Internal | ErrorCode::NotYourSlot);
        if !keep {
            self.ready.update_value(|ready| {
                if let Some(ready) = ready {
                    ready.keepsake.pending = None;
                    ready.keep();
                }
            });
        }
        let elsewhere = matches!(problem.code, ErrorCode::CredentialExists | ErrorCode::SupersededCredential);
        self.phase.set(if elsewhere { Phase::Elsewhere(false) } else { Phase::Refused(problem.code) });
    }

    /// Asks the clerks to let this device vote instead of the lost one.
    pub(super) fn ask_reissue(self) {
        let Some((poll, request)) = self.with(|ready| {
            let generation = ready.voting.next_generation;
            (ready.voting.poll, ready.key.reissue_request(&ready.context, ready.voting.slot, generation))
        }) else { return };
        spawn_local(async move {
            let possession = Blob(request.possession.to_vec());
            match ask_reissue(poll, Hex32(request.key), possession).await {
                Ok(()) => self.phase.set(Phase::Elsewhere(true)),
                Err(error) => self.stop(&error),
            }
        });
    }

    fn stop(self, error: &UiError) {
        self.phase.set(error.code().map_or(Phase::Blocked(Trouble::Offline), Phase::Refused));
    }

    /// Back to the choices, with the slot's state as it is now.
    pub(super) fn start_again(self) {
        self.phase.set(Phase::Choose);
        self.get_ready();
    }
}

fn kept(ready: &Ready, entry: &Blob, receipt: &Receipt) -> Kept {
    let log = &ready.context.manifest().log;
    Kept {
        title: ready.context.manifest().title.clone(),
        tracker: receipt.tracker.clone(),
        hash: receipt.hash,
        leaf_hash: Hex32(leaf_hash(&entry.0)),
        at: receipt.at,
        origin: log.origin.clone(),
        log_key: Hex32(log.key.0),
        checked_at: None,
    }
}

impl Ready {
    fn arrived(&mut self, kept: Kept, head: Head) {
        self.keepsake.pending = None;
        self.keepsake.receipt = Some(kept);
        // An older head stays: the receipt page proves that the board still continues it.
        self.keepsake.head.get_or_insert(head);
        self.keep();
    }
}
