//! When nothing can be sealed here: why, and the other ways to vote.

use super::{
    booth::Booth,
    ready::Trouble,
    screen::{bar, heading, line, main_button},
};
use crate::i18n::{k, t};
use crate::pages::polls::{parts::SystemLabel, poll::next_step::NextStep};
use crate::parts::BackBar;
use leptos::prelude::*;
use types::polls::PollPage;

/// What stops this device, and what to do.
pub(super) fn blocked(booth: Booth, trouble: Trouble) -> AnyView {
    let (why, role) = match trouble {
        Trouble::Offline => (k::ballot::CASTING_WAIT, "status"),
        Trouble::Mismatch => (k::ballot::KEY_MISMATCH, "alert"),
        Trouble::BadReceipt => (k::ballot::BAD_RECEIPT, "alert"),
        Trouble::NoMemory => (k::ballot::STORAGE_BLOCKED, "alert"),
    };
    let class = if role == "alert" && trouble != Trouble::NoMemory { "notice alarm" } else { "notice" };
    view! {
        <section role=role class=class>{heading(t(k::ballot::NOT_NOW_TITLE))} {line(t(why))}</section>
        <OtherWays/>
        {bar(vec![main_button(t(k::ballot::RELOAD), move || booth.start_again())])}
    }
    .into_any()
}

/// The poll is not open, or the visitor is not on its roll.
#[component]
pub(super) fn NotNow(page: PollPage) -> impl IntoView {
    let poll = page.card.poll;
    view! {
        <BackBar href=format!("/polls/{poll}") text=t(k::ballot::TO_POLL)/>
        {crate::parts::title(t(k::ballot::NOT_NOW_TITLE))}
        <p>{page.card.title.clone()}</p>
        <SystemLabel key=page.card.key/>
        <NextStep page voting=false/>
    }
}

/// What one can do without this device.
#[component]
pub(super) fn OtherWays() -> impl IntoView {
    view! {
        <section class="notice">
            <h2>{t(k::ballot::NOJS_TITLE)}</h2>
            <p>{t(k::ballot::NOJS)}</p>
            <ul>
                <li>{t(k::polls::OTHER_DESK)}</li>
                <li>{t(k::polls::OTHER_PAPER)}</li>
            </ul>
        </section>
    }
}
