//! Reading aloud, where the device has a voice.

use crate::i18n::{k, t};
use crate::pages::polls::device::{can_speak, speak, stop_speaking};
use crate::parts::{Icon, icon};
use leptos::prelude::*;

/// The button that reads and stops; not there where there is no voice.
#[component]
pub(crate) fn ReadAloud(text: String, lang: String) -> impl IntoView {
    let has_voice = RwSignal::new(false);
    let reading = RwSignal::new(false);
    Effect::new(move |_| has_voice.set(can_speak()));
    on_cleanup(stop_speaking);
    let toggle = move |_| {
        if reading.get_untracked() {
            stop_speaking();
            reading.set(false);
        } else {
            reading.set(true);
            speak(&text, &lang, move || {
                // The page may have gone before the voice ends.
                let _ = reading.try_set(false);
            });
        }
    };
    let label = move || t(if reading.get() { k::polls::READ_STOP } else { k::polls::READ_ALOUD });
    view! {
        <button class="pill" hidden=move || !has_voice.get() aria-pressed=move || reading.get().to_string() on:click=toggle>
            {icon(Icon::Speaker)} <span>{label}</span>
        </button>
    }
}
