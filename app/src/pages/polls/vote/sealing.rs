//! ③ Seal: the ballot is encrypted on this device, with progress.

use super::booth::{Booth, Phase};
use crate::i18n::{k, t, tf};
use crate::pages::polls::parts::focus_here;
use leptos::prelude::*;

/// A folding ballot and how far it is.
#[component]
pub(super) fn SealingView(booth: Booth) -> impl IntoView {
    let at = Memo::new(move |_| match booth.phase.get() {
        Phase::Sealing(done, all) => (done, all.max(1)),
        _ => (1, 1),
    });
    let title = focus_here();
    view! {
        <h1 class="booth-title" tabindex="-1" node_ref=title>{t(k::ballot::SEALING_TITLE)}</h1>
        <div class="folding" aria-hidden="true"><span></span></div>
        <p>{t(k::ballot::SEALING_LEAD)}</p>
        <progress class="bar" max=move || at.get().1.to_string() value=move || at.get().0.to_string() aria-label=t(k::ballot::SEALING_TITLE)></progress>
        <p class="small">
            {move || tf(k::ballot::SEALING_PROGRESS, &[("done", &at.get().0), ("all", &at.get().1)])}
        </p>
    }
}
