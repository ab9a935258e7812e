//! `/trustee/{poll}`: what a trustee does, in their own browser. A chunk of its own.
//!
//! Everything a trustee ever posts follows from the recovery code and the board, so a device can be left, changed or
//! lost at any time. Nothing the server says is taken for granted: each step is computed from the board's entries.

mod alarm;
mod calls;
mod code;
pub(crate) mod duties;
mod explain;
mod keys;
mod restore;
mod rounds;
mod rounds_view;
mod secret;
mod tally;
mod tally_view;

use super::ceremony::{CeremonyView, fetch_ceremony};
use super::parts::{SystemLabel, of_poll};
use crate::i18n::{k, t, tf};
use crate::parts;
use alarm::Alarm;
use ballot::RecoveryCode;
use leptos::prelude::*;
use secret::Secret;
use types::{
    Timestamp,
    polls::{Ceremony, PollState},
};

/// `/trustee/{id}`.
#[component]
pub(crate) fn TrusteePage() -> impl IntoView {
    parts::loaded(of_poll(fetch_ceremony), |view| view! { <Trustee view/> })
}

/// Where a trustee stands on this device.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Stage {
    /// Reads what a trustee does.
    Explain,
    /// Writes the new code down.
    Code(String),
    /// Types it back.
    TypeBack(String),
    /// Types a code written down earlier.
    Restore,
    /// The code is on this device: the page does what is to be done.
    Work(String),
}

/// What the stages share.
#[derive(Clone, Copy)]
struct Desk {
    /// The ceremony as it was last fetched.
    ceremony: RwSignal<Ceremony>,
    /// The server's clock when the page was fetched.
    now: StoredValue<Timestamp>,
    /// Where the trustee stands.
    stage: RwSignal<Stage>,
    /// What must stop the ceremony.
    alarm: RwSignal<Option<Alarm>>,
}

#[component]
fn Trustee(view: CeremonyView) -> impl IntoView {
    let CeremonyView { ceremony, now } = view;
    let title = parts::title(t(k::ceremony::TITLE));
    let key = ceremony.key;
    let Some(me) = ceremony.me else {
        return view! { {title} <p>{t(k::ceremony::NOT_YOU)}</p> }.into_any();
    };
    let lead = tf(k::ceremony::LEAD, &[("poll", &ceremony.title), ("n", &ceremony.trustees.len()), ("me", &me)]);
    let poll = ceremony.poll;
    let desk = Desk {
        ceremony: RwSignal::new(ceremony),
        now: StoredValue::new(now),
        stage: RwSignal::new(Stage::Explain),
        alarm: RwSignal::new(None),
    };
    Effect::new(move |_| desk.stage.set(first_stage(desk, me)));
    view! {
        <p class="over"><a href=format!("/polls/{poll}")>{desk.ceremony.with_untracked(|c| c.title.clone())}</a></p>
        {title}
        <p>{lead}</p>
        <SystemLabel key/>
        <noscript><p class="notice">{t(k::ceremony::NOJS)}</p></noscript>
        {move || desk.alarm.get().map(|alarm| view! { <alarm::AlarmView desk alarm/> })}
        {move || stage_view(desk, desk.stage.get())}
    }
    .into_any()
}

/// A device that has the code goes on; one without it asks for it, if the trustee has already begun.
fn first_stage(desk: Desk, me: u8) -> Stage {
    desk.ceremony.with_untracked(|ceremony| {
        let begun = ceremony.trustees.iter().any(|trustee| trustee.index == me && trustee.done.is_some());
        match Secret::of(ceremony.poll) {
            Some(secret) if secret.typed_back || begun => Stage::Work(secret.code),
            Some(secret) => Stage::Code(secret.code),
            None if begun || ceremony.state != PollState::Ceremony => Stage::Restore,
            None => Stage::Explain,
        }
    })
}

fn stage_view(desk: Desk, stage: Stage) -> AnyView {
    match stage {
        Stage::Explain => view! { <explain::Explain desk/> }.into_any(),
        Stage::Code(code) => view! { <code::Show desk code/> }.into_any(),
        Stage::TypeBack(code) => view! { <code::TypeBack desk code/> }.into_any(),
        Stage::Restore => view! { <restore::Restore desk/> }.into_any(),
        Stage::Work(code) => match code.parse::<RecoveryCode>() {
            Ok(_) => view! { <Work desk code/> }.into_any(),
            Err(_) => view! { <restore::Restore desk/> }.into_any(),
        },
    }
}

/// What there is to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    /// Making the key, rehearsing, waiting for the close.
    Rounds,
    /// Opening the totals.
    Count,
    /// Nothing more.
    Over,
}

/// The ceremony until the key is made; the count once the poll is closed; between them, when to come back.
#[component]
fn Work(desk: Desk, code: String) -> impl IntoView {
    // By part, not by state: rounds that are under way must not begin a second time when the poll goes on.
    let part = Memo::new(move |_| {
        desk.ceremony.with(|ceremony| match ceremony.state {
            PollState::Counting => Part::Count,
            PollState::Finished | PollState::Lapsed => Part::Over,
            _ => Part::Rounds,
        })
    });
    let inside = move || {
        let code = code.clone();
        match part.get() {
            Part::Count => view! { <tally_view::TallyView desk code/> }.into_any(),
            Part::Over => view! {
                <p>{t(k::ceremony::FINISHED)}</p>
                <p>{parts::side_link(desk.ceremony.with_untracked(|c| format!("/polls/{}/result", c.poll)), t(k::ceremony::TALLY_RESULT))}</p>
            }
            .into_any(),
            Part::Rounds => view! { <rounds_view::RoundsView desk code/> }.into_any(),
        }
    };
    view! { {inside} <secret::Forget desk/> }
}
