//! The code on this device, and forgetting it.

use super::{Desk, Stage};
use crate::i18n::{k, t};
use crate::pages::polls::device;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use types::{bytes::Hex32, ids::PollId};

/// What this device keeps for a trustee of one poll.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Secret {
    /// The recovery code.
    pub(super) code: String,
    /// The trustee has typed it back: it is on paper.
    pub(super) typed_back: bool,
    /// The board as this device last saw it: entries, and the root of their tree.
    pub(super) seen: Option<(u64, Hex32)>,
    /// The sums that this device has agreed to open. It opens no other ones.
    #[serde(default)]
    pub(super) opened: Option<Opened>,
}

/// Which sums, of which closed box.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Opened {
    /// The hash of the sums.
    pub(super) aggregate: Hex32,
    /// The root that the close entry names.
    pub(super) root: Hex32,
}

fn key(poll: PollId) -> String {
    format!("minyi.trustee.{poll}")
}

impl Secret {
    /// A code that this device has seen nothing with yet.
    pub(super) const fn new(code: String, typed_back: bool) -> Self {
        Self { code, typed_back, seen: None, opened: None }
    }

    /// Notes what is about to be opened; false where it is something else than before.
    #[must_use]
    pub(super) fn may_open(&mut self, sums: Opened) -> bool {
        *self.opened.get_or_insert(sums) == sums
    }

    /// What is kept for this poll.
    pub(super) fn of(poll: PollId) -> Option<Self> {
        device::recall(&key(poll))
    }

    /// Keeps it; false where the browser does not allow it.
    #[must_use]
    pub(super) fn keep(&self, poll: PollId) -> bool {
        device::keep(&key(poll), self)
    }
}

/// Removes the code from a shared device.
#[component]
pub(super) fn Forget(desk: Desk) -> impl IntoView {
    let forget = move |_| {
        device::forget(&key(desk.ceremony.with_untracked(|ceremony| ceremony.poll)));
        desk.stage.set(Stage::Restore);
    };
    view! {
        <details class="needs-alive">
            <summary>{t(k::ceremony::FORGET)}</summary>
            <p>{t(k::ceremony::FORGET_LEAD)}</p>
            <button class="button" on:click=forget>{t(k::ceremony::FORGET)}</button>
        </details>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_device_that_has_agreed_to_open_sums_opens_no_others() {
        let sums = |byte| Opened { aggregate: Hex32([byte; 32]), root: Hex32([7; 32]) };
        let mut secret = Secret::new("code".to_owned(), true);
        assert!(secret.may_open(sums(1)));
        assert!(secret.may_open(sums(1)), "again after a lost answer");
        assert!(!secret.may_open(sums(2)));
        assert_eq!(secret.opened, Some(sums(1)));
    }
}
