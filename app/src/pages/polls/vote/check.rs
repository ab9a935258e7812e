//! ② Check: the choices once more, before they are sealed for good.

use super::{
    booth::{Booth, Phase},
    ready::Ready,
    screen::{bar, changing, heading, line, side_button, small, words},
    sentence::choices as sheet,
};
use crate::i18n::{k, t, tf};
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
pub(super) fn check(booth: Booth) -> AnyView {
    let sheet = booth.page.with_value(|page| sheet(&page.questions, &booth.choices.get_untracked()));
    // Known once the device is ready.
    let said = changing(move || {
        booth.is_ready.get();
        booth.with(|ready| [again(ready), clock(ready)].into_iter().flatten().collect_view()).into_any()
    });
    let seal = words(move || t(if booth.is_ready.get() { k::ballot::SEAL } else { k::ballot::LOADING }).to_owned());
    let seal = view! {
        <button class="button primary wide" disabled=move || !booth.is_ready.get() on:click=move |_| booth.seal()>{seal}</button>
    };
    view! {
        {heading(t(k::ballot::CHECK_TITLE))}
        {sheet}
        {line(t(k::ballot::CHECK_LEAD))}
        {said}
        {bar(vec![seal.into_any(), side_button(t(k::ballot::CHANGE), move || booth.phase.set(Phase::Choose))])}
    }
    .into_any()
}

/// A ballot of this slot is in the box already.
fn again(ready: &Ready) -> Option<AnyView> {
    let number = Some(ready.voting.next_number).filter(|n| *n > 1)?;
    Some(view! { <p class="notice">{tf(k::ballot::REVOTE_NOW, &[("n", &number)])}</p> }.into_any())
}

/// The device's clock is off.
fn clock(ready: &Ready) -> Option<AnyView> {
    let minutes = minutes_off(ready.ahead_ms)?;
    let when = time::when(ready.voting.closes_at, ready.voting.now);
    Some(small(tf(k::ballot::CLOCK_WRONG, &[("n", &minutes), ("when", &when)])))
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
