//! When nothing can be sealed here: why, and the other ways to vote.

use super::{booth::Booth, ready::Trouble};
use crate::i18n::{k, t};
use crate::pages::polls::{
    parts::{SystemLabel, focus_here},
    poll::next_step::NextStep,
};
use crate::parts::BackBar;
use leptos::prelude::*;
use types::polls::PollPage;

/// What stops this device, and what to do.
#[component]
pub(super) fn Blocked(booth: Booth, trouble: Trouble) -> impl IntoView {
    let (why, role) = match trouble {
        Trouble::Offline => (k::ballot::CASTING_WAIT, "status"),
        Trouble::Mismatch => (k::ballot::KEY_MISMATCH, "alert"),
        Trouble::BadReceipt => (k::ballot::BAD_RECEIPT, "alert"),
        Trouble::NoMemory => (k::ballot::STORAGE_BLOCKED, "alert"),
    };
    let title = focus_here();
    view! {
        <section role=role class="notice" class:alarm=matches!(trouble, Trouble::Mismatch | Trouble::BadReceipt)>
            <h1 class="booth-title" tabindex="-1" node_ref=title>{t(k::ballot::NOT_NOW_TITLE)}</h1>
            <p>{t(why)}</p>
        </section>
        <OtherWays/>
        <div class="bottom-bar needs-alive">
            <button class="button primary wide" on:click=move |_| booth.start_again()>{t(k::ballot::RELOAD)}</button>
        </div>
    }
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
