//! What needs me today? Signed out: the community's public life.

mod public;
mod today;

use crate::error::Answer;
use crate::parts::{self, quorum};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use types::{
    Timestamp,
    identity::NoticeView,
    ids::PollId,
    polls::{Electorate, PollState, RulePreset, Turnout},
};

/// All that the page shows, and no more: what is read here is in the first chunk of every visit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Home {
    now: Timestamp,
    /// Who is signed in.
    reader: Option<Reader>,
    /// The first open poll; of those who may vote the first they have not voted in.
    first: Option<First>,
    /// The other polls, open ones first.
    polls: Vec<Row>,
    /// Unread notices, newest first.
    notices: Vec<NoticeView>,
}

/// Who reads.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Reader {
    /// Their name on the roll, once verified.
    name: Option<String>,
}

/// The poll that stands at the top, with what its gauge needs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct First {
    poll: PollId,
    title: String,
    closes_at: Timestamp,
    /// The reader is on its roll.
    mine: bool,
    /// The system holds the key.
    system: bool,
    rule: RulePreset,
    electorate: Electorate,
    turnout: Turnout,
}

/// A line of the list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Row {
    poll: PollId,
    title: String,
    state: PollState,
    opens_at: Timestamp,
    closes_at: Timestamp,
    /// The reader has voted.
    voted: bool,
}

#[server(prefix = "/ui", output = crate::wire::Reply)]
pub(crate) async fn home_page() -> Answer<Home> {
    use types::polls::{KeyHolder, PollCard, PollFilter};
    let (service, caller) = crate::ssr::door().await?;
    let me = if caller.account.is_some() { Some(service.me(&caller).await?) } else { None };
    let verified = me.as_ref().is_some_and(|me| me.identity.is_some());
    let mut cards = if verified { service.my_polls(&caller).await? } else { Vec::new() };
    if cards.is_empty() {
        cards = service.polls(&caller, None, PollFilter::All, None).await?.polls;
    }
    let has_voted = |card: &PollCard| card.mine.as_ref().is_some_and(|mine| mine.voted_at.is_some());
    let waits = |card: &PollCard| card.state == PollState::Open && !has_voted(card);
    let first = match cards.iter().position(waits) {
        Some(place) => {
            let page = service.poll_page(&caller, cards.remove(place).poll).await?;
            Some(First {
                poll: page.card.poll,
                title: page.card.title,
                closes_at: page.card.closes_at,
                mine: page.card.mine.is_some(),
                system: page.card.key == KeyHolder::System,
                rule: page.rule,
                electorate: page.electorate,
                turnout: page.card.turnout,
            })
        }
        None => None,
    };
    cards.retain(|card| card.state != PollState::Draft);
    cards.truncate(5);
    let row = |card: PollCard| Row {
        voted: has_voted(&card),
        poll: card.poll,
        title: card.title,
        state: card.state,
        opens_at: card.opens_at,
        closes_at: card.closes_at,
    };
    let mut notices = match &me {
        Some(me) if me.unread > 0 => service.notices(&caller, None).await?.notices,
        _ => Vec::new(),
    };
    notices.retain(|notice| !notice.read);
    notices.truncate(3);
    let reader = me.map(|me| Reader { name: me.identity.map(|identity| identity.name) });
    Ok(Home { now: service.now(), reader, first, polls: cards.into_iter().map(row).collect(), notices })
}

/// The first page.
#[component]
pub(crate) fn HomePage() -> impl IntoView {
    Effect::new(parts::live::alive);
    let page = parts::fetched(|| (), |()| home_page());
    parts::loaded(page, |home| match home.reader.clone() {
        Some(reader) => today::today(home, reader),
        None => public::public(home),
    })
}

impl First {
    fn gauge(&self) -> impl IntoView + use<> {
        let label = today::voted(self.electorate, self.turnout.voted);
        view! { <parts::Gauge label part=self.turnout.voted whole=self.turnout.slots need=quorum(self.rule)/> }
    }
}
