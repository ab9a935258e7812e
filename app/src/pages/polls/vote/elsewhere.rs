//! The slot is bound to another device: perhaps a lost phone.

use super::booth::Booth;
use crate::i18n::{k, t};
use crate::pages::polls::parts::focus_here;
use leptos::prelude::*;

/// Explains, and asks the clerks for a new registration.
#[component]
pub(super) fn Elsewhere(booth: Booth, asked: bool) -> impl IntoView {
    let title = focus_here();
    let step = if asked {
        view! {
            <p role="status" class="notice">{t(k::ballot::LOST_ASKED)}</p>
            <div class="bottom-bar needs-alive">
                <button class="button primary wide" on:click=move |_| booth.start_again()>{t(k::ballot::LOST_RECHECK)}</button>
            </div>
        }
        .into_any()
    } else {
        view! {
            <div class="bottom-bar needs-alive">
                <button class="button primary wide" on:click=move |_| booth.ask_reissue()>{t(k::ballot::LOST_ASK)}</button>
            </div>
        }
        .into_any()
    };
    view! {
        <h1 class="booth-title" tabindex="-1" node_ref=title>{t(k::ballot::LOST_TITLE)}</h1>
        <p>{t(k::ballot::LOST_LEAD)}</p>
        <p>{t(k::ballot::LOST_GONE)}</p>
        {step}
    }
}
