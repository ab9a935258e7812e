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
const CLOCK_TOLERANCE_MS: u64 = 120_000;

/// By how many minutes the device's clock is off, ahead or behind; nothing where it is near enough.
const fn minutes_off(ahead_ms: i64) -> Option<u64> {
    let off = ahead_ms.unsigned_abs();
    if off > CLOCK_TOLERANCE_MS { Some(off / 60_000) } else { None }
}

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
        minutes_off(ahead).map(|minutes| {
            let when = time::when(closes, now);
            view! { <p class="small">{tf(k::ballot::CLOCK_WRONG, &[("n", &minutes), ("when", &when)])}</p> }
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

#[cfg(test)]
mod tests {
    use super::minutes_off;

    #[test]
    fn a_clock_that_is_off_is_said_to_be_whichever_way_it_is_off() {
        assert_eq!(minutes_off(119_000), None);
        assert_eq!(minutes_off(-120_000), None, "near enough");
        assert_eq!(minutes_off(10 * 60_000), Some(10), "ahead");
        assert_eq!(minutes_off(-3_600_000), Some(60), "behind");
        assert_eq!(minutes_off(i64::MIN), Some(i64::MIN.unsigned_abs() / 60_000));
    }
}
