//! The rounds as they go: computed here, posted, and waited for.

use super::{Desk, calls::post_ceremony_entry, keys::Keys, rounds::turn};
use crate::error::UiError;
use crate::i18n::{Key, k, t, tf};
use crate::pages::polls::{ceremony::fetch_ceremony, device::sleep};
use crate::parts::{self, time};
use ballot::RecoveryCode;
use leptos::{prelude::*, task::spawn_local};
use types::{
    Timestamp,
    bytes::Blob,
    polls::{Ceremony, CeremonyRound, PollState, TrusteeProgress},
};

/// Seconds between two looks, at first and at most.
const FIRST_WAIT: u32 = 2;
const LONGEST_WAIT: u32 = 30;

/// What the engine is doing.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Doing {
    Computing,
    Posting,
    /// Seconds until the next look.
    Waiting(u32),
    Offline(u32),
    Stopped,
    Failed(&'static str),
}

/// What the board says: fingerprints for the telephone (this trustee's, everybody's, the box's lock), and the dates.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Fingerprints {
    pub(super) mine: String,
    pub(super) others: Vec<(u8, String)>,
    pub(super) joint: Option<String>,
    /// When the poll opens and closes, as its manifest says.
    pub(super) opens_at: Timestamp,
    pub(super) closes_at: Timestamp,
}

/// The list of rounds, what is being done, the keys.
#[component]
pub(super) fn RoundsView(desk: Desk, code: String) -> impl IntoView {
    let doing = RwSignal::new(Doing::Computing);
    let prints = RwSignal::new(Fingerprints::default());
    let gone = StoredValue::new(false);
    on_cleanup(move || gone.set_value(true));
    Effect::new(move |_| {
        if let Ok(code) = code.parse() {
            spawn_local(run(desk, code, doing, prints, gone));
        }
    });
    let done = Memo::new(move |_| desk.ceremony.with(|ceremony| ceremony.round.is_none()));
    view! {
        <section>
            <h2>{move || t(if done.get() { k::ceremony::DONE_TITLE } else { k::ceremony::ROUNDS })}</h2>
            {move || if done.get() { finished(desk, &prints.get()) } else { view! { <p>{t(k::ceremony::ROUNDS_LEAD)}</p> }.into_any() }}
            <ol class="rounds">{CeremonyRound::ALL.map(|round| view! { <Round desk round/> }).collect_view()}</ol>
            <p role="status">{move || say(&doing.get(), desk)}</p>
            <Show when=move || matches!(doing.get(), Doing::Waiting(_) | Doing::Offline(_))>
                <button class="plain" on:click=move |_| doing.set(Doing::Waiting(0))>{t(k::ceremony::CHECK_NOW)}</button>
            </Show>
            <Keys desk prints/>
        </section>
    }
}

/// Computes, posts and waits until the key is made and the poll is open, or something is wrong.
async fn run(
    desk: Desk,
    code: RecoveryCode,
    doing: RwSignal<Doing>,
    prints: RwSignal<Fingerprints>,
    gone: StoredValue<bool>,
) {
    let mut wait = FIRST_WAIT;
    while !gone.try_get_value().unwrap_or(true) {
        doing.set(Doing::Computing);
        let ceremony = desk.ceremony.get_untracked();
        let Some(me) = ceremony.me else { return };
        if !matches!(ceremony.state, PollState::Ceremony) {
            match turn(&ceremony, &code, me).await {
                Ok(turn) => prints.set(super::keys::fingerprints(&turn)),
                Err(alarm) => desk.alarm.set(Some(alarm)),
            }
            return doing.set(Doing::Stopped);
        }
        let turn = match turn(&ceremony, &code, me).await {
            Ok(turn) => turn,
            Err(alarm) => {
                desk.alarm.set(Some(alarm));
                return doing.set(Doing::Stopped);
            }
        };
        prints.set(super::keys::fingerprints(&turn));
        let answer = match turn.post {
            Some(entry) => {
                doing.set(Doing::Posting);
                wait = FIRST_WAIT;
                post_ceremony_entry(ceremony.poll, Blob(entry)).await
            }
            None => {
                if !pause(doing, Doing::Waiting, wait, gone).await {
                    return;
                }
                wait = (wait * 3 / 2).min(LONGEST_WAIT);
                fetch_ceremony(ceremony.poll).await
            }
        };
        match answer {
            Ok(view) => desk.ceremony.set(view.ceremony),
            Err(UiError::Offline) => {
                if !pause(doing, Doing::Offline, wait, gone).await {
                    return;
                }
            }
            Err(error) => return doing.set(Doing::Failed(error.sentence())),
        }
    }
}

