//! On the way to the box, however long the network takes.

use super::send::Sending;
use crate::i18n::{k, t, tf};
use crate::pages::polls::device::on_online;
use crate::pages::polls::parts::focus_here;
use leptos::prelude::*;

/// Says what is being waited for, and offers to try at once.
#[component]
pub(super) fn SendingView(sending: RwSignal<Sending>) -> impl IntoView {
    let now = move || sending.update(|state| state.wait = 0);
    Effect::new(move |_| on_online(now));
    let say = move || {
        let Sending { wait, busy, .. } = sending.get();
        match (wait, busy) {
            (0, _) => String::new(),
            (n, true) => tf(k::ballot::CASTING_BUSY, &[("n", &n)]),
            (_, false) => t(k::ballot::CASTING_WAIT).to_owned(),
        }
    };
    let tries = move || {
        let tries = sending.get().tries;
        (tries > 1).then(|| tf(k::ballot::CASTING_TRY, &[("n", &tries)]))
    };
    let title = focus_here();
    view! {
        <h1 class="booth-title" tabindex="-1" node_ref=title>{t(k::ballot::CASTING_TITLE)}</h1>
        <progress class="bar" aria-label=t(k::ballot::CASTING_TITLE)></progress>
        <p role="status">{say}</p>
        <p class="small">{tries}</p>
        <Show when=move || sending.get().wait.gt(&0)>
            <button class="button" on:click=move |_| now()>{t(k::ballot::CASTING_NOW)}</button>
        </Show>
    }
}
