//! On the way to the box, however long the network takes.

use super::{
    screen::{changing, heading, small_button, words},
    send::Sending,
};
use crate::i18n::{k, t, tf};
use crate::pages::polls::device::on_online;
use leptos::prelude::*;

/// Says what is being waited for, and offers to try at once.
pub(super) fn sending(state: RwSignal<Sending>) -> AnyView {
    let now = move || state.update(|state| state.wait = 0);
    Effect::new(move |_| on_online(now));
    let say = words(move || match state.get() {
        Sending { wait: 0, .. } => String::new(),
        Sending { wait, busy: true, .. } => tf(k::ballot::CASTING_BUSY, &[("n", &wait)]),
        Sending { .. } => t(k::ballot::CASTING_WAIT).to_owned(),
    });
    let tries = words(move || match state.get().tries {
        0 | 1 => String::new(),
        tries => tf(k::ballot::CASTING_TRY, &[("n", &tries)]),
    });
    let waits = Memo::new(move |_| state.get().wait > 0);
    let at_once =
        changing(move || if waits.get() { small_button(t(k::ballot::CASTING_NOW), now) } else { ().into_any() });
    view! {
        {heading(t(k::ballot::CASTING_TITLE))}
        <progress class="bar" aria-label=t(k::ballot::CASTING_TITLE)></progress>
        <p role="status">{say}</p>
        <p class="small">{tries}</p>
        {at_once}
    }
    .into_any()
}
