//! The committee's polls: drafts, what is under way, what is over.

use super::{common::href, frame::bench};
use crate::{
    error::Answer,
    i18n::{Key, k, t, tf},
    pages::polls::words,
    parts::{Frame, Table, empty, loaded, main_link, percent, time, title},
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use types::{
    Timestamp,
    ids::AreaId,
    polls::{DraftLine, KeyHolder, PollCard},
};

/// What the page shows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Polls {
    drafts: Vec<DraftLine>,
    running: Vec<PollCard>,
    past: Vec<PollCard>,
    now: Timestamp,
}

#[server(prefix = "/ui", output = crate::wire::Reply)]
pub(crate) async fn bench_polls(area: AreaId) -> Answer<Polls> {
    use types::polls::PollFilter;
    let (service, caller) = crate::ssr::door().await?;
    let mut running = service.polls(&caller, Some(area), PollFilter::Coming, None).await?.polls;
    running.extend(service.polls(&caller, Some(area), PollFilter::Open, None).await?.polls);
    let past = service.polls(&caller, Some(area), PollFilter::Closed, None).await?.polls;
    Ok(Polls { drafts: service.list_drafts(&caller, area).await?, running, past, now: service.now() })
}

/// The list.
#[component]
pub(super) fn PollsPage() -> impl IntoView {
    let area = bench().area.id;
    let polls = crate::parts::fetched(move || area, bench_polls);
    view! {
        <header class="bench-head">
            {title(t(k::committee_polls::TITLE))}
            {main_link(href("/committee/polls/new"), t(k::committee_polls::NEW))}
        </header>
        {loaded(polls, |polls| view! { <Show polls/> })}
    }
}

#[component]
fn Show(polls: Polls) -> impl IntoView {
    let Polls { drafts, running, past, now } = polls;
    if drafts.is_empty() && running.is_empty() && past.is_empty() {
        return empty(t(k::committee_polls::EMPTY_TITLE), t(k::committee_polls::EMPTY_TEXT));
    }
    view! {
        <Cards heading=k::committee_polls::RUNNING cards=running now/>
        {(!drafts.is_empty()).then(|| view! { <Drafts drafts/> })}
        <Cards heading=k::committee_polls::PAST cards=past now/>
    }
    .into_any()
}

#[component]
fn Drafts(drafts: Vec<DraftLine>) -> impl IntoView {
    let line = |draft: DraftLine| {
        let title = if draft.title.is_empty() { t(k::committee_polls::UNTITLED).to_owned() } else { draft.title };
        let when = time::exact(draft.updated_at);
        view! {
            <li>
                <a href=href(&format!("/committee/polls/{}/edit", draft.poll))>{title}</a>
                " " <span class="quiet">{tf(k::committee_polls::SAVED_AT, &[("when", &when)])}</span>
            </li>
        }
    };
    view! {
        <Frame title=t(k::committee_polls::DRAFTS)>
            <ul class="bench-lines">{drafts.into_iter().map(line).collect_view()}</ul>
        </Frame>
    }
}

#[component]
fn Cards(heading: Key, cards: Vec<PollCard>, now: Timestamp) -> impl IntoView {
    if cards.is_empty() {
        return ().into_any();
    }
    let row = move |card: PollCard| {
        let turnout = percent(card.turnout.voted, card.turnout.slots);
        let system =
            matches!(card.key, KeyHolder::System).then(|| view! { <small>{t(k::parts::SYSTEM_LABEL)}</small> });
        view! {
            <tr>
                <th scope="row"><a href=href(&format!("/committee/polls/{}", card.poll))>{card.title.clone()}</a> {system}</th>
                <td data-label=t(k::committee_polls::COL_STATE)>{t(words::state(card.state))}</td>
                <td data-label=t(k::committee_polls::COL_TURNOUT) class="num">{turnout}</td>
                <td data-label=t(k::committee_polls::COL_CLOSE)>{time::moment(card.closes_at, now)}</td>
            </tr>
        }
    };
    let head = [
        k::committee_polls::COL_POLL,
        k::committee_polls::COL_STATE,
        k::committee_polls::COL_TURNOUT,
        k::committee_polls::COL_CLOSE,
    ];
    view! {
        <Frame title=t(heading)>
            <Table caption=t(heading) head=head.map(|key| t(key).to_owned()).to_vec() stack=true>
                {cards.into_iter().map(row).collect_view()}
            </Table>
        </Frame>
    }
    .into_any()
}
