//! `/trustee`: a trustee's list of duties.

use super::calls::trustee_polls;
use crate::i18n::{k, t};
use crate::pages::polls::words;
use crate::parts;
use leptos::prelude::*;
use types::polls::TrusteeLine;

/// The polls in which the visitor is a trustee, those with something to do first.
#[component]
pub(crate) fn DutiesPage() -> impl IntoView {
    let lines = parts::fetched(|| (), |()| trustee_polls());
    parts::loaded(lines, |lines| {
        let rows = if lines.is_empty() {
            parts::empty(t(k::ceremony::DUTIES_EMPTY_TITLE), t(k::ceremony::DUTIES_EMPTY))
        } else {
            view! { <ul class="sheet rows">{lines.into_iter().map(|line| view! { <Row line/> }).collect_view()}</ul> }
                .into_any()
        };
        view! { <parts::PageHead title=t(k::ceremony::DUTIES)/> {rows} }
    })
}

#[component]
fn Row(line: TrusteeLine) -> impl IntoView {
    let turn = if line.my_turn { k::ceremony::DUTY_TURN } else { k::ceremony::DUTY_WAIT };
    view! {
        <li>
            <a href=format!("/trustee/{}", line.poll)>{line.title}</a>
            <p class="quiet"><strong class:now=line.my_turn>{t(turn)}</strong> " · " {t(words::state(line.state))}</p>
        </li>
    }
}
