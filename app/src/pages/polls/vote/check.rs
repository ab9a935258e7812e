//! ② Check: the choices once more, before they are sealed for good.

use super::{
    booth::{Booth, Phase},
    sentence::chosen,
};
use crate::i18n::{k, t, tf};
use crate::pages::polls::parts::focus_here;
use crate::parts::time;
use leptos::prelude::*;

/// How far a clock may be off before it is said, in milliseconds.
const CLOCK_TOLERANCE_MS: i64 = 120_000;

/// The choices of every question.
#[component]
pub(super) fn Check(booth: Booth) -> impl IntoView {
    let page = booth.page.get_value();
    let choices = booth.choices.get_untracked();
    let rows = page.questions.iter().zip(&choices).map(|(question, marks)| {
        view! {
            <div class="check-row">
                <dt>{question.title.clone()}</dt>
                <dd><strong>{chosen(question, marks)}</strong></dd>
            </div>
        }
    });
    let again = move || {
        booth.is_ready.get();
        let number = booth.with(|ready| ready.voting.next_number).filter(|n| *n > 1)?;
        Some(view! { <p class="notice">{tf(k::ballot::REVOTE_NOW, &[("n", &number)])}</p> })
    };
    let clock = move || {
        booth.is_ready.get();
        let (ahead, now, closes) = booth.with(|ready| (ready.ahead_ms, ready.voting.now, ready.voting.closes_at))?;
        let off = ahead.saturating_abs();
        (off > CLOCK_TOLERANCE_MS).then(|| {
            let when = time::when(closes, now);
            view! { <p class="small">{tf(k::ballot::CLOCK_WRONG, &[("n", &(off / 60_000)), ("when", &when)])}</p> }
        })
    };
    let title = focus_here();
    view! {
        <h1 class="booth-title" tabindex="-1" node_ref=title>{t(k::ballot::CHECK_TITLE)}</h1>
        <dl class="sheet">{rows.collect_view()}</dl>
        <p>{t(k::ballot::CHECK_LEAD)}</p>
        {again}
        {clock}
        <div class="bottom-bar needs-alive">
            <button class="button primary wide" disabled=move || !booth.is_ready.get() on:click=move |_| booth.seal()>
                {move || t(if booth.is_ready.get() { k::ballot::SEAL } else { k::ballot::LOADING })}
            </button>
            <button class="button wide" on:click=move |_| booth.phase.set(Phase::Choose)>{t(k::ballot::CHANGE)}</button>
        </div>
    }
}
