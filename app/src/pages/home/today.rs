//! Signed in: what needs me today.

use super::{First, Home, Reader, Row};
use crate::i18n::{k, t, tf};
use crate::pages::me::notice;
use crate::parts::{Frame, Kind, Notice, PageHead, empty, main_link, number, time, way};
use leptos::prelude::*;
use types::{
    Timestamp,
    polls::{Electorate, PollState},
};

pub(super) fn today(home: Home, reader: Reader) -> AnyView {
    let Home { now, first, polls, notices, .. } = home;
    let greeting = time::greeting(now);
    let verified = reader.name.is_some();
    let title = match reader.name {
        Some(name) => tf(k::home::GREETING, &[("name", &name), ("greeting", &greeting)]),
        None => greeting.to_owned(),
    };
    let mine = first.as_ref().is_some_and(|first| first.mine);
    let things = usize::from(mine) + notices.len() + usize::from(!verified);
    let lead = match things {
        0 => t(k::home::NOTHING).to_owned(),
        n => tf(k::home::THINGS, &[("n", &n)]),
    };
    view! {
        <PageHead title lead/>
        {(!verified).then(verify)}
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
    let href = format!("/polls/{}", first.poll);
    let (button, to) =
        if first.mine { (k::parts::GO_VOTE, format!("{href}/vote")) } else { (k::home::READ_POLL, href.clone()) };
    let promise = if first.system { k::parts::SYSTEM_LABEL } else { k::parts::PROMISE };
    let closes = tf(k::parts::WHEN_CLOSES, &[("when", &time::when(first.closes_at, now))]);
    view! {
        <section class="frame">
            <div class="sheet now">
                <p class="over"><strong>{t(k::parts::STATE_OPEN)}</strong> {time::time_tag(first.closes_at, closes)}</p>
                <h2 class="large"><a href=href>{first.title}</a></h2>
                {gauge}
                <p>{main_link(to, t(button))}</p>
                <p class="promise">{t(promise)}</p>
            </div>
        </section>
    }
}

/// A list of polls, each with its state; an empty state where there are none.
pub(super) fn poll_rows(polls: Vec<Row>, now: Timestamp, title: crate::i18n::Key) -> impl IntoView {
    let all = ("/polls".to_owned(), t(k::parts::ALL_POLLS).to_owned());
    let rows = if polls.is_empty() {
        empty(t(k::home::NO_POLLS), t(k::home::NO_POLLS_TEXT))
    } else {
        view! { <ul class="rows">{polls.into_iter().map(|poll| row(poll, now)).collect_view()}</ul> }.into_any()
    };
    view! { <Frame title=t(title) way=all>{rows}</Frame> }
}

fn row(poll: Row, now: Timestamp) -> AnyView {
    let (state, at) = match poll.state {
        PollState::Open => (k::parts::STATE_OPEN, Some((k::parts::WHEN_CLOSES, poll.closes_at))),
        PollState::Finished => (k::parts::STATE_RESULT, None),
        PollState::Counting => (k::parts::STATE_CLOSED, None),
        PollState::Lapsed => (k::parts::STATE_STOPPED, None),
        _ => (k::parts::STATE_SCHEDULED, Some((k::parts::WHEN_OPENS, poll.opens_at))),
    };
    let when = at.map(|(key, at)| time::time_tag(at, tf(key, &[("when", &time::when(at, now))])));
    view! {
        <li>
            <a class="row-title" href=format!("/polls/{}", poll.poll)>{poll.title}</a>
            <p class="small">
                <span>{t(state)}</span> " " {when} " "
                {poll.voted.then(|| view! { <span class="ok">{t(k::parts::VOTED)}</span> })}
            </p>
        </li>
    }
    .into_any()
}
