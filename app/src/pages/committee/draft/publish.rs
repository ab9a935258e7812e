//! Step 6: what is still missing, the poll as a resident will see it, what publishing fixes, and the yes.

use super::{Step, address, frame::bench, href, rule::rule_words};
use crate::{
    error::{Answer, reason},
    i18n::{k, t, tf},
    parts::{Check, Form, Frame, Hidden, Kind, Notice, list, time},
};
use leptos::{prelude::*, server_fn::ServerFn as _};
use types::{
    FieldProblem, Timestamp,
    ids::PollId,
    polls::{DraftPage, Electorate, KeyDraft},
};

/// Clerks with a registered key that it takes to open a poll.
const CLERKS: u32 = 2;

/// Publishes; `sure` must be true.
#[server(prefix = "/ui", output = crate::wire::Reply)]
pub(crate) async fn draft_publish(poll: PollId, version: i64, #[server(default)] sure: bool) -> Answer<()> {
    let (service, caller) = crate::ssr::door().await?;
    if !sure {
        return Err(types::Problem::field("sure", "required").into());
    }
    service.publish_poll(&caller, poll, version).await?;
    crate::ssr::redirect(&format!("/committee/polls/{poll}"));
    Ok(())
}

#[server(prefix = "/ui", output = crate::wire::Reply)]
pub(crate) async fn draft_delete(poll: PollId) -> Answer<()> {
    let (service, caller) = crate::ssr::door().await?;
    service.delete_draft(&caller, poll).await?;
    crate::ssr::redirect("/committee/polls");
    Ok(())
}

#[component]
pub(super) fn PublishStep(page: DraftPage) -> impl IntoView {
    let (poll, version) = (page.poll.to_string(), page.version.to_string());
    let few = page.clerk_keys < CLERKS;
    let ready = page.problems.is_empty() && !few;
    let to_publish = poll.clone();
    let publish = ready.then(move || {
        view! {
            <Form to=DraftPublish::url() submit=t(k::committee_draft::PUBLISH)>
                <Hidden name="poll" value=to_publish/>
                <Hidden name="version" value=version/>
                <Check name="sure" label=t(k::committee_draft::PUBLISH_SURE)/>
            </Form>
        }
    });
    let fixed = fixed(&page).into_iter().map(|line| view! { <li>{line}</li> }).collect_view();
    view! {
        {missing(&page)}
        {few.then(|| view! {
            <Notice kind=Kind::Care>
                <p>{tf(k::committee_draft::FEW_CLERK_KEYS, &[("n", &page.clerk_keys)])}</p>
                <p><a class="way" href=href("/committee/key")>{t(k::committee_draft::TO_KEY)}</a></p>
            </Notice>
        })}
        <p><a class="button" href=href(&format!("/committee/polls/{}/preview", page.poll))>{t(k::committee_draft::SEE_AS_RESIDENT)}</a></p>
        <Frame title=t(k::committee_draft::FIXED_TITLE)>
            <ul>{fixed}</ul>
            <p class="quiet">{t(k::committee_draft::FIXED_NOTE)}</p>
            {publish}
        </Frame>
        <details>
            <summary>{t(k::committee_draft::DELETE)}</summary>
            <p>{t(k::committee_draft::DELETE_SURE)}</p>
            <Form to=DraftDelete::url() quiet=true submit=t(k::committee_draft::DELETE)><Hidden name="poll" value=poll/></Form>
        </details>
    }
}

/// What is missing or wrong, each with the way to its step.
fn missing(page: &DraftPage) -> AnyView {
    if page.problems.is_empty() {
        return view! { <Notice kind=Kind::Good><p>{t(k::committee_draft::PROBLEMS_NONE)}</p></Notice> }.into_any();
    }
    let poll = page.poll;
    let line = move |problem: &FieldProblem| {
        let step = Step::of_field(&problem.field);
        view! { <li><a href=address(poll, step)>{t(step.words())}</a> " · " {field_words(&problem.field)} " " {reason(&problem.reason)}</li> }
    };
    let title = tf(k::committee_draft::PROBLEMS_TITLE, &[("n", &page.problems.len())]);
    let lines = page.problems.iter().map(line).collect_view();
    view! { <Notice kind=Kind::Care title><ul>{lines}</ul></Notice> }.into_any()
}

/// What a field of the draft is called.
fn field_words(field: &str) -> String {
    let mut parts = field.split('.');
    let place = |text: Option<&str>| text.and_then(|text| text.parse::<usize>().ok()).map_or(1, |n| n + 1);
    match parts.next().unwrap_or_default() {
        "title" => t(k::committee_draft::TITLE_LABEL).to_owned(),
        "text" => t(k::committee_draft::TEXT_LABEL).to_owned(),
        "questions" => tf(k::committee_draft::QUESTION_N, &[("n", &place(parts.next()))]),
        "areas" | "eligibility" => t(k::committee_draft::VOTERS_AREAS).to_owned(),
        "min_age" => t(k::committee_draft::AGE_LABEL).to_owned(),
        "electorate" => t(k::committee_draft::VOTERS_WHO).to_owned(),
        "opens_at" => t(k::committee_draft::OPENS_LABEL).to_owned(),
        "closes_at" => t(k::committee_draft::CLOSES_LABEL).to_owned(),
        "rule" => t(k::committee_draft::RULE_LABEL).to_owned(),
        "min_group" => t(k::committee_draft::MIN_GROUP_LABEL).to_owned(),
        "key" | "trustees" | "k" | "accounts" => t(k::committee_draft::TRUSTEES_LABEL).to_owned(),
        _ => String::new(),
    }
}

/// What cannot be changed afterwards, line by line.
fn fixed(page: &DraftPage) -> Vec<String> {
    let draft = &page.draft;
    let when = |at: Option<Timestamp>| at.map(time::exact).unwrap_or_default();
    let names: Vec<String> = match draft.eligibility.areas.as_slice() {
        [] => vec![page.area_name.clone()],
        chosen => page.areas.iter().filter(|area| chosen.contains(&area.area)).map(|area| area.name.clone()).collect(),
    };
    let who = match draft.eligibility.electorate {
        Electorate::Residents => t(k::committee_draft::ELECTORATE_RESIDENTS),
        Electorate::Households => t(k::committee_draft::ELECTORATE_HOUSEHOLDS),
    };
    let key = match &draft.key {
        KeyDraft::System => t(k::committee_draft::FIXED_SYSTEM).to_owned(),
        KeyDraft::Trustees { k: needed, accounts } => {
            let people = page.trustees.iter().filter(|person| accounts.contains(&person.account));
            let people: Vec<String> = people.map(|person| person.name.clone()).collect();
            tf(k::committee_draft::FIXED_TRUSTEES, &[("names", &list(&people)), ("k", needed)])
        }
    };
    let age = draft.eligibility.min_age;
    let mut lines = vec![
        t(k::committee_draft::FIXED_TEXT).to_owned(),
        t(k::committee_draft::FIXED_QUESTIONS).to_owned(),
        tf(k::committee_draft::FIXED_VOTERS, &[("areas", &list(&names)), ("age", &age), ("who", &who)]),
        tf(k::committee_draft::FIXED_DATES, &[("opens", &when(draft.opens_at)), ("closes", &when(draft.closes_at))]),
        tf(k::committee_draft::FIXED_RULE, &[("rule", &t(rule_words(draft.rule).2))]),
        key,
    ];
    if bench().areas.len() > 1 {
        lines.insert(0, page.area_name.clone());
    }
    lines
}
