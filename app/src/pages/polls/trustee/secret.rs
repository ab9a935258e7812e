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
}

fn key(poll: PollId) -> String {
    format!("minyi.trustee.{poll}")
}

impl Secret {
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
