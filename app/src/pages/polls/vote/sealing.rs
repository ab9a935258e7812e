//! ③ Seal: the ballot is encrypted on this device, with progress.

use super::{
    booth::{Booth, Phase},
    screen::{heading, line, words},
};
use crate::i18n::{k, t, tf};
use leptos::prelude::*;

/// A folding ballot and how far it is.
pub(super) fn sealing(booth: Booth) -> AnyView {
    let at = Memo::new(move |_| match booth.phase.get() {
        Phase::Sealing(done, all) => (done, all.max(1)),
        _ => (1, 1),
    });
    let progress = words(move || tf(k::ballot::SEALING_PROGRESS, &[("done", &at.get().0), ("all", &at.get().1)]));
    view! {
        {heading(t(k::ballot::SEALING_TITLE))}
        <div class="folding" aria-hidden="true"><span></span></div>
        {line(t(k::ballot::SEALING_LEAD))}
        <progress class="bar" max=move || at.get().1.to_string() value=move || at.get().0.to_string() aria-label=t(k::ballot::SEALING_TITLE)></progress>
        <p class="small">{progress}</p>
    }
    .into_any()
}
