//! The tracker, and the choice between the box and a test.

use super::booth::Booth;
use crate::i18n::{k, t};
use crate::pages::polls::parts::{focus_here, tracker as tracker_view};
use leptos::prelude::*;

/// A sealed ballot: cast it, or challenge the device.
#[component]
pub(super) fn Sealed(booth: Booth, tracker: String) -> impl IntoView {
    let asking = RwSignal::new(false);
    let title = focus_here();
    view! {
        <h1 class="booth-title" tabindex="-1" node_ref=title>{t(k::ballot::SEALED_TITLE)}</h1>
        <p>{t(k::ballot::SEALED_LEAD)}</p>
        <div class="sheet"><p class="small">{t(k::ballot::TRACKER)}</p>{tracker_view(&tracker)}</div>
        <Show when=move || asking.get() fallback=move || view! { <Hint asking/> }>
            <Confirm booth asking/>
        </Show>
        <div class="bottom-bar needs-alive">
            <button class="button primary wide" on:click=move |_| booth.cast()>{t(k::ballot::CAST)}</button>
        </div>
    }
}

#[component]
fn Hint(asking: RwSignal<bool>) -> impl IntoView {
    view! {
        <p class="small">{t(k::ballot::CHALLENGE_HINT)}</p>
        <button class="button" on:click=move |_| asking.set(true)>{t(k::ballot::CHALLENGE)}</button>
    }
}

#[component]
fn Confirm(booth: Booth, asking: RwSignal<bool>) -> impl IntoView {
    let title = focus_here();
    view! {
        <section class="notice">
            <h2 tabindex="-1" node_ref=title>{t(k::ballot::CHALLENGE_CONFIRM_TITLE)}</h2>
            <p>{t(k::ballot::CHALLENGE_CONFIRM)}</p>
            <button class="button" on:click=move |_| booth.challenge()>{t(k::ballot::CHALLENGE_DO)}</button>
            <button class="button" on:click=move |_| asking.set(false)>{t(k::ballot::KEEP)}</button>
        </section>
    }
}
