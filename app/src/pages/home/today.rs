//! Signed in: what needs me today.

use super::{First, Home};
use crate::i18n::{k, t, tf};
use crate::pages::me::notice;
use crate::parts::{Frame, Kind, Notice, PageHead, empty, main_link, number, time, way};
use leptos::prelude::*;
use types::{
    Timestamp,
    identity::Me,
    polls::{Electorate, KeyHolder, PollCard, PollState},
};

pub(super) fn today(home: Home, me: &Me) -> AnyView {
    let Home { now, first, polls, notices, .. } = home;
    let greeting = time::greeting(now);
    let title = match &me.identity {
        Some(identity) => tf(k::home::GREETING, &[("name", &identity.name), ("greeting", &greeting)]),
        None => greeting.to_owned(),
    };
    let mine = first.as_ref().is_some_and(|first| first.card.mine.is_some());
    let things = usize::from(mine) + notices.len() + usize::from(me.identity.is_none());
    let lead = match things {
        0 => t(k::home::NOTHING).to_owned(),
        n => tf(k::home::THINGS, &[("n", &n)]),
    };
    view! {
        <PageHead title lead/>
        {me.identity.is_none().then(verify)}
        {first.map(|first| lead_poll(first, now))}
        {(!notices.is_empty()).then(|| {
            let lines = notices.into_iter().map(|one| notice::line(one, now)).collect_view();
            view! {
                <Frame title=t(k::home::NOTICES) way=("/me/notices".to_owned(), t(k::home::ALL_NOTICES).to_owned())>
                    <ul class="rows">{lines}</ul>
                </Frame>
            }
        })}
        {poll_rows(polls, now, k::home::POLLS)}
    }
    .into_any()
}

fn verify() -> impl IntoView {
    view! {
        <Notice kind=Kind::Care title=t(k::home::VERIFY_TITLE)>
            <p>{t(k::home::VERIFY_TEXT)}</p>
            <p>{way("/me/verify", t(k::parts::GO_VERIFY))}</p>
        </Notice>
    }
}

/// "已投 418 户".
pub(super) fn voted(electorate: Electorate, n: u64) -> String {
    let key = match electorate {
        Electorate::Residents => k::home::VOTED_RESIDENTS,
        Electorate::Households => k::home::VOTED_HOUSEHOLDS,
    };
    tf(key, &[("n", &number(n))])
}

/// The poll that waits, with the one filled button of the screen.
pub(super) fn lead_poll(first: First, now: Timestamp) -> impl IntoView {
    let gauge = first.gauge();
    let card = first.card;
    let href = format!("/polls/{}", card.poll);
    let (button, to) = match &card.mine {
        Some(_) => (k::polls::GO_VOTE, format!("{href}/vote")),
        None => (k::home::READ_POLL, href.clone()),
    };
    let promise = match card.key {
        KeyHolder::System => k::polls::SYSTEM_LABEL,
        KeyHolder::Trustees { .. } => k::polls::PROMISE,
    };
    let closes = tf(k::polls::WHEN_CLOSES, &[("when", &time::when(card.closes_at, now))]);
    view! {
        <section class="frame">
            <div class="sheet now">
                <p class="over"><strong>{t(k::polls::STATE_OPEN)}</strong> {time::time_tag(card.closes_at, closes)}</p>
                <h2 class="large"><a href=href>{card.title}</a></h2>
                {gauge}
                <p>{main_link(to, t(button))}</p>
                <p class="promise">{t(promise)}</p>
            </div>
        </section>
    }
}

/// A list of polls, each with its state; an empty state where there are none.
pub(super) fn poll_rows(polls: Vec<PollCard>, now: Timestamp, title: crate::i18n::Key) -> impl IntoView {
    let all = ("/polls".to_owned(), t(k::polls::ALL_POLLS).to_owned());
    let rows = if polls.is_empty() {
        empty(t(k::home::NO_POLLS), t(k::home::NO_POLLS_TEXT))
    } else {
        view! { <ul class="rows">{polls.into_iter().map(|card| row(card, now)).collect_view()}</ul> }.into_any()
    };
    view! { <Frame title=t(title) way=all>{rows}</Frame> }
}

fn row(card: PollCard, now: Timestamp) -> AnyView {
    let (state, at) = match card.state {
        PollState::Open => (k::polls::STATE_OPEN, Some((k::polls::WHEN_CLOSES, card.closes_at))),
        PollState::Finished => (k::polls::STATE_RESULT, None),
        PollState::Counting => (k::polls::STATE_CLOSED, None),
        PollState::Lapsed => (k::polls::STATE_STOPPED, None),
        _ => (k::polls::STATE_SCHEDULED, Some((k::polls::WHEN_OPENS, card.opens_at))),
    };
    let when = at.map(|(key, at)| time::time_tag(at, tf(key, &[("when", &time::when(at, now))])));
    let voted = card.mine.as_ref().is_some_and(|mine| mine.voted_at.is_some());
    view! {
        <li>
            <a class="row-title" href=format!("/polls/{}", card.poll)>{card.title}</a>
            <p class="small">
                <span>{t(state)}</span> " " {when} " "
                {voted.then(|| view! { <span class="ok">{t(k::polls::VOTED)}</span> })}
            </p>
        </li>
    }
    .into_any()
}
