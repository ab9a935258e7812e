//! Where one is in a course: short bars for what takes weeks, 1–2–3 for what takes minutes.

use crate::i18n::{k, tf};
use leptos::prelude::*;

/// Short bars, one for each step: `done` of them are finished, the next one runs. The words stand below, so the bars
/// are not read out.
pub(crate) fn step_bars(done: usize, all: usize) -> impl IntoView {
    let look = move |step| {
        if step < done {
            "done"
        } else if step == done {
            "now"
        } else {
            ""
        }
    };
    view! { <div class="steps" aria-hidden="true">{(0..all).map(|step| view! { <i class=look(step)></i> }).collect_view()}</div> }
}

/// ① 选择 ── ② 核对 ── ③ 封票
#[component]
pub(crate) fn Stepper(
    /// What the steps are for.
    #[prop(into)]
    label: String,
    /// Their words.
    steps: Vec<String>,
    /// The one that is on, from 0.
    #[prop(into)]
    now: Signal<usize>,
) -> impl IntoView {
    let all = steps.len();
    let step = move |(index, words): (usize, String)| {
        let here = move || (now.get() == index).then_some("step");
        let look = move || if index < now.get() { "done" } else { "" };
        let spoken = tf(k::parts::STEP_OF, &[("n", &(index + 1)), ("all", &all)]);
        view! { <li aria-current=here class=look><span class="visually-hidden">{spoken}</span> <span aria-hidden="true">{index + 1}</span> {words}</li> }
    };
    view! { <ol class="stepper" aria-label=label>{steps.into_iter().enumerate().map(step).collect_view()}</ol> }
}
