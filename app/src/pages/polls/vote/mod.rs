//! Voting: choose, check, seal. A chunk of its own, since nothing else needs to encrypt.

mod blocked;
mod booth;
mod calls;
mod cast;
mod challenge;
mod check;
mod choose;
mod elsewhere;
mod opened;
mod rare;
mod ready;
mod refused;
mod screen;
mod seal;
mod sealed;
mod sealing;
mod send;
mod sending;
mod sentence;
mod steps;
mod unsent;

use super::parts::of_poll;
use crate::i18n::{k, t};
use crate::parts;
use booth::{Booth, Phase};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_navigate;
use types::polls::{PollPage, PollState, Standing};

/// `/polls/{id}/vote`.
#[component]
pub(crate) fn VotePage() -> impl IntoView {
    parts::loaded(of_poll(calls::fetch_paper), |page| view! { <Vote page/> })
}

#[component]
fn Vote(page: PollPage) -> impl IntoView {
    if page.card.state != PollState::Open || page.standing != Standing::OnRoll {
        return view! { <blocked::NotNow page/> }.into_any();
    }
    let poll = page.card.poll;
    let name = format!("{} · {}", page.card.title, t(k::common::SITE_NAME));
    let head = page.clone();
    let booth = Booth::new(page);
    let early = booth.early_marks();
    Effect::new(move |_| {
        if early.iter().any(|marks| !marks.is_empty()) {
            booth.choices.set(early.clone());
        }
        booth.get_ready();
    });
    let navigate = use_navigate();
    Effect::new(move |_| {
        if booth.phase.get() == Phase::InTheBox {
            navigate(&format!("/polls/{poll}/receipt"), leptos_router::NavigateOptions::default());
        }
    });
    view! {
        <Title text=name/>
        <div class="booth">
            <steps::Head page=head phase=booth.phase/>
            <noscript><blocked::OtherWays/></noscript>
            {screen::changing(move || screen_of(booth, booth.phase.get()))}
        </div>
    }
    .into_any()
}

fn screen_of(booth: Booth, phase: Phase) -> AnyView {
    match phase {
        Phase::Choose => choose::choose(booth),
        Phase::Check => check::check(booth),
        Phase::Sealing(..) => sealing::sealing(booth),
        Phase::Sealed(tracker) => sealed::sealed(booth, &tracker),
        Phase::Sending => sending::sending(booth.sending),
        Phase::InTheBox => view! { <p role="status">{t(k::ballot::STAMP)}</p> }.into_any(),
        Phase::Blocked(trouble) => blocked::blocked(booth, trouble),
        Phase::Unsent => unsent::unsent(booth),
        Phase::Refused(code) => refused::refused(booth, code),
        Phase::Elsewhere(asked) => elsewhere::elsewhere(booth, asked),
        Phase::Opened(entry) => Suspend::new(rare::rare(booth, entry)).into_any(),
    }
}
