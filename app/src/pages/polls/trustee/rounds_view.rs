//! The rounds as they go: computed here, posted, and waited for.

use super::{Desk, calls::post_ceremony_entry, keys::Keys, rounds::turn};
use crate::error::UiError;
use crate::i18n::{Key, k, t, tf};
use crate::pages::polls::{ceremony::fetch_ceremony, device::sleep};
use crate::parts::{self, time};
use ballot::RecoveryCode;
use leptos::{prelude::*, task::spawn_local};
use types::{
    ErrorCode, Timestamp,
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
    // The key stands once k have rehearsed; the others' rehearsals may come after.
    let done = Memo::new(move |_| desk.ceremony.with(|c| c.round.is_none() || c.state > PollState::Ceremony));
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

/// What follows from where the poll stands and whether this trustee has an entry to post.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Next {
    Post,
    Wait,
    Stop,
}

/// While the ceremony runs the others are waited for. After it a late rehearsal is still taken, until the poll opens.
fn next(state: PollState, has_entry: bool) -> Next {
    match (has_entry, state) {
        (true, PollState::Ceremony | PollState::Roll | PollState::Signing | PollState::Scheduled) => Next::Post,
        (false, PollState::Ceremony) => Next::Wait,
        _ => Next::Stop,
    }
}

/// Computes, posts and waits until there is nothing left for this trustee, or something is wrong.
async fn run(
    desk: Desk,
    code: RecoveryCode,
    doing: RwSignal<Doing>,
    prints: RwSignal<Fingerprints>,
    gone: StoredValue<bool>,
) {
    let mut wait = FIRST_WAIT;
    // The board may be further than it is known here: an answer was lost.
    let mut stale = false;
    while !gone.try_get_value().unwrap_or(true) {
        doing.set(Doing::Computing);
        let ceremony = desk.ceremony.get_untracked();
        let (poll, Some(me)) = (ceremony.poll, ceremony.me) else { return };
        let answer = if stale {
            fetch_ceremony(poll).await
        } else {
            let turn = match turn(&ceremony, &code, me).await {
                Ok(turn) => turn,
                Err(alarm) => {
                    desk.alarm.set(Some(alarm));
                    return doing.set(Doing::Stopped);
                }
            };
            prints.set(super::keys::fingerprints(&turn));
            // A rehearsal after the roll was frozen does not stand among the entries that are given here: that it is made
            // is the server's word.
            let waited_for = ceremony.my_turn || ceremony.state == PollState::Ceremony;
            match (next(ceremony.state, waited_for && turn.post.is_some()), turn.post) {
                (Next::Post, Some(entry)) => {
                    doing.set(Doing::Posting);
                    wait = FIRST_WAIT;
                    post_ceremony_entry(poll, Blob(entry)).await
                }
                (Next::Wait, _) => {
                    if !pause(doing, Doing::Waiting, wait, gone).await {
                        return;
                    }
                    wait = (wait * 3 / 2).min(LONGEST_WAIT);
                    fetch_ceremony(poll).await
                }
                _ => return doing.set(Doing::Stopped),
            }
        };
        stale = answer.is_err();
        let as_what = match answer {
            Ok(view) => {
                desk.ceremony.set(view.ceremony);
                continue;
            }
            Err(UiError::Offline) => Doing::Offline,
            Err(error) if error.code() == Some(ErrorCode::AlreadyPosted) => Doing::Waiting,
            Err(error) => return doing.set(Doing::Failed(error.sentence())),
        };
        if !pause(doing, as_what, wait, gone).await {
            return;
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
    let me = ceremony.trustees.iter().find(|trustee| Some(trustee.index) == ceremony.me);
    let rehearsed = me.is_some_and(|me| me.done == Some(CeremonyRound::Rehearse));
    let mine = if rehearsed { k::ceremony::REHEARSED } else { k::ceremony::NOT_REHEARSED };
    view! {
        <parts::Notice kind=parts::Kind::Good>
            <p>{tf(k::ceremony::DONE_LEAD, &[("k", &needed)])} " " {t(mine)}</p>
        </parts::Notice>
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

#[cfg(test)]
mod tests {
    use super::{Next, next};
    use types::polls::PollState;

    #[test]
    fn a_trustee_who_comes_late_still_rehearses_and_the_page_comes_to_rest() {
        for state in [PollState::Roll, PollState::Signing, PollState::Scheduled] {
            assert_eq!(next(state, true), Next::Post, "{state:?}");
            assert_eq!(next(state, false), Next::Stop, "{state:?}");
        }
        assert_eq!(next(PollState::Ceremony, false), Next::Wait, "the others are waited for");
        assert_eq!(next(PollState::Open, true), Next::Stop, "the server takes no more");
    }
}
