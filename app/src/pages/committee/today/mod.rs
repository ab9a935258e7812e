//! What must be done today: the workbench's first page.

mod tasks;
pub(super) mod turnout;

use super::{common, frame};
use crate::{
    i18n::{k, t, tf},
    parts::{Frame, loaded, title},
};
use leptos::prelude::*;
use types::committee::Today;

/// What must be done, and how many took part.
#[component]
pub(super) fn TodayPage() -> impl IntoView {
    loaded(frame::bench().today, |today| view! { <Show today/> })
}

#[component]
fn Show(today: Today) -> impl IntoView {
    let Today { tasks, open, now } = today;
    let heading = match tasks.len() {
        0 => t(k::committee_today::TITLE_NONE).to_owned(),
        n => tf(k::committee_today::TITLE, &[("n", &n)]),
    };
    let list = if tasks.is_empty() {
        view! { <p class="quiet">{t(k::committee_today::NONE_TEXT)}</p> }.into_any()
    } else {
        view! { <tasks::TaskTable tasks now/> }.into_any()
    };
    let panels = if open.is_empty() {
        view! { <Frame><p class="quiet">{t(k::committee_today::TURNOUT_EMPTY)}</p></Frame> }.into_any()
    } else {
        open.into_iter().map(|turnout| view! { <turnout::TurnoutPanel turnout named=true/> }).collect_view().into_any()
    };
    view! {
        <header class="bench-head">{title(heading)} <p class="quiet">{frame::signature(now)}</p></header>
        <div class="bench-two"><Frame>{list}</Frame> <div>{panels}</div></div>
    }
}
