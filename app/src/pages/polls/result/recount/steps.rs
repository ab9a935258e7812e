//! The numbered steps of a recount as they go.

use super::{Outcome, Phase};
use crate::i18n::{Key, k, t, tf};
use crate::parts::{Progress, number};
use leptos::prelude::*;

const NAMES: [Key; 13] = [
    k::verify::V1,
    k::verify::V2,
    k::verify::V3,
    k::verify::V4,
    k::verify::V5,
    k::verify::V6,
    k::verify::V7,
    k::verify::V8,
    k::verify::V9,
    k::verify::V10,
    k::verify::V11,
    k::verify::V12,
    k::verify::V13,
];

/// How a step stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    Next,
    Now,
    Passed,
    Failed,
    NotDue,
}

/// The steps, and the conclusion.
#[component]
pub(super) fn Steps(phase: RwSignal<Phase>) -> impl IntoView {
    let begun = Memo::new(move |_| phase.with(|phase| !matches!(phase, Phase::Idle)));
    let counts = Memo::new(move |_| match phase.get() {
        Phase::Running { done, all, .. } => Some((done, all)),
        _ => None,
    });
    let running = Memo::new(move |_| counts.get().is_some());
    let line = move |(i, name): (usize, Key)| {
        let mark = Memo::new(move |_| phase.with(|phase| mark(phase, i)));
        // The tracker's own sentence stands below.
        let hidden = move || i == 12 && matches!(mark.get(), Mark::Next | Mark::NotDue);
        view! {
            <li data-mark=move || look(mark.get()) hidden=hidden>
                <span class="sign" aria-hidden="true">{move || sign(mark.get())}</span>
                <span>{i + 1} ". " {t(name)} <span class="visually-hidden">{move || t(word(mark.get()))}</span></span>
            </li>
        }
    };
    view! {
        <Show when=move || begun.get()>
            <Show when=move || running.get()>
                <Progress
                    label=Signal::derive(move || t(k::verify::RECOUNT_BALLOTS_LABEL).to_owned())
                    done=Signal::derive(move || counts.get().map_or(0, |(done, _)| done))
                    all=Signal::derive(move || counts.get().map_or(0, |(_, all)| all))
                />
            </Show>
            <ol class="recount-steps">{NAMES.into_iter().enumerate().map(line).collect_view()}</ol>
            <div role="status">{move || phase.with(conclusion)}</div>
        </Show>
    }
}

fn mark(phase: &Phase, i: usize) -> Mark {
    match phase {
        Phase::Idle | Phase::Offline => Mark::Next,
        Phase::Running { step, .. } => {
            let step = usize::from(*step);
            // The tree is complete only at the end; everything else before the current step has been read.
            if i + 1 == step || (i == 1 && step > 1) { Mark::Now } else { Mark::Next }
        }
        Phase::Done(outcome) => match outcome.steps.get(i).copied().flatten() {
            Some(true) => Mark::Passed,
            Some(false) => Mark::Failed,
            None => Mark::NotDue,
        },
    }
}

fn conclusion(phase: &Phase) -> AnyView {
    let outcome = match phase {
        Phase::Done(outcome) => outcome,
        Phase::Offline => return view! { <p class="bad">{t(k::verify::RECOUNT_OFFLINE)}</p> }.into_any(),
        _ => return ().into_any(),
    };
    // Whether a tracker is found says something of the tracker, not of the record.
    let failed = outcome.steps.iter().take(12).any(|step| *step == Some(false));
    let (look, key) = if failed { ("bad", k::verify::RECOUNT_BAD) } else { ("ok", k::verify::RECOUNT_OK) };
    view! {
        <p class=look><strong>{t(key)}</strong> " " <span class="quiet num">{tf(k::verify::RECOUNT_TIME, &[("n", &number(outcome.seconds))])}</span></p>
        {outcome.tracker.map(|code| view! { <p><strong>{t(tracker_word(code))}</strong></p> })}
        {findings(outcome)}
    }
    .into_any()
}

fn findings(outcome: &Outcome) -> Option<AnyView> {
    let line = |(step, index, code): &(u8, Option<u64>, &'static str)| {
        let place = index.map(|index| format!(" #{index}"));
        view! { <li class="mono">"V" {*step} " " {*code} {place}</li> }
    };
    let shown: Vec<_> = outcome.findings.iter().filter(|(step, ..)| *step != 13).collect();
    (!shown.is_empty()).then(|| {
        let lines = shown.into_iter().map(line).collect_view();
        view! { <details open><summary>{t(k::verify::DETAIL)}</summary><ul>{lines}</ul></details> }.into_any()
    })
}

fn tracker_word(code: &str) -> Key {
    match code {
        "counted" => k::verify::TRACKER_COUNTED,
        "replaced" => k::verify::TRACKER_REPLACED,
        "malformed" => k::verify::TRACKER_MALFORMED,
        "challenged" => k::verify::TRACKER_CHALLENGED,
        "refused" => k::verify::TRACKER_REFUSED,
        "ambiguous-tracker" => k::verify::TRACKER_AMBIGUOUS,
        _ => k::verify::TRACKER_UNKNOWN,
    }
}

const fn look(mark: Mark) -> &'static str {
    match mark {
        Mark::Next => "next",
        Mark::Now => "now",
        Mark::Passed => "passed",
        Mark::Failed => "failed",
        Mark::NotDue => "not-due",
    }
}

const fn sign(mark: Mark) -> &'static str {
    match mark {
        Mark::Next | Mark::NotDue => "○",
        Mark::Now => "◔",
        Mark::Passed => "✓",
        Mark::Failed => "✕",
    }
}

const fn word(mark: Mark) -> Key {
    match mark {
        Mark::Next => k::verify::STATE_NEXT,
        Mark::Now => k::verify::STATE_NOW,
        Mark::Passed => k::verify::STATE_OK,
        Mark::Failed => k::verify::STATE_BAD,
        Mark::NotDue => k::verify::RECOUNT_SKIPPED,
    }
}
