//! One poll: where it stands, and the next step, each explained in a sentence.

mod ceremony;
mod freeze;
mod outcome;
mod sign;

use super::{common, draft, frame, key, today};
use crate::{
    error::Answer,
    i18n::{Key, k, t, tf},
    pages::polls::words,
    parts::{Form, Frame, Hidden, Kind, Moment, Notice, facts, loaded, time, timeline, title},
};
use common::{back, href};
use leptos::{prelude::*, server_fn::ServerFn as _};
use serde::{Deserialize, Serialize};
use types::{
    Timestamp,
    committee::PollTurnout,
    ids::PollId,
    polls::{self, Ceremony, KeyHolder, Opening, PollAction, PollResult, PollState, SlotCounts, TimelineKind},
};

/// A poll with what its state calls for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Bench {
    page: polls::PollPage,
    now: Timestamp,
    ceremony: Option<Ceremony>,
    counts: Option<SlotCounts>,
    opening: Option<Opening>,
    turnout: Option<PollTurnout>,
    result: Option<PollResult>,
}

#[server(prefix = "/ui", output = crate::wire::Reply)]
pub(crate) async fn bench_poll(poll: PollId) -> Answer<Bench> {
    let (service, caller) = crate::ssr::door().await?;
    let page = service.poll_page(&caller, poll).await?;
    let now = service.now();
    let mut bench = Bench { page, now, ceremony: None, counts: None, opening: None, turnout: None, result: None };
    match bench.page.card.state {
        PollState::Ceremony => bench.ceremony = Some(service.ceremony(&caller, poll).await?),
        PollState::Roll => bench.counts = Some(service.slot_counts(&caller, poll).await?),
        PollState::Signing => bench.opening = Some(service.opening(&caller, poll).await?),
        PollState::Open => bench.turnout = Some(service.turnout(&caller, poll).await?),
        PollState::Counting | PollState::Finished => bench.result = Some(service.poll_result(&caller, poll).await?),
        PollState::Draft | PollState::Scheduled | PollState::Lapsed => {}
    }
    Ok(bench)
}

/// `/committee/polls/{id}`.
#[component]
pub(super) fn PollPage(poll: PollId) -> impl IntoView {
    let bench = crate::parts::fetched(move || poll, bench_poll);
    let again = Callback::new(move |()| bench.refetch());
    view! {
        {back("/committee/polls", k::committee_polls::TITLE)}
        {loaded(bench, move |bench| view! { <Show bench again/> })}
    }
}

#[component]
fn Show(bench: Bench, again: Callback<()>) -> impl IntoView {
    let (page, now) = (bench.page.clone(), bench.now);
    let card = page.card.clone();
    let say = say(&bench);
    let system = (card.key == KeyHolder::System)
        .then(|| view! { <Notice kind=Kind::Care><p>{t(k::parts::SYSTEM_LABEL)}</p></Notice> });
    let body = match card.state {
        PollState::Ceremony => bench.ceremony.map(|ceremony| view! { <ceremony::Progress ceremony/> }.into_any()),
        PollState::Roll => {
            bench.counts.map(|counts| view! { <freeze::Freeze poll=card.poll counts again/> }.into_any())
        }
        PollState::Signing => bench.opening.map(|opening| view! { <sign::Sign opening again/> }.into_any()),
        PollState::Open => bench.turnout.map(|turnout| view! { <today::turnout::TurnoutPanel turnout/> }.into_any()),
        PollState::Counting | PollState::Finished => {
            bench.result.map(|result| view! { <outcome::Outcome result/> }.into_any())
        }
        PollState::Draft | PollState::Scheduled | PollState::Lapsed => None,
    };
    let course = course(&page, now);
    view! {
        <header class="bench-head">
            {title(card.title.clone())}
            <p class="quiet">{t(words::state(card.state))}</p>
        </header>
        {system}
        <div class="bench-two">
            <div>
                <Frame title=t(k::committee_poll::NOW_TITLE) look="now"><p>{say}</p></Frame>
                {body}
                <Correction page=page.clone()/>
            </div>
            <div>
                <Frame title=t(k::committee_poll::STEPS)>{course}</Frame>
                <Facts page/>
            </div>
        </div>
    }
}

