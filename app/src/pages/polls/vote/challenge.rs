//! Opening a sealed ballot to test the device; and asking for a new registration of a lost one.

use super::booth::{Booth, Phase};
use super::calls::ask_reissue;
use super::send::{Sending, send};
use leptos::{prelude::*, task::spawn_local};
use types::bytes::{Blob, Hex32};

impl Booth {
    /// Opens the sealed ballot to test the device.
    pub(super) fn challenge(self) {
        let Some(sealed) = self.sealed.try_update_value(Option::take).flatten() else { return };
        let tracker = sealed.tracker.to_string();
        let Some((poll, entry)) =
            self.with(|ready| (ready.voting.poll, Blob(sealed.opening.challenge(&ready.context, &sealed.bytes))))
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
                Ok(_) => {
                    self.change(|ready| ready.keepsake.tested.push(tracker));
                    self.phase.set(Phase::Opened(entry));
                }
                Err(problem) => self.refused(&problem),
            }
        });
    }

    /// Asks the clerks to let this device vote instead of the lost one.
    pub(super) fn ask_reissue(self) {
        let Some((poll, request)) = self.with(|ready| {
            let generation = ready.voting.next_generation;
            (ready.voting.poll, ready.key.reissue_request(&ready.context, ready.voting.slot, generation))
        }) else {
            return;
        };
        spawn_local(async move {
            let possession = Blob(request.possession.to_vec());
            match ask_reissue(poll, Hex32(request.key), possession).await {
                Ok(()) => self.phase.set(Phase::Elsewhere(true)),
                Err(error) => self.stop(&error),
            }
        });
    }
}
