//! The top of a poll's page: what it is, where it stands, turnout, and the one next step.

use super::{next_step::NextStep, read_aloud::ReadAloud};
use crate::i18n::{k, t};
use crate::pages::polls::{parts::SystemLabel, words};
use crate::parts::{BackBar, Gauge, quorum, time, title};
use leptos::prelude::*;
use types::{
    Timestamp,
    polls::{KeyHolder, PollPage, PollState},
};

/// Title, status line, turnout, next step.
#[component]
pub(super) fn Head(page: PollPage, now: Timestamp) -> impl IntoView {
    let spoken = words::spoken(&page);
    let (turnout, lang) = (page.card.turnout, page.language.clone());
    let (corrects, corrected_by) = (page.corrects, page.corrected_by);
    let open = page.card.state == PollState::Open;
    let running = matches!(page.card.state, PollState::Open | PollState::Counting | PollState::Finished);
    let promise = if page.card.key == KeyHolder::System { k::polls::PROMISE_SYSTEM } else { k::parts::PROMISE };
    view! {
        <BackBar href="/polls" text=t(k::parts::ALL_POLLS)>
            <ReadAloud text=spoken lang/>
        </BackBar>
        <header class="poll-head">
            <p class="over"><strong>{t(words::preset(page.rule))}</strong> " " <span class="quiet">{page.card.area_name.clone()}</span></p>
            {title(page.card.title.clone())}
            <p class="status-line">
                <strong>{t(words::state(page.card.state))}</strong> " "
                <span class="num">{words::when_line(&page.card, now)}</span>
                {open.then(|| view! { " · " <span class="num">{time::left(page.card.closes_at, now)}</span> })}
            </p>
            <SystemLabel key=page.card.key/>
            {corrects.map(|poll| view! { <p class="small"><a href=format!("/polls/{poll}")>{t(k::polls::CORRECTS)}</a></p> })}
            {corrected_by.map(|poll| view! { <p class="notice"><a href=format!("/polls/{poll}")>{t(k::polls::CORRECTED_BY)}</a></p> })}
            {running.then(|| view! { <Gauge label=words::turnout(&turnout) part=turnout.voted whole=turnout.slots need=quorum(page.rule)/> })}
        </header>
        <NextStep page=page.clone() voting=true/>
        <p class="promise">{t(promise)}</p>
    }
}
