//! The desk: a resident shows a code, a clerk sees the identity card, and the account is that person from then on.

mod confirm;
mod find;
mod reissue;
mod scan;

use super::{asked, browser, common, frame, key, roll};
use crate::{
    error::Answer,
    i18n::{k, t, tf},
    parts::{Field, Frame, Kind, Notice, facts, loaded, time, title},
};
use asked::{Asked, asked, one, take};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use serde::{Deserialize, Serialize};
use types::{identity::DeskApplicant, ids::AreaId, roll::PersonPage};

/// Who stands at the desk, and whom the search has found.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Look {
    applicant: DeskApplicant,
    found: Option<PersonPage>,
}

#[server(prefix = "/ui", output = crate::wire::Reply)]
pub(crate) async fn desk_look(token: String, area: AreaId, text: String) -> Answer<Look> {
    let (service, caller) = crate::ssr::door().await?;
    let applicant = service.desk_open(&caller, &token).await?;
    let query = types::roll::PersonQuery { area, text, after: None };
    let found = if query.text.is_empty() { None } else { Some(service.persons(&caller, query).await?) };
    Ok(Look { applicant, found })
}

/// Verification at the desk, and credentials for new phones.
#[component]
pub(super) fn DeskPage() -> impl IntoView {
    let asked = asked();
    if let Some(before) = confirm::refused() {
        asked.set(before);
    }
    let done = move || use_query_map().read().get("done").is_some();
    Effect::new(move |_| {
        if let Some(token) = browser::fragment().filter(|text| text != "reissue") {
            asked.set(one("code", token));
        }
    });
    let verification = move || {
        if asked.with(|asked| asked.get("code").is_empty()) {
            view! { <Begin asked done=done()/> }.into_any()
        } else {
            view! { <Applicant asked/> }.into_any()
        }
    };
    view! {
        <header class="bench-head">{title(t(k::committee_desk::TITLE))}</header>
        <p class="quiet">{t(k::committee_desk::LEAD)}</p>
        {verification}
        <reissue::Reissues/>
    }
}

/// Scan, or type the short code.
#[component]
fn Begin(asked: RwSignal<Asked>, done: bool) -> impl IntoView {
    view! {
        {done.then(|| view! {
            <div role="status">
                <Notice kind=Kind::Good title=t(k::committee_desk::DONE_TITLE)><p>{t(k::committee_desk::DONE_TEXT)}</p></Notice>
            </div>
        })}
        <Frame>
            <scan::Scanner asked/>
            <form method="post" class="bench-filter" on:submit=take(asked)>
                <Field name="code" required=true short=true maxlength=12_u16 label=t(k::committee_desk::CODE_LABEL)
                    hint=t(k::committee_desk::CODE_HINT)/>
                <button type="submit" class="button primary">{t(k::committee_desk::OPEN)}</button>
            </form>
        </Frame>
    }
}

/// Who asks, then the search, then the confirmation.
#[component]
fn Applicant(asked: RwSignal<Asked>) -> impl IntoView {
    let area = frame::bench().area.id;
    let look = crate::parts::fetched(
        move || asked.get(),
        move |asked| desk_look(asked.get("code").to_owned(), area, asked.get("q").trim().to_owned()),
    );
    let again = move |_| asked.set(Asked::default());
    view! {
        {loaded(look, move |look| {
            let now = asked.get_untracked();
            let next = if now.get("person").is_empty() {
                view! { <find::Find now found=look.found asked/> }.into_any()
            } else {
                view! { <confirm::Confirm now asked/> }.into_any()
            };
            view! { <Card applicant=look.applicant/> {next} }
        })}
        <p><a href=common::href("/committee/desk") on:click=again>{t(k::committee_desk::NEXT_PERSON)}</a></p>
    }
}

#[component]
fn Card(applicant: DeskApplicant) -> impl IntoView {
    let since = time::day(applicant.since);
    let standing = match applicant.verified_as {
        Some(name) => tf(k::committee_desk::APPLICANT_AS, &[("name", &name)]),
        None => t(k::committee_desk::APPLICANT_NONE).to_owned(),
    };
    let words = vec![
        (
            t(k::committee_desk::APPLICANT_LOGIN).to_owned(),
            view! { <span class="num">{applicant.login}</span> }.into_any(),
        ),
        (t(k::committee::STATUS).to_owned(), standing.into_any()),
    ];
    view! {
        <Frame title=t(k::committee_desk::APPLICANT)>
            {facts(words)}
            <p class="quiet">{tf(k::committee_desk::APPLICANT_SINCE, &[("when", &since)])}</p>
        </Frame>
    }
}
