//! The tracker, and the choice between the box and a test.

use super::{
    booth::Booth,
    screen::{bar, changing, heading, line, main_button, small, small_button},
};
use crate::i18n::{k, t};
use crate::pages::polls::parts::{focus_here, tracker as tracker_view};
use crate::parts::Actions;
use leptos::prelude::*;

/// A sealed ballot: cast it, or challenge the device.
pub(super) fn sealed(booth: Booth, tracker: &str) -> AnyView {
    let asking = RwSignal::new(false);
    view! {
        {heading(t(k::ballot::SEALED_TITLE))}
        {line(t(k::ballot::SEALED_LEAD))}
        <div class="sheet">{small(t(k::ballot::TRACKER))} {tracker_view(tracker)}</div>
        {changing(move || if asking.get() { confirm(booth, asking) } else { hint(asking) })}
        {bar(vec![main_button(t(k::ballot::CAST), move || booth.cast())])}
    }
    .into_any()
}

fn hint(asking: RwSignal<bool>) -> AnyView {
    view! { {small(t(k::ballot::CHALLENGE_HINT))} {small_button(t(k::ballot::CHALLENGE), move || asking.set(true))} }
        .into_any()
}

fn confirm(booth: Booth, asking: RwSignal<bool>) -> AnyView {
    let title = focus_here();
    view! {
        <section class="notice">
            <h2 tabindex="-1" node_ref=title>{t(k::ballot::CHALLENGE_CONFIRM_TITLE)}</h2>
            {line(t(k::ballot::CHALLENGE_CONFIRM))}
            <Actions>
                {small_button(t(k::ballot::CHALLENGE_DO), move || booth.challenge())}
                {small_button(t(k::ballot::KEEP), move || asking.set(false))}
            </Actions>
        </section>
    }
    .into_any()
}
