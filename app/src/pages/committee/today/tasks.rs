//! The list of what is to be done: what, by when, who, and the way there.

use super::common::href;
use crate::{
    i18n::{Key, k, t, tf},
    parts::{Table, list, time},
};
use leptos::prelude::*;
use types::{
    Timestamp,
    committee::{Task, TaskKind},
};

#[component]
pub(super) fn TaskTable(tasks: Vec<Task>, now: Timestamp) -> impl IntoView {
    let head = [
        k::committee_today::COL_WHAT,
        k::committee_today::COL_WHEN,
        k::committee_today::COL_WHO,
        k::committee_today::COL_DO,
    ];
    let caption = t(k::committee_today::COL_WHAT);
    view! {
        <Table caption head=head.map(|key| t(key).to_owned()).to_vec() stack=true>
            {tasks.into_iter().map(|task| row(task, now)).collect_view()}
        </Table>
    }
}

fn row(task: Task, now: Timestamp) -> impl IntoView {
    let words = words(&task);
    view! {
        <tr>
            <th scope="row">
                {words.what} <small>{words.more}</small>
            </th>
            <td data-label=t(k::committee_today::COL_WHEN)>{due(task.due, now)}</td>
            <td data-label=t(k::committee_today::COL_WHO)>{words.who}</td>
            <td><a class="way" href=href(&words.way)>{t(words.action)}</a></td>
        </tr>
    }
}

fn due(due: Option<Timestamp>, now: Timestamp) -> impl IntoView {
    match due {
        None => view! { <span class="quiet">{t(k::committee_today::DUE_NONE)}</span> }.into_any(),
        Some(at) if at < now => view! {
            <strong class="late">{t(k::committee_today::OVERDUE)}</strong> " " <small>{time::moment(at, now)}</small>
        }
        .into_any(),
        Some(at) => view! { <strong>{time::moment(at, now)}</strong> }.into_any(),
    }
}

struct Words {
    what: String,
    more: String,
    who: String,
    action: Key,
    way: String,
}

fn words(task: &Task) -> Words {
    use k::committee_today as w;
    let poll = task.poll.map(|poll| format!("/committee/polls/{poll}")).unwrap_or_default();
    let title = if task.title.is_empty() { t(k::committee_polls::UNTITLED) } else { &task.title };
    let say = |key| tf(key, &[("title", &title), ("n", &task.count), ("cast", &task.count), ("eligible", &task.of)]);
    let people = |otherwise: Key| match task.people.as_slice() {
        [] => t(otherwise).to_owned(),
        names => list(names),
    };
    let clerk = || t(w::WHO_CLERK).to_owned();
    let made = |what, more: Option<Key>, who, action, way| Words {
        what: say(what),
        more: more.map(say).unwrap_or_default(),
        who,
        action,
        way,
    };
    match task.kind {
        TaskKind::Closing => made(w::CLOSING, Some(w::CLOSING_TEXT), clerk(), w::CLOSING_DO, poll),
        TaskKind::Unanswered => {
            made(w::UNANSWERED, Some(w::UNANSWERED_TEXT), people(w::WHO_TRUSTEES), w::UNANSWERED_DO, poll)
        }
        TaskKind::Freeze => made(w::FREEZE, Some(w::FREEZE_TEXT), clerk(), w::FREEZE_DO, poll),
        TaskKind::Sign => made(w::SIGN, Some(w::SIGN_TEXT), people(w::WHO_SECOND_CLERK), w::SIGN_DO, poll),
        TaskKind::Shares => made(w::SHARES, Some(w::SHARES_TEXT), people(w::WHO_TRUSTEES), w::SHARES_DO, poll),
        TaskKind::Draft => made(w::DRAFT, None, clerk(), w::DRAFT_DO, format!("{poll}/edit")),
        TaskKind::Reissue => made(w::REISSUE, None, clerk(), w::REISSUE_DO, "/committee/desk#reissue".to_owned()),
        TaskKind::Locked => made(w::LOCKED, Some(w::LOCKED_TEXT), clerk(), w::LOCKED_DO, "/committee/roll".to_owned()),
    }
}
