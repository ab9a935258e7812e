//! Letters with codes: chosen, made, shown this once, printed.
//!
//! The form posts to this page's own address, and the answer is this page with the letters on it: no redirect, because
//! the codes are kept nowhere that a second request could fetch them from.

use super::{
    asked::{Asked, asked, take},
    common,
    frame::bench,
};
use crate::{
    error::Answer,
    i18n::{k, t, tf},
    page::site,
    parts::{Choice, Frame, Kind, Notice, PrintButton, Select, Skeleton, answered, empty, loaded, time, title},
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use types::{
    ids::{AreaId, HouseholdId},
    roll::{AreaView, Letter, LetterBatch, LetterCode, RollCounts},
};

/// What the form offers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Offer {
    counts: RollCounts,
    buildings: Vec<AreaView>,
}

#[server(prefix = "/ui", output = crate::wire::Reply)]
pub(crate) async fn letters_offer(area: AreaId) -> Answer<Offer> {
    let (service, caller) = crate::ssr::door().await?;
    let counts = service.roll_counts(&caller, area).await?;
    Ok(Offer { counts, buildings: super::tree::buildings(service.areas(&caller).await?, area) })
}

/// Makes new codes for everybody in `area`, or in one household of it, who is not verified; the old ones stop working.
#[server(prefix = "/ui", output = crate::wire::Reply)]
pub(crate) async fn letters_make(area: AreaId, household: Option<HouseholdId>) -> Answer<LetterBatch> {
    let (service, caller) = crate::ssr::door().await?;
    Ok(service.issue_letters(&caller, types::roll::LetterRequest { area, household, unverified_only: true }).await?)
}

/// Choose and make letters.
#[component]
pub(super) fn LettersPage() -> impl IntoView {
    let area = bench().area.id;
    let asked = asked();
    let offer = crate::parts::fetched(move || area, letters_offer);
    view! {
        <div class="no-print">
            <header class="bench-head">{title(t(k::committee_letters::TITLE))}</header>
            <p class="quiet">{t(k::committee_letters::LEAD)}</p>
            {loaded(offer, move |offer| view! { <Choosing offer asked/> })}
        </div>
        {move || asked.with(|asked| asked.get("area").parse().ok()).map(|area: AreaId| view! { <Made area asked/> })}
    }
}

#[component]
fn Choosing(offer: Offer, asked: RwSignal<Asked>) -> impl IntoView {
    let Offer { counts, buildings } = offer;
    if counts.persons == 0 {
        return empty(t(k::committee_letters::NO_ROLL_TITLE), t(k::committee_letters::NO_ROLL_TEXT));
    }
    let area = bench().area;
    let all = Choice::new(area.id.to_string(), format!("{} · {}", area.name, t(k::committee::ALL_BUILDINGS)));
    let each = buildings.into_iter().map(|building| Choice::new(building.id.to_string(), building.name));
    let areas = each.chain([all]).collect();
    let per = ["1", "2", "4"].map(|n| Choice::new(n, n)).to_vec();
    view! {
        <Frame>
            <form method="post" class="form" on:submit=take(asked)>
                <Select name="area" label=t(k::committee_letters::CHOOSE) hint=t(k::committee_letters::CHOOSE_HINT)
                    choices=areas/>
                <Select name="per_page" label=t(k::committee_letters::PER_PAGE) value="2" choices=per/>
                <Notice kind=Kind::Care title=t(k::committee_letters::ONCE_TITLE)><p>{t(k::committee_letters::ONCE_TEXT)}</p></Notice>
                <p class="form-end"><button type="submit" class="button primary">{t(k::committee_letters::MAKE)}</button></p>
            </form>
        </Frame>
    }
    .into_any()
}

#[component]
fn Made(area: AreaId, asked: RwSignal<Asked>) -> impl IntoView {
    let household = asked.with_untracked(|asked| asked.get("household").parse().ok());
    let batch = crate::parts::fetched(move || area, move |area| letters_make(area, household));
    let per = match asked.with_untracked(|asked| asked.get("per_page").to_owned()).as_str() {
        "1" => "letters letters-1",
        "4" => "letters letters-4",
        _ => "letters letters-2",
    };
    let shown = move |answer| match answer {
        Ok(batch) => view! { <Letters batch per/> }.into_any(),
        Err(error) => {
            let reason = crate::error::UiError::first_reason(&error);
            view! {
                <div role="alert">
                    <Notice kind=Kind::Bad title=t(k::committee_letters::FAILED)><p>{reason}</p></Notice>
                </div>
            }
            .into_any()
        }
    };
    answered(batch, || Skeleton().into_any(), shown)
}

#[component]
fn Letters(batch: LetterBatch, per: &'static str) -> impl IntoView {
    let codes: usize = batch.letters.iter().map(|letter| letter.codes.len()).sum();
    let letters = batch.letters.len();
    let until = time::day(batch.expires_at);
    let words = tf(k::committee_letters::MADE, &[("letters", &letters), ("codes", &codes), ("until", &until)]);
    let (area, url) = (bench().area.name, site().public_url);
    let sheet = |letter: Letter| view! { <Sheet letter area=area.clone() until=until.clone() url=url.clone()/> };
    view! {
        <div class="no-print" role="status">
            <Notice kind=Kind::Good><p>{words}</p> <p>{t(k::committee_letters::PRINT_HINT)}</p></Notice>
            <p><PrintButton/></p>
        </div>
        <div class=per>{batch.letters.into_iter().map(sheet).collect_view()}</div>
    }
}

/// One letter: who it is for, what to do in three steps, the codes, and whom to ask.
#[component]
fn Sheet(letter: Letter, area: String, until: String, url: String) -> impl IntoView {
    let home = common::home(&letter.building, &letter.unit, &letter.room);
    let code = |code: LetterCode| {
        view! { <tr><th scope="row" class="name">{code.name}</th> <td class="code">{code.code}</td></tr> }
    };
    view! {
        <article class="letter">
            <h2>{tf(k::committee_letters::LETTER_HEADING, &[("address", &home)])}</h2>
            <p>{t(k::committee_letters::LETTER_HELLO)}</p>
            <ol>
                <li>{tf(k::committee_letters::LETTER_STEP1, &[("url", &url)])}</li>
                <li>{t(k::committee_letters::LETTER_STEP2)}</li>
                <li>{t(k::committee_letters::LETTER_STEP3)}</li>
            </ol>
            <table>
                <thead><tr>
                    <th scope="col">{t(k::committee::PERSON)}</th>
                    <th scope="col">{t(k::committee_letters::LETTER_CODE)}</th>
                </tr></thead>
                <tbody>{letter.codes.into_iter().map(code).collect_view()}</tbody>
            </table>
            <p>{tf(k::committee_letters::LETTER_VALID, &[("until", &until)])} " " {t(k::committee_letters::LETTER_SECRET)}</p>
            <p>{t(k::committee_letters::LETTER_HELP)}</p>
            <p class="letter-from">{tf(k::committee_letters::LETTER_FROM, &[("area", &area)])}</p>
        </article>
    }
}
