//! The rule that decides, what each outcome means, and who may vote.

use crate::i18n::{k, t, tf};
use crate::pages::polls::words;
use crate::parts::number;
use leptos::prelude::*;
use types::polls::{Electorate, PollPage};

/// The deciding rule in sentences.
#[component]
pub(super) fn Rule(page: PollPage) -> impl IntoView {
    let lines = words::rule(&page).into_iter().map(|line| view! { <li>{line}</li> });
    let meanings = words::meanings(page.rule).into_iter().map(|line| view! { <li>{line}</li> });
    view! {
        <section>
            <h2>{t(k::polls::RULE)}</h2>
            <p><strong>{t(words::preset(page.rule))}</strong></p>
            <ul>{lines.collect_view()}</ul>
            <h3>{t(k::polls::MEANS)}</h3>
            <ul>{meanings.collect_view()}</ul>
        </section>
    }
}

/// Who is on the roll.
#[component]
pub(super) fn Who(page: PollPage) -> impl IntoView {
    let unit = match page.electorate {
        Electorate::Residents => k::polls::WHO_RESIDENTS,
        Electorate::Households => k::polls::WHO_HOUSEHOLDS,
    };
    let slots = page.card.turnout.slots;
    let age = (page.min_age > 0).then(|| tf(k::polls::WHO_AGE, &[("age", &page.min_age)]));
    view! {
        <section>
            <h2>{t(k::polls::WHO)}</h2>
            <p>
                {page.areas.join(t(k::ballot::LIST_AND))} " · "
                {age.map(|age| view! { {age} " · " })}
                <strong>{t(unit)}</strong>
                {(slots > 0).then(|| view! { " · " <span class="num">{tf(k::polls::WHO_SLOTS, &[("n", &number(slots))])}</span> })}
            </p>
            <details>
                <summary>{t(k::polls::OTHER_WAYS)}</summary>
                <ul>
                    <li>{t(k::polls::OTHER_DESK)}</li>
                    <li>{t(k::polls::OTHER_PAPER)}</li>
                </ul>
            </details>
        </section>
    }
}
