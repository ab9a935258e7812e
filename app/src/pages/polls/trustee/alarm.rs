//! What must stop a ceremony or a count, in words.

use super::{Desk, Stage};
use crate::i18n::{k, t, tf};
use crate::parts;
use ballot::{Refusal, TrusteeError};
use leptos::prelude::*;

/// Why this browser does not go on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Alarm {
    /// Under this trustee's number stands a key that is not theirs; or the code is another one.
    Swapped,
    /// The share that this trustee sent is wrong.
    Share(u8),
    /// An entry of the board does not hold, by its stable code.
    Board(&'static str),
    /// The board does not continue the one seen before.
    Fork,
    /// Other sums than those that this device has agreed to open before.
    OtherSums,
    /// Too few ballots to open; no attack, and right so.
    TooFew(u32),
    /// By this device's clock the poll is not over.
    NotOver,
}

impl Alarm {
    /// From what the trustee's own code refuses.
    pub(super) fn of(error: TrusteeError, min_group: u32) -> Self {
        match error {
            TrusteeError::Swapped => Self::Swapped,
            TrusteeError::BadShare(from) => Self::Share(from),
            TrusteeError::NotOver => Self::NotOver,
            TrusteeError::Refused(Refusal::TooFewBallots) => Self::TooFew(min_group),
            other => Self::Board(other.code()),
        }
    }
}

/// The alarm and what to do.
#[component]
pub(super) fn AlarmView(desk: Desk, alarm: Alarm) -> impl IntoView {
    let name = move |index: u8| {
        desk.ceremony.with_untracked(|ceremony| {
            let found = ceremony.trustees.iter().find(|trustee| trustee.index == index);
            found.map(|trustee| trustee.name.clone()).unwrap_or_default()
        })
    };
    let what = match alarm {
        Alarm::Swapped => t(k::ceremony::ALARM_SWAPPED).to_owned(),
        Alarm::Share(from) => tf(k::ceremony::ALARM_SHARE, &[("name", &name(from))]),
        Alarm::Board(code) => tf(k::ceremony::ALARM_BOARD, &[("code", &code)]),
        Alarm::Fork => t(k::ceremony::ALARM_LOG).to_owned(),
        Alarm::OtherSums => t(k::ceremony::ALARM_SUMS).to_owned(),
        Alarm::TooFew(n) => tf(k::ceremony::TALLY_SMALL, &[("n", &n)]),
        Alarm::NotOver => t(k::ceremony::ALARM_NOT_OVER).to_owned(),
    };
    let harmless = matches!(alarm, Alarm::TooFew(_) | Alarm::NotOver);
    let kind = if harmless { parts::Kind::Care } else { parts::Kind::Bad };
    let title = if harmless { "" } else { t(k::ceremony::ALARM) };
    // A code that fits no key on the board may just be the wrong piece of paper.
    let other_code = (alarm == Alarm::Swapped).then(|| {
        view! {
            <p>{t(k::ceremony::RESTORE_OTHER)}</p>
            <button class="button" on:click=move |_| desk.stage.set(Stage::Restore)>{t(k::ceremony::HAVE_CODE)}</button>
        }
    });
    view! {
        <div role="alert">
            <parts::Notice kind title>
                <p>{what}</p>
                {(!harmless).then(|| view! { <p>{t(k::ceremony::ALARM_DO)}</p> })}
                {other_code}
            </parts::Notice>
        </div>
    }
}
