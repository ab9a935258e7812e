//! The head of the booth: where one is among the three steps, and what is being decided.

use super::booth::Phase;
use crate::i18n::{k, t};
use crate::pages::polls::{parts::SystemLabel, poll::read_aloud::ReadAloud, words};
use crate::parts::{BackBar, Stepper};
use leptos::prelude::*;
use types::polls::PollPage;

/// Back, the three steps, the rule's name.
#[component]
pub(super) fn Head(page: PollPage, phase: RwSignal<Phase>) -> impl IntoView {
    let poll = page.card.poll;
    let spoken = words::spoken(&page);
    let names =
        [k::ballot::STEP_CHOOSE, k::ballot::STEP_CHECK, k::ballot::STEP_SEAL].map(|key| t(key).to_owned()).to_vec();
    let at = Signal::derive(move || match phase.get() {
        Phase::Choose => 0,
        Phase::Check => 1,
        _ => 2,
    });
    view! {
        <BackBar href=format!("/polls/{poll}") text=t(k::ballot::TITLE)>
            <ReadAloud text=spoken lang=page.language.clone()/>
        </BackBar>
        <Stepper label=t(k::ballot::STEPS) steps=names now=at/>
        <p class="over"><strong>{t(words::preset(page.rule))}</strong></p>
        <SystemLabel key=page.card.key/>
    }
}
