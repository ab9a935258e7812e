//! A sealed ballot of an earlier visit, of which nobody knows whether it arrived.

use super::booth::Booth;
use crate::i18n::{k, t};
use crate::pages::polls::parts::{focus_here, tracker as tracker_view};
use leptos::prelude::*;

/// Send it again, or start over.
#[component]
pub(super) fn Unsent(booth: Booth) -> impl IntoView {
    let tracker = booth.with(|ready| ready.keepsake.pending.as_ref().map(|pending| pending.tracker.clone())).flatten();
    let title = focus_here();
    view! {
        <h1 class="booth-title" tabindex="-1" node_ref=title>{t(k::ballot::PENDING_TITLE)}</h1>
        <p>{t(k::ballot::PENDING_LEAD)}</p>
        {tracker.map(|code| tracker_view(&code))}
        <div class="bottom-bar needs-alive">
            <button class="button primary wide" on:click=move |_| booth.send_pending()>{t(k::ballot::PENDING_SEND)}</button>
            <button class="button wide" on:click=move |_| booth.drop_pending()>{t(k::ballot::PENDING_DROP)}</button>
        </div>
    }
}
