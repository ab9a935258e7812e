//! Residents and households: a list to search, masked.

use super::{
    asked::{Asked, asked, take},
    common::{self, href},
    frame::bench,
};
use crate::{
    error::Answer,
    i18n::{k, t, tf},
    parts::{Choice, Field, Select, Table, empty, loaded, main_link, number, tag, title},
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use types::{
    ids::AreaId,
    roll::{AreaView, PersonPage, PersonQuery, PersonView, RollCounts},
};

/// What the page shows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Roll {
    counts: RollCounts,
    buildings: Vec<AreaView>,
    found: PersonPage,
}

#[server(prefix = "/ui", output = crate::wire::Reply)]
pub(crate) async fn roll_page(area: AreaId, query: PersonQuery) -> Answer<Roll> {
    let (service, caller) = crate::ssr::door().await?;
    let counts = service.roll_counts(&caller, area).await?;
    let buildings = super::super::tree::buildings(service.areas(&caller).await?, area);
    Ok(Roll { counts, buildings, found: service.persons(&caller, query).await? })
}

/// The list of people.
#[component]
pub(in crate::pages::committee) fn RollPage() -> impl IntoView {
    let area = bench().area.id;
    let asked = asked();
    let roll = crate::parts::fetched(move || asked.get(), move |asked| roll_page(area, query(&asked, area)));
    view! {
        <header class="bench-head">
            {title(t(k::committee_roll::TITLE))}
            {main_link(href("/committee/roll/import"), t(k::committee_roll::IMPORT))}
        </header>
        <p class="quiet">{t(k::committee_roll::LEAD)}</p>
        {loaded(roll, move |roll| view! { <Show roll asked/> })}
    }
}

fn query(asked: &Asked, area: AreaId) -> PersonQuery {
    let area = asked.get("building").parse().unwrap_or(area);
    let after = Some(asked.get("after").to_owned()).filter(|after| !after.is_empty());
    PersonQuery { area, text: asked.get("q").trim().to_owned(), after }
}

#[component]
fn Show(roll: Roll, asked: RwSignal<Asked>) -> impl IntoView {
    let Roll { counts, buildings, found } = roll;
    if counts.persons == 0 {
        return empty(t(k::committee_roll::EMPTY_TITLE), t(k::committee_roll::EMPTY_TEXT));
    }
    let (people, households) = (number(counts.persons.into()), number(counts.households.into()));
    let totals = tf(k::committee_roll::COUNT, &[("people", &people), ("households", &households)]);
    let verified = tf(k::committee_roll::VERIFIED_COUNT, &[("n", &number(counts.verified.into()))]);
    let now = asked.get_untracked();
    let next = found.next.map(|after| next_page(&now, after, asked));
    let list = if found.persons.is_empty() {
        empty(t(k::committee_roll::NONE_FOUND_TITLE), t(k::committee_roll::NONE_FOUND_TEXT))
    } else {
        let action: Action = Arc::new(new_letter);
        view! { <People people=found.persons action/> }.into_any()
    };
    view! {
        <p class="num">{totals} " · " {verified}</p>
        <form method="post" class="bench-filter" role="search" on:submit=take(asked)>
            <Field name="q" kind="search" label=t(k::committee_roll::SEARCH_LABEL) value=now.get("q")/>
            <Select name="building" label=t(k::committee::BUILDING) value=now.get("building") choices=of_buildings(buildings)/>
            <button type="submit" class="button">{t(k::committee::SEARCH)}</button>
        </form>
        {list}
        {next}
    }
    .into_any()
}

fn of_buildings(buildings: Vec<AreaView>) -> Vec<Choice> {
    let all = Choice::new("", t(k::committee::ALL_BUILDINGS));
    let each = buildings.into_iter().map(|building| Choice::new(building.id.to_string(), building.name));
    core::iter::once(all).chain(each).collect()
}

/// The way to the next page: a form, because a cursor holds a name.
fn next_page(now: &Asked, after: String, asked: RwSignal<Asked>) -> impl IntoView {
    view! {
        <form method="post" class="more" on:submit=take(asked)>
            <input type="hidden" name="q" value=now.get("q").to_owned()/>
            <input type="hidden" name="building" value=now.get("building").to_owned()/>
            <input type="hidden" name="after" value=after/>
            <button type="submit" class="button">{t(k::committee::FOLLOWING)}</button>
        </form>
    }
}

/// A letter for one household: where codes are locked, or the letter is lost. The page of letters answers it.
fn new_letter(person: &PersonView) -> AnyView {
    if person.verified {
        return ().into_any();
    }
    view! {
        <details>
            <summary>{t(k::committee_roll::LETTER)}</summary>
            <form method="post" action=href("/committee/letters")>
                <input type="hidden" name="area" value=person.area.to_string()/>
                <input type="hidden" name="household" value=person.household.to_string()/>
                <p>{t(k::committee_roll::LETTER_SURE)}</p>
                <button type="submit" class="button">{t(k::committee_roll::LETTER_MAKE)}</button>
            </form>
        </details>
    }
    .into_any()
}

/// What stands at the end of a person's line.
pub(in crate::pages::committee) type Action = Arc<dyn Fn(&PersonView) -> AnyView + Send + Sync>;

/// People of the roll, with or without something to do with each.
#[component]
pub(in crate::pages::committee) fn People(
    people: Vec<PersonView>,
    #[prop(optional)] action: Option<Action>,
) -> impl IntoView {
    let mut head = vec![
        t(k::committee::PERSON),
        t(k::committee::ADDRESS),
        t(k::committee::ID_NUMBER),
        t(k::committee_roll::BIRTH),
        t(k::committee::STATUS),
    ];
    if action.is_some() {
        head.push(t(k::committee_today::COL_DO));
    }
    let head = head.into_iter().map(str::to_owned).collect();
    view! {
        <Table caption=t(k::committee_roll::TITLE) head stack=true>
            {people.into_iter().map(|person| line(person, action.clone())).collect_view()}
        </Table>
    }
}

fn line(person: PersonView, action: Option<Action>) -> impl IntoView {
    let end = action.map(|action| view! { <td>{action(&person)}</td> });
    let status = if person.verified { k::committee_roll::VERIFIED } else { k::committee_roll::UNVERIFIED };
    view! {
        <tr>
            <th scope="row">
                <span class="name">{person.name}</span>
                {person.representative.then(|| view! { " " {tag(t(k::committee_roll::HEAD))} })}
            </th>
            <td data-label=t(k::committee::ADDRESS)>{common::home(&person.building, &person.unit, &person.room)}</td>
            <td data-label=t(k::committee::ID_NUMBER) >{person.id_number.unwrap_or_default()}</td>
            <td data-label=t(k::committee_roll::BIRTH) >{person.birth}</td>
            <td data-label=t(k::committee::STATUS)>{t(status)}</td>
            {end}
        </tr>
    }
}
