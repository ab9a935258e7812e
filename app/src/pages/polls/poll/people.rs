//! Who is responsible, and who holds the key.

use crate::i18n::{k, t, tf};
use leptos::prelude::*;
use types::polls::{KeyHolder, Person, PollPage};

/// Clerks and trustees by name.
#[component]
pub(super) fn People(page: PollPage) -> impl IntoView {
    let keys = match page.card.key {
        KeyHolder::Trustees { k: needed, n } => view! {
            <h3>{t(k::polls::TRUSTEES)}</h3>
            <p>{tf(k::polls::TRUSTEES_WORDS, &[("n", &n), ("k", &needed)])}</p>
            {names(page.trustees)}
        }
        .into_any(),
        KeyHolder::System => view! { <p class="notice">{t(k::polls::SYSTEM_WORDS)}</p> }.into_any(),
    };
    view! {
        <section>
            <h2>{t(k::polls::PEOPLE)}</h2>
            <h3>{t(k::polls::CLERKS)}</h3>
            {names(page.clerks)}
            <p class="small">{tf(k::polls::CLERKS_SIGN, &[("n", &2)])}</p>
            {keys}
            <p class="small">{t(k::polls::ASK)}</p>
        </section>
    }
}

fn names(people: Vec<Person>) -> AnyView {
    let line = |person: Person| {
        view! { <li><span class="name">{person.name}</span> {person.done.then(|| view! { <span class="ok">"✓ " {t(k::polls::TL_DONE)}</span> })}</li> }
    };
    view! { <ul class="names">{people.into_iter().map(line).collect_view()}</ul> }.into_any()
}
