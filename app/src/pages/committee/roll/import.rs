//! One import: progress, what is wrong in which row and column, the yes, and the outcome.

use super::{
    common::{back, href},
    upload::stations,
};
use crate::{
    error::Answer,
    i18n::{Key, k, t, t_named, tf},
    parts::{
        Actions, Form, Frame, Hidden, Kind, Notice, Progress, Table, facts, live, loaded, main_link, number, side_link,
        title,
    },
};
use leptos::{prelude::*, server_fn::ServerFn as _};
use types::{
    ids::ImportId,
    roll::{ImportState, ImportView, RowProblem},
};

/// Between two looks at an import that moves.
const LOOK_MS: u32 = 1_000;

#[server(prefix = "/ui", output = crate::wire::Reply)]
pub(crate) async fn import_status(import: ImportId) -> Answer<ImportView> {
    let (service, caller) = crate::ssr::door().await?;
    Ok(service.import_status(&caller, import).await?)
}

#[server(prefix = "/ui", output = crate::wire::Reply)]
pub(crate) async fn import_apply(import: ImportId) -> Answer<()> {
    let (service, caller) = crate::ssr::door().await?;
    Ok(service.import_apply(&caller, import).await?)
}

#[server(prefix = "/ui", output = crate::wire::Reply)]
pub(crate) async fn import_cancel(import: ImportId) -> Answer<()> {
    let (service, caller) = crate::ssr::door().await?;
    Ok(service.import_cancel(&caller, import).await?)
}

/// One import, asked for again as long as it moves.
#[component]
pub(in crate::pages::committee) fn ImportPage(import: ImportId) -> impl IntoView {
    let look = RwSignal::new(0_u32);
    let status = crate::parts::fetched(move || look.get(), move |_| import_status(import));
    Effect::new(move |_| {
        if matches!(status.get(), Some(Ok(status)) if status.state.is_moving()) {
            live::after(LOOK_MS, move || {
                let _ = look.try_update(|n| *n += 1);
            });
        }
    });
    let again = Callback::new(move |()| look.update(|n| *n += 1));
    view! {
        {back("/committee/roll/import", k::committee_roll::IMPORT)}
        {title(t(k::committee_roll::IMPORT_TITLE))}
        {loaded(status, move |status| view! { <Show status again/> })}
    }
}

#[component]
fn Show(status: ImportView, again: Callback<()>) -> impl IntoView {
    let (station, body) = match status.state {
        ImportState::Reading => (1, moving(&status, t(k::committee_roll::STATE_READING))),
        ImportState::Applying => (2, moving(&status, t(k::committee_roll::STATE_APPLYING))),
        ImportState::Ready => (2, view! { <Ready status=status.clone() again/> }.into_any()),
        ImportState::Refused => (2, view! { <Refused status=status.clone()/> }.into_any()),
        ImportState::Done => (3, view! { <Done status=status.clone()/> }.into_any()),
        ImportState::Cancelled => (
            3,
            view! { <Notice kind=Kind::Info title=t(k::committee_roll::FAILED_TITLE)><p>{t(k::committee_roll::DISCARDED)}</p></Notice> }
                .into_any(),
        ),
    };
    view! { <p class="quiet">{status.file_name}</p> {stations(station)} {body} }
}

fn moving(status: &ImportView, words: &'static str) -> AnyView {
    let (done, all) = (u64::from(status.rows_done), u64::from(status.rows));
    view! {
        <Frame>
            <Progress label=words.to_owned() done=done all=all/>
            <p class="quiet">{t(k::committee_roll::LEAVE)}</p>
            <noscript>{side_link("", t(k::committee_roll::REFRESH))}</noscript>
        </Frame>
    }
    .into_any()
}

fn figures(status: &ImportView) -> impl IntoView + use<> {
    let figure = |name: Key, value: u32| (t(name).to_owned(), number(value.into()).into_any());
    facts(vec![
        figure(k::committee_roll::ROWS, status.rows),
        figure(k::committee_roll::ADDED, status.added),
        figure(k::committee_roll::UPDATED, status.changed),
        figure(k::committee_roll::UNCHANGED, status.unchanged),
    ])
}

#[component]
fn Ready(status: ImportView, again: Callback<()>) -> impl IntoView {
    let (to_apply, to_cancel) = (status.id.to_string(), status.id.to_string());
    let figures = figures(&status);
    let confirm = tf(k::committee_roll::CONFIRM, &[("n", &number(status.rows.into()))]);
    view! {
        <Frame title=t(k::committee_roll::CHECK_TITLE)>
            <Notice kind=Kind::Good><p>{t(k::committee_roll::CHECK_OK)}</p></Notice>
            {figures}
            <p class="quiet">{t(k::committee_roll::MISSING_NOTE)}</p>
            <Form to=ImportApply::url() submit=confirm done=again><Hidden name="import" value=to_apply/></Form>
            <Form to=ImportCancel::url() submit=t(k::committee_roll::DISCARD) quiet=true done=again>
                <Hidden name="import" value=to_cancel/>
            </Form>
        </Frame>
    }
}

#[component]
fn Refused(status: ImportView) -> impl IntoView {
    let listed = status.problems.len();
    let more = u32::try_from(listed).is_ok_and(|listed| listed < status.problem_count);
    let head = [
        k::committee_roll::COL_ROW,
        k::committee_roll::COL_COLUMN,
        k::committee_roll::COL_VALUE,
        k::committee_roll::COL_PROBLEM,
    ];
    view! {
        <Frame title=t(k::committee_roll::CHECK_TITLE)>
            <Notice kind=Kind::Bad><p>{tf(k::committee_roll::CHECK_ERRORS, &[("n", &status.problem_count)])}</p></Notice>
            {more.then(|| view! { <p class="quiet">{tf(k::committee_roll::CHECK_MORE, &[("n", &listed)])}</p> })}
            <Table caption=t(k::committee_roll::CHECK_TITLE) head=head.map(|key| t(key).to_owned()).to_vec()>
                {status.problems.into_iter().map(problem).collect_view()}
            </Table>
            {main_link(href("/committee/roll/import"), t(k::committee_roll::UPLOAD_AGAIN))}
        </Frame>
    }
}

fn problem(problem: RowProblem) -> impl IntoView {
    let words =
        t_named(&format!("roll_error.{}", problem.reason)).unwrap_or_else(|| t(k::committee_roll::PROBLEM_OTHER));
    let row = (problem.row > 0).then_some(problem.row);
    view! { <tr><td class="num">{row}</td> <td>{problem.column}</td> <td>{problem.value}</td> <td>{words}</td></tr> }
}

#[component]
fn Done(status: ImportView) -> impl IntoView {
    let figures = figures(&status);
    view! {
        <Frame title=t(k::committee_roll::DONE_TITLE)>
            {figures}
            <Actions>
                {main_link(href("/committee/letters"), t(k::committee_roll::TO_LETTERS))}
                {side_link(href("/committee/roll"), t(k::committee_roll::TO_ROLL))}
            </Actions>
        </Frame>
    }
}
