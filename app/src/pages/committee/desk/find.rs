//! Whom the identity card names: a search of the roll.

use super::{
    asked::{Asked, take},
    roll::list::{Action, People},
};
use crate::{
    i18n::{k, t},
    parts::{Field, Frame, empty},
};
use leptos::prelude::*;
use std::sync::Arc;
use types::roll::{PersonPage, PersonView};

#[component]
pub(super) fn Find(now: Asked, found: Option<PersonPage>, asked: RwSignal<Asked>) -> impl IntoView {
    let code = now.get("code").to_owned();
    let list = found.map(|found| {
        if found.persons.is_empty() {
            return empty(t(k::committee_roll::NONE_FOUND_TITLE), t(k::committee_roll::NONE_FOUND_TEXT));
        }
        let code = code.clone();
        let action: Action = Arc::new(move |person| choose(&code, person, asked));
        view! { <People people=found.persons action/> }.into_any()
    });
    view! {
        <Frame title=t(k::committee_desk::FIND_TITLE)>
            <form method="post" class="bench-filter" role="search" on:submit=take(asked)>
                <input type="hidden" name="code" value=code.clone()/>
                <Field name="q" kind="search" required=true label=t(k::committee_desk::FIND_LABEL) value=now.get("q")/>
                <button type="submit" class="button">{t(k::committee::SEARCH)}</button>
            </form>
            {list}
        </Frame>
    }
}

fn choose(code: &str, person: &PersonView, asked: RwSignal<Asked>) -> AnyView {
    let verified = if person.verified { "yes" } else { "" };
    view! {
        <form method="post" on:submit=take(asked)>
            <input type="hidden" name="code" value=code.to_owned()/>
            <input type="hidden" name="person" value=person.id.to_string()/>
            <input type="hidden" name="name" value=person.name.clone()/>
            <input type="hidden" name="verified" value=verified/>
            <button type="submit" class="button">{t(k::committee_desk::CHOOSE)}</button>
        </form>
    }
    .into_any()
}
