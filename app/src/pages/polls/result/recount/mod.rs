//! 我来复核: the whole poll checked and counted again on the visitor's own device.

mod run;
mod steps;

use crate::i18n::{k, t, tf};
use crate::pages::polls::{device, keepsake::Keepsake};
use crate::parts::number;
use leptos::{prelude::*, task::spawn_local};
use run::recounted;
use types::ids::PollId;

/// How far a recount is. Nothing of `ballot` here: the page is read by many who never recount.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Phase {
    /// Not begun.
    Idle,
    /// Entries read, entries in all; the step that is being worked on, 1 to 13.
    Running { done: u64, all: u64, step: u8 },
    /// All steps, with what came of them.
    Done(Outcome),
    /// The network went away.
    Offline,
}

/// What a recount says.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Outcome {
    /// For V1 to V13: passed, failed, or not due.
    steps: Vec<Option<bool>>,
    /// The stable codes of what was found wrong, with the entry's place.
    findings: Vec<(u8, Option<u64>, &'static str)>,
    /// The stable code of the tracker's state, if one was asked for.
    tracker: Option<&'static str>,
    /// Seconds it took.
    seconds: u64,
}

/// The state of a recount, shared by the button and the running work.
#[derive(Clone, Copy)]
struct Work {
    phase: RwSignal<Phase>,
    /// Set to end the running work.
    stopped: RwSignal<bool>,
}

/// Explanation, tracker, button; then the steps.
#[component]
pub(super) fn Recount(poll: PollId, ballots: u64, size: Option<u64>, site: String) -> impl IntoView {
    let work = Work { phase: RwSignal::new(Phase::Idle), stopped: RwSignal::new(false) };
    on_cleanup(move || work.stopped.set(true));
    let tracker = RwSignal::new(String::new());
    let mine = RwSignal::new(false);
    Effect::new(move |_| {
        let kept = Keepsake::all(poll).into_iter().find_map(|(_, keepsake)| keepsake.receipt);
        if let Some(kept) = kept {
            tracker.set(kept.tracker);
            mine.set(true);
        }
    });
    let start = move |_| {
        work.stopped.set(false);
        work.phase.set(Phase::Running { done: 0, all: size.unwrap_or(0), step: 1 });
        spawn_local(recounted(poll, tracker.get_untracked(), work));
    };
    let running = move || matches!(work.phase.get(), Phase::Running { .. });
    view! {
        <section class="sheet calm recount" id="recount">
            <h2>{t(k::verify::RECOUNT)}</h2>
            <p>{tf(k::verify::RECOUNT_LEAD, &[("n", &number(ballots))])}</p>
            <noscript><p>{t(k::verify::RECOUNT_NOJS)}</p></noscript>
            <div class="needs-alive">
                <div class="field">
                    <label for="tracker">{t(k::verify::RECOUNT_TRACKER)}</label>
                    <input id="tracker" autocomplete="off" autocapitalize="characters" spellcheck="false" prop:value=tracker
                        on:input=move |event| { tracker.set(event_target_value(&event)); mine.set(false); }/>
                    {move || mine.get().then(|| view! { <p class="quiet">{t(k::verify::RECOUNT_TRACKER_MINE)}</p> })}
                </div>
                <Show when=running fallback=move || view! { <button class="button primary" on:click=start>{begin_word(&work.phase.get())}</button> }>
                    <button class="button" on:click=move |_| { work.stopped.set(true); work.phase.set(Phase::Idle); }>{t(k::verify::RECOUNT_STOP)}</button>
                </Show>
            </div>
            <steps::Steps phase=work.phase/>
            <Command poll site/>
        </section>
    }
}

fn begin_word(phase: &Phase) -> &'static str {
    t(if *phase == Phase::Idle { k::verify::RECOUNT_START } else { k::verify::RECOUNT_AGAIN })
}

/// The same on a computer, with a program that does not come from this page.
#[component]
fn Command(poll: PollId, site: String) -> impl IntoView {
    let command = format!("minyi verify {site}/polls/{poll}");
    let copied = RwSignal::new(false);
    let text = command.clone();
    let copy = move |_| {
        let text = text.clone();
        spawn_local(async move { copied.set(device::copy(&text).await) });
    };
    view! {
        <p class="quiet">{t(k::verify::RECOUNT_CLI)}</p>
        <p><code class="breakable">{command}</code></p>
        <button class="plain needs-alive" on:click=copy>{move || t(if copied.get() { k::verify::CLI_COPIED } else { k::verify::CLI_COPY })}</button>
    }
}
