//! Proving who one is: with the letter's code, or at the desk.

use super::next_or;
use crate::error::Answer;
use crate::i18n::{k, t, tf};
use crate::parts::{self, Field, Form, Frame, Hidden, Kind, Notice, PageHead, empty, main_link, side_link, time};
use leptos::{prelude::*, server_fn::ServerFn as _};
use serde::{Deserialize, Serialize};
use types::{
    Timestamp,
    identity::Identity,
    polls::{PollCard, PollState},
};

/// Who the reader is, and which polls that makes theirs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Verified {
    identity: Identity,
    polls: Vec<PollCard>,
    now: Timestamp,
}

#[server(prefix = "/ui", output = crate::wire::Reply)]
pub(crate) async fn verification() -> Answer<Option<Verified>> {
    let (service, caller) = crate::ssr::door().await?;
    let Some(identity) = service.me(&caller).await?.identity else { return Ok(None) };
    Ok(Some(Verified { identity, polls: service.my_polls(&caller).await?, now: service.now() }))
}

#[server(prefix = "/ui", output = crate::wire::Reply)]
pub(crate) async fn my_identity() -> Answer<Option<Identity>> {
    let (service, caller) = crate::ssr::door().await?;
    Ok(service.me(&caller).await?.identity)
}

#[server(VerifyForm, prefix = "/ui")]
pub(crate) async fn verify(
    name: String,
    building: String,
    #[server(default)] unit: String,
    room: String,
    code: String,
    #[server(default)] next: String,
) -> Answer<()> {
    let (service, caller) = crate::ssr::door().await?;
    service.verify_by_code(&caller, types::identity::VerifyByCode { name, building, unit, room, code }).await?;
    crate::ssr::redirect(&next);
    Ok(())
}

/// `/me/verify?next=…`
#[component]
pub(crate) fn VerifyPage() -> impl IntoView {
    let page = parts::fetched(|| (), |()| verification());
    parts::loaded(page, |verified| match verified {
        Some(verified) => done(verified),
        None => ways(),
    })
}

fn done(verified: Verified) -> AnyView {
    let Verified { identity, mut polls, now } = verified;
    polls.retain(|card| matches!(card.state, PollState::Open | PollState::Scheduled));
    let rows = if polls.is_empty() {
        empty(t(k::me::POLLS_NONE), t(k::me::POLLS_NONE_TEXT))
    } else {
        view! { <ul class="rows">{polls.into_iter().enumerate().map(|(n, card)| mine(card, n == 0, now)).collect_view()}</ul> }
            .into_any()
    };
    let until = tf(k::me::VALID_UNTIL, &[("when", &time::date(identity.valid_until))]);
    view! {
        <PageHead title=t(k::me::VERIFIED)/>
        <Notice kind=Kind::Good><p>{identity.name} " · " {identity.address}</p> <p class="small">{until}</p></Notice>
        <Frame title=t(k::me::POLLS_MINE)>{rows}</Frame>
        <p>{side_link("/", t(k::parts::GO_HOME))}</p>
    }
    .into_any()
}

/// A poll of the reader's with the way to vote; the first has the one filled button.
fn mine(card: PollCard, first: bool, now: Timestamp) -> AnyView {
    let (key, at) = match card.state {
        PollState::Open => (k::parts::WHEN_CLOSES, card.closes_at),
        _ => (k::parts::WHEN_OPENS, card.opens_at),
    };
    let when = time::time_tag(at, tf(key, &[("when", &time::when(at, now))]));
    let voted = card.mine.as_ref().is_some_and(|mine| mine.voted_at.is_some());
    let href = format!("/polls/{}", card.poll);
    let way = (card.state == PollState::Open && !voted).then(|| {
        let (to, words) = (format!("{href}/vote"), t(k::parts::GO_VOTE));
        if first { main_link(to, words).into_any() } else { side_link(to, words).into_any() }
    });
    view! {
        <li>
            <a class="row-title" href=href>{card.title}</a>
            <p class="small">{when} " " {voted.then(|| view! { <span class="ok">{t(k::parts::VOTED)}</span> })}</p>
            {way.map(|way| view! { <p>{way}</p> })}
        </li>
    }
    .into_any()
}

fn ways() -> AnyView {
    view! {
        <div class="narrow">
            <PageHead title=t(k::me::VERIFY_TITLE) lead=t(k::me::VERIFY_LEAD)/>
            <Frame title=t(k::me::VERIFY_LETTER)>
                <p>{t(k::me::VERIFY_LETTER_TEXT)}</p>
                <Form to=VerifyForm::url() submit=t(k::me::VERIFY_DO) fresh=true>
                    <Field name="name" label=t(k::me::NAME) hint=t(k::me::NAME_HINT) autocomplete="name" required=true/>
                    <div class="field-row">
                        <Field name="building" label=t(k::me::BUILDING) required=true short=true/>
                        <Field name="unit" label=t(k::me::UNIT) hint=t(k::me::UNIT_HINT) short=true/>
                        <Field name="room" label=t(k::me::ROOM) required=true short=true/>
                    </div>
                    <Field name="code" label=t(k::me::CODE) hint=t(k::me::CODE_HINT) autocomplete="one-time-code" required=true/>
                    <Hidden name="next" value=next_or("/me/verify")/>
                </Form>
            </Frame>
            <Frame title=t(k::me::VERIFY_DESK)>
                <p>{t(k::me::VERIFY_DESK_TEXT)}</p>
                <p>{side_link("/me/desk", t(k::me::VERIFY_DESK_DO))}</p>
            </Frame>
        </div>
    }
    .into_any()
}
