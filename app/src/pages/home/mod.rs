//! What needs me today? Signed out: the community's public life.

mod public;
mod today;

use crate::error::Answer;
use crate::parts::{self, quorum};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use types::{
    Timestamp,
    identity::{Me, NoticeView},
    polls::{Electorate, PollCard, RulePreset},
};

/// All that the page shows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Home {
    now: Timestamp,
    me: Option<Me>,
    /// The first open poll; of those who may vote the first they have not voted in.
    first: Option<First>,
    /// The other polls, open ones first.
    polls: Vec<PollCard>,
    /// Unread notices, newest first.
    notices: Vec<NoticeView>,
}

/// The poll that stands at the top, with what its gauge needs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct First {
    card: PollCard,
    rule: RulePreset,
    electorate: Electorate,
}

#[server(prefix = "/ui")]
pub(crate) async fn home_page() -> Answer<Home> {
    use types::polls::{PollFilter, PollState};
    let (service, caller) = crate::ssr::door().await?;
    let me = if caller.account.is_some() { Some(service.me(&caller).await?) } else { None };
    let verified = me.as_ref().is_some_and(|me| me.identity.is_some());
    let mut polls = if verified { service.my_polls(&caller).await? } else { Vec::new() };
    if polls.is_empty() {
        polls = service.polls(&caller, None, PollFilter::All, None).await?.polls;
    }
    let waits = |card: &PollCard| {
        card.state == PollState::Open && card.mine.as_ref().is_none_or(|mine| mine.voted_at.is_none())
    };
    let first = match polls.iter().position(waits) {
        Some(place) => {
            let page = service.poll_page(&caller, polls.remove(place).poll).await?;
            Some(First { rule: page.rule, electorate: page.electorate, card: page.card })
        }
        None => None,
    };
    polls.retain(|card| card.state != PollState::Draft);
    polls.truncate(5);
    let mut notices = match &me {
        Some(me) if me.unread > 0 => service.notices(&caller, None).await?.notices,
        _ => Vec::new(),
    };
    notices.retain(|notice| !notice.read);
    notices.truncate(3);
    Ok(Home { now: service.now(), me, first, polls, notices })
}

/// The first page.
#[component]
pub(crate) fn HomePage() -> impl IntoView {
    let page = parts::fetched(|| (), |()| home_page());
    parts::loaded(page, |home| match home.me.clone() {
        Some(me) => today::today(home, &me),
        None => public::public(home),
    })
}

impl First {
    fn gauge(&self) -> impl IntoView + use<> {
        let turnout = self.card.turnout;
        let label = today::voted(self.electorate, turnout.voted);
        view! { <parts::Gauge label part=turnout.voted whole=turnout.slots need=quorum(self.rule)/> }
    }
}