/// Counts down; false when the page has gone.
async fn pause(doing: RwSignal<Doing>, as_what: fn(u32) -> Doing, seconds: u32, gone: StoredValue<bool>) -> bool {
    for left in (1..=seconds).rev() {
        if doing.try_set(as_what(left)).is_some() || gone.try_get_value().unwrap_or(true) {
            return false;
        }
        sleep(1000).await;
        if doing.try_get_untracked() == Some(Doing::Waiting(0)) {
            return true;
        }
    }
    true
}

fn finished(desk: Desk, prints: &Fingerprints) -> AnyView {
    let ceremony = desk.ceremony.get_untracked();
    let needed = match ceremony.key {
        types::polls::KeyHolder::Trustees { k, .. } => k,
        types::polls::KeyHolder::System => 1,
    };
    let next = match ceremony.state {
        PollState::Open => {
            tf(k::ceremony::WAITING_CLOSE, &[("when", &time::when(prints.closes_at, desk.now.get_value()))])
        }
        PollState::Scheduled => {
            tf(k::ceremony::WAITING_OPEN, &[("when", &time::when(prints.opens_at, desk.now.get_value()))])
        }
        _ => t(k::ceremony::WAITING_ROLL).to_owned(),
    };
    view! {
        <parts::Notice kind=parts::Kind::Good><p>{tf(k::ceremony::DONE_LEAD, &[("k", &needed)])}</p></parts::Notice>
        <p>{next}</p>
    }
    .into_any()
}

fn say(doing: &Doing, desk: Desk) -> String {
    match doing {
        Doing::Computing => t(k::ceremony::ROUND_MINE).to_owned(),
        Doing::Posting => t(k::ceremony::ROUND_POSTING).to_owned(),
        Doing::Waiting(n) => {
            let names = desk.ceremony.with(|ceremony| missing(ceremony).join(t(k::ballot::LIST_AND)));
            format!(
                "{} · {}",
                tf(k::ceremony::ROUND_WAIT, &[("names", &names)]),
                tf(k::ceremony::NEXT_CHECK, &[("n", n)])
            )
        }
        Doing::Offline(_) => t(k::ceremony::OFFLINE).to_owned(),
        Doing::Stopped => String::new(),
        Doing::Failed(reason) => tf(k::ceremony::FAILED, &[("reason", reason)]),
    }
}

/// Who has not finished the round that runs.
fn missing(ceremony: &Ceremony) -> Vec<String> {
    let Some(round) = ceremony.round else { return Vec::new() };
    let late = ceremony.trustees.iter().filter(|trustee| trustee.done.is_none_or(|done| done < round));
    late.map(|trustee| trustee.name.clone()).collect()
}

const fn name(round: CeremonyRound) -> Key {
    match round {
        CeremonyRound::Commit => k::ceremony::ROUND_COMMIT,
        CeremonyRound::Reveal => k::ceremony::ROUND_REVEAL,
        CeremonyRound::Deal => k::ceremony::ROUND_DEAL,
        CeremonyRound::Confirm => k::ceremony::ROUND_CONFIRM,
        CeremonyRound::Rehearse => k::ceremony::ROUND_REHEARSE,
    }
}

/// One round: its name, and who has finished it.
#[component]
fn Round(desk: Desk, round: CeremonyRound) -> impl IntoView {
    let done_by = move |trustee: &TrusteeProgress| trustee.done.is_some_and(|done| done >= round);
    let counts = Memo::new(move |_| {
        desk.ceremony.with(|c| (c.trustees.iter().filter(|trustee| done_by(trustee)).count(), c.trustees.len()))
    });
    let mark = move || match (counts.get(), desk.ceremony.with(|c| c.round == Some(round))) {
        ((done, all), _) if done == all => "passed",
        (_, true) => "now",
        _ => "next",
    };
    view! {
        <li data-mark=mark>
            <span>{t(name(round))}</span> " "
            <span class="quiet num">{move || format!("{}/{}", counts.get().0, counts.get().1)}</span>
        </li>
    }
}