/// Where the poll stands and what is next, in a sentence.
fn say(bench: &Bench) -> String {
    let card = &bench.page.card;
    let (opens, closes) = (time::when(card.opens_at, bench.now), time::when(card.closes_at, bench.now));
    let needed = match card.key {
        KeyHolder::Trustees { k, .. } => k,
        KeyHolder::System => 1,
    };
    let posted =
        bench.result.as_ref().map_or(0, |result| result.shares.iter().filter(|share| share.leaf.is_some()).count());
    let key = match (card.state, card.key) {
        (PollState::Ceremony, KeyHolder::Trustees { .. }) => k::committee_poll::SAY_CEREMONY,
        (PollState::Ceremony | PollState::Draft, _) => k::committee_poll::SAY_CEREMONY_SYSTEM,
        (PollState::Roll, _) => k::committee_poll::SAY_ROLL,
        (PollState::Signing, _) => k::committee_poll::SAY_SIGNING,
        (PollState::Scheduled, _) => return tf(k::committee_poll::SAY_SCHEDULED, &[("when", &opens)]),
        (PollState::Open, _) => return tf(k::committee_poll::SAY_OPEN, &[("when", &closes)]),
        (PollState::Counting, KeyHolder::Trustees { .. }) => k::committee_poll::SAY_COUNTING,
        (PollState::Counting, KeyHolder::System) => k::committee_poll::SAY_COUNTING_SYSTEM,
        (PollState::Finished, _) => k::committee_poll::SAY_FINISHED,
        (PollState::Lapsed, _) => k::committee_poll::SAY_LAPSED,
    };
    tf(key, &[("k", &needed), ("n", &posted)])
}

fn course(page: &polls::PollPage, now: Timestamp) -> impl IntoView + use<> {
    let next = page.timeline.iter().position(|event| !event.done);
    let moment = |(place, event): (usize, &polls::TimelineEvent)| {
        let when = event.at.map(|at| time::moment(at, now).into_any()).unwrap_or_else(|| "—".into_any());
        let moment = Moment::new(when, t(station(event.kind)), event.done);
        if Some(place) == next { moment.running() } else { moment }
    };
    timeline(page.timeline.iter().enumerate().map(moment).collect())
}

const fn station(kind: TimelineKind) -> Key {
    match kind {
        TimelineKind::Published => k::committee_poll::STEP_PUBLISHED,
        TimelineKind::KeyMade => k::committee_poll::STEP_KEY_MADE,
        TimelineKind::RollFrozen => k::committee_poll::STEP_ROLL_FROZEN,
        TimelineKind::Signed => k::committee_poll::STEP_SIGNED,
        TimelineKind::Opened => k::committee_poll::STEP_OPENED,
        TimelineKind::Closed => k::committee_poll::STEP_CLOSED,
        TimelineKind::Result => k::committee_poll::STEP_RESULT,
    }
}

#[component]
fn Facts(page: polls::PollPage) -> impl IntoView {
    let poll = page.card.poll;
    let who = tf(k::polls::WHO_AGE, &[("age", &page.min_age)]);
    let voters = format!("{} · {who}", crate::parts::list(&page.areas));
    let dates = format!("{} – {}", time::exact(page.card.opens_at), time::exact(page.card.closes_at));
    let pairs = vec![
        (t(k::committee_poll::FACT_VOTERS).to_owned(), voters.into_any()),
        (t(k::committee_poll::FACT_DATES).to_owned(), dates.into_any()),
        (t(k::committee_poll::FACT_RULE).to_owned(), t(words::preset(page.rule)).into_any()),
    ];
    view! {
        <Frame>
            {facts(pairs)}
            <ul class="bench-lines">
                <li><a href=format!("/polls/{poll}")>{t(k::committee_poll::PUBLIC_PAGE)}</a></li>
                <li><a href=format!("/polls/{poll}/poster")>{t(k::committee_poll::POSTER)}</a></li>
                {(page.card.state == PollState::Finished).then(|| view! {
                    <li><a href=format!("/polls/{poll}/result")>{t(k::committee_poll::RESULT_PAGE)}</a></li>
                })}
            </ul>
        </Frame>
    }
}

/// A mistake is corrected by a new poll that names this one.
#[component]
fn Correction(page: polls::PollPage) -> impl IntoView {
    if let Some(newer) = page.corrected_by {
        let way = href(&format!("/committee/polls/{newer}"));
        return view! { <Notice kind=Kind::Info><p><a href=way>{t(k::committee_poll::CORRECTED_BY)}</a></p></Notice> }
            .into_any();
    }
    if !page.actions.contains(&PollAction::Correct) {
        return ().into_any();
    }
    view! {
        <Frame title=t(k::committee_poll::CORRECT_TITLE)>
            <p class="quiet">{t(k::committee_poll::CORRECT_TEXT)}</p>
            <Form to=draft::new::DraftCreate::url() quiet=true submit=t(k::committee_poll::CORRECT)>
                <Hidden name="area" value=page.card.area.to_string()/>
                <Hidden name="from" value=page.card.poll.to_string()/>
            </Form>
        </Frame>
    }
    .into_any()
}
