//! The list of polls: open, coming, finished.

use super::words;
use crate::error::Answer;
use crate::i18n::{Key, k, t};
use crate::parts::{self, Gauge, time};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use serde::{Deserialize, Serialize};
use types::{
    Timestamp,
    polls::{PollCard, PollList, PollState},
};

/// The three lists.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Lists {
    open: PollList,
    coming: PollList,
    closed: PollList,
    now: Timestamp,
}

/// Published polls; of the finished ones those after the cursor.
#[server(prefix = "/ui", output = crate::wire::Reply)]
pub(crate) async fn poll_lists(after: Option<String>) -> Answer<Lists> {
    use types::polls::PollFilter;
    let (service, caller) = crate::ssr::door().await?;
    let open = service.polls(&caller, None, PollFilter::Open, None).await?;
    let coming = service.polls(&caller, None, PollFilter::Coming, None).await?;
    let closed = service.polls(&caller, None, PollFilter::Closed, after.as_deref()).await?;
    Ok(Lists { open, coming, closed, now: service.now() })
}

/// `/polls`.
#[component]
pub(crate) fn PollsPage() -> impl IntoView {
    let query = use_query_map();
    let after = Memo::new(move |_| query.read().get("after"));
    let lists = parts::fetched(move || after.get(), poll_lists);
    parts::loaded(lists, |lists| view! { <Show lists/> })
}

#[component]
fn Show(lists: Lists) -> impl IntoView {
    let Lists { open, coming, closed, now } = lists;
    let more = closed.next.clone().map(|after| format!("/polls?after={after}"));
    view! {
        <parts::PageHead title=t(k::polls::TITLE) lead=t(k::polls::LEAD)/>
        {section(k::polls::LIST_OPEN, k::polls::EMPTY_OPEN, open, now)}
        {section(k::polls::LIST_UPCOMING, k::polls::EMPTY_UPCOMING, coming, now)}
        {section(k::polls::LIST_FINISHED, k::polls::EMPTY_FINISHED, closed, now)}
        <parts::More href=more/>
    }
}

fn section(title: Key, empty: Key, list: PollList, now: Timestamp) -> AnyView {
    let rows = list.polls.into_iter().map(|card| view! { <Row card now/> });
    let rows: Vec<_> = rows.collect();
    view! {
        <section class="polls-section">
            <h2>{t(title)}</h2>
            {if rows.is_empty() {
                view! { <p class="quiet">{t(empty)}</p> }.into_any()
            } else {
                view! { <ul class="sheet rows">{rows}</ul> }.into_any()
            }}
        </section>
    }
    .into_any()
}

#[component]
fn Row(card: PollCard, now: Timestamp) -> impl IntoView {
    let href = format!("/polls/{}", card.poll);
    let mark = card.mine.as_ref().map(|mine| {
        let voted = mine.voted_at.is_some();
        let word = if voted { k::parts::VOTED } else { k::polls::YOURS };
        view! { <span class="tag" class:done=voted>{t(word)}</span> }
    });
    let system = words::system_label(card.key);
    let running = matches!(card.state, PollState::Open | PollState::Counting | PollState::Finished);
    view! {
        <li class="poll-row">
            <p class="over"><strong class:open=card.state == PollState::Open>{t(words::state(card.state))}</strong> " " {line(&card, now)} " " {mark}</p>
            <h3><a href=href>{card.title.clone()}</a></h3>
            <p class="quiet">{card.area_name.clone()}</p>
            {system}
            {running.then(|| view! { <Gauge label=words::turnout(&card.turnout) part=card.turnout.voted whole=card.turnout.slots/> })}
        </li>
    }
}

fn line(card: &PollCard, now: Timestamp) -> AnyView {
    let open = card.state == PollState::Open;
    let left = open.then(|| view! { " · " <strong>{time::left(card.closes_at, now)}</strong> });
    view! { <span class="quiet num">{words::when_line(card, now)} {left}</span> }.into_any()
}
