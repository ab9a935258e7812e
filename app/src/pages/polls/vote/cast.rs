//! Casting: the ballot is kept, sent until there is an answer, and the answer's proof is checked.

use super::booth::{Booth, Phase};
use super::ready::{Ready, Trouble};
use super::send::{Sending, send};
use crate::pages::polls::keepsake::{Head, Kept, Pending};
use crate::pages::polls::receipt::check::check_receipt;
use ballot::{Tracker, merkle::leaf_hash};
use leptos::{prelude::*, task::spawn_local};
use types::{
    ErrorCode, Problem,
    bytes::{Blob, Hex32},
    polls::Receipt,
};

impl Booth {
    /// Puts the sealed ballot in the box. It is kept first, so that losing the network or the page loses nothing.
    pub(super) fn cast(self) {
        let Some(sealed) = self.sealed.take() else { return };
        let pending = Pending { tracker: sealed.tracker.to_string(), bytes: Blob(sealed.bytes) };
        self.change(|ready| ready.keepsake.pending = Some(pending));
        self.send_pending();
    }

    /// Sends the kept ballot, for the first time or again.
    pub(super) fn send_pending(self) {
        let Some((poll, entry)) = self
            .with(|ready| {
                let pending = ready.keepsake.pending.as_ref()?;
                Some((ready.voting.poll, pending.bytes.clone()))
            })
            .flatten()
        else {
            return;
        };
        self.sending.set(Sending::default());
        self.phase.set(Phase::Sending);
        spawn_local(async move {
            let answer = match self.register().await {
                Ok(()) => send(self.sending, poll, &entry).await,
                Err(problem) => Err(problem),
            };
            match answer {
                Ok(Some(receipt)) => self.arrived(&entry, &receipt),
                Ok(None) => self.phase.set(Phase::Blocked(Trouble::BadReceipt)),
                Err(problem) => self.refused(&problem),
            }
        });
    }

    /// Forgets a kept ballot that has not arrived.
    pub(super) fn drop_pending(self) {
        self.change(|ready| ready.keepsake.pending = None);
        self.start_again();
    }

    /// Registers this device's key, once.
    pub(super) async fn register(self) -> Result<(), Problem> {
        let entry = self.with(|ready| {
            let entry = || Blob(ready.key.credential(&ready.context, ready.voting.slot));
            ready.is_new().then(|| (ready.voting.poll, entry()))
        });
        let Some((poll, entry)) = entry.flatten() else { return Ok(()) };
        send(self.sending, poll, &entry).await.map(|_| ())
    }

    fn arrived(self, entry: &Blob, receipt: &Receipt) {
        let mut phase = Phase::InTheBox;
        self.ready.change(|ready| {
            let kept = kept(ready, entry, receipt);
            let shown = ready.keepsake.pending.as_ref().is_some_and(|pending| pending.tracker == kept.tracker);
            match check_receipt(&kept, &receipt.proof) {
                Ok(head) if shown => ready.arrived(kept, head),
                // The bytes stay, so that the next visit can send them again.
                _ => phase = Phase::Blocked(Trouble::BadReceipt),
            }
        });
        self.phase.set(phase);
    }

    /// The server has refused a ballot or a registration.
    pub(super) fn refused(self, problem: &Problem) {
        // A ballot that the server has seen and refused will be refused again; signing in again may help.
        let keep = matches!(problem.code, ErrorCode::SignInNeeded | ErrorCode::Internal | ErrorCode::NotYourSlot);
        if !keep {
            self.change(|ready| ready.keepsake.pending = None);
        }
        let elsewhere = matches!(problem.code, ErrorCode::CredentialExists | ErrorCode::SupersededCredential);
        self.phase.set(if elsewhere { Phase::Elsewhere(false) } else { Phase::Refused(problem.code) });
    }
}

fn kept(ready: &Ready, entry: &Blob, receipt: &Receipt) -> Kept {
    let log = &ready.context.manifest().log;
    Kept {
        title: ready.context.manifest().title.clone(),
        tracker: Tracker::of(&receipt.hash.0).to_string(),
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
