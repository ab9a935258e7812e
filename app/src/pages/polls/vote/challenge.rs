//! Opening a sealed ballot to test the device; and asking for a new registration of a lost one. Few do either: the code is
//! fetched when somebody does, and waits for the network as the sending itself would.

use super::booth::{Booth, Phase};
use super::calls::ask_reissue;
use super::send::{Sending, send};
use leptos::{prelude::*, task::spawn_local};
use types::bytes::{Blob, Hex32};

/// What few voters do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Act {
    Challenge,
    AskReissue,
}

impl Booth {
    /// Opens the sealed ballot to test the device.
    pub(super) fn challenge(self) {
        self.sending.set(Sending::default());
        self.phase.set(Phase::Sending);
        spawn_local(act(self, Act::Challenge));
    }

    /// Asks the clerks to let this device vote instead of the lost one.
    pub(super) fn ask_reissue(self) {
        spawn_local(act(self, Act::AskReissue));
    }
}

#[lazy]
async fn act(booth: Booth, what: Act) {
    match what {
        Act::Challenge => challenge(booth).await,
        Act::AskReissue => ask(booth).await,
    }
}

async fn challenge(booth: Booth) {
    let Some(sealed) = booth.sealed.take() else { return };
    let tracker = sealed.tracker.to_string();
    let entry = booth.with(|ready| (ready.voting.poll, sealed.opening.challenge(&ready.context, &sealed.bytes)));
    let Some((poll, entry)) = entry else { return };
    let entry = Blob(entry);
    let answer = match booth.register().await {
        Ok(()) => send(booth.sending, poll, &entry).await,
        Err(problem) => Err(problem),
    };
    match answer {
        Ok(_) => {
            booth.change(|ready| ready.keepsake.tested.push(tracker));
            booth.phase.set(Phase::Opened(entry));
        }
        Err(problem) => booth.refused(&problem),
    }
}

async fn ask(booth: Booth) {
    let Some((poll, request)) = booth.with(|ready| {
        let generation = ready.voting.next_generation;
        (ready.voting.poll, ready.key.reissue_request(&ready.context, ready.voting.slot, generation))
    }) else {
        return;
    };
    match ask_reissue(poll, Hex32(request.key), Blob(request.possession.to_vec())).await {
        Ok(()) => booth.phase.set(Phase::Elsewhere(true)),
        Err(error) => booth.stop(&error),
    }
}
