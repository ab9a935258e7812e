//! The wizard: a draft in six steps, saved step by step and, in the browser, by itself.

mod autosave;
mod files;
mod key;
pub(super) mod new;
mod part;
pub(super) mod preview;
mod publish;
mod questions;
mod rule;
#[cfg(feature = "ssr")]
mod save;
mod text;
mod voters;

use super::{common, frame};
use crate::{
    error::Answer,
    i18n::{Key, k, t},
    pages::polls::poll::PollView,
    parts::{loaded, title},
};
use common::{back, href};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use serde::{Deserialize, Serialize};
use types::{ids::PollId, polls::DraftPage};

/// A draft with what its steps show.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Draft {
    pub(super) page: DraftPage,
    /// The text as residents see it, safe HTML.
    pub(super) html: String,
}

#[server(prefix = "/ui", output = crate::wire::Reply)]
pub(crate) async fn draft_load(poll: PollId) -> Answer<Draft> {
    let (service, caller) = crate::ssr::door().await?;
    let page = service.draft(&caller, poll).await?;
    Ok(Draft { html: text::html(poll, &page.draft.text), page })
}

/// The draft as a resident will see it.
#[server(prefix = "/ui", output = crate::wire::Reply)]
pub(crate) async fn draft_preview(poll: PollId) -> Answer<PollView> {
    let (service, caller) = crate::ssr::door().await?;
    let page = service.preview_poll(&caller, poll).await?;
    Ok(PollView { html: text::html(poll, &page.text), now: service.now(), page, lock: None })
}

/// The steps, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Text,
    Questions,
    Voters,
    Rule,
    Key,
    Publish,
}

impl Step {
    const ALL: [Self; 6] = [Self::Text, Self::Questions, Self::Voters, Self::Rule, Self::Key, Self::Publish];

    const fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Questions => "questions",
            Self::Voters => "voters",
            Self::Rule => "rule",
            Self::Key => "key",
            Self::Publish => "publish",
        }
    }

    const fn words(self) -> Key {
        match self {
            Self::Text => k::committee_draft::STEP_TEXT,
            Self::Questions => k::committee_draft::STEP_QUESTIONS,
            Self::Voters => k::committee_draft::STEP_VOTERS,
            Self::Rule => k::committee_draft::STEP_RULE,
            Self::Key => k::committee_draft::STEP_KEY,
            Self::Publish => k::committee_draft::STEP_PUBLISH,
        }
    }

    fn named(name: &str) -> Self {
        Self::ALL.into_iter().find(|step| step.name() == name).unwrap_or(Self::Text)
    }

    /// The step in which a field of the draft is filled.
    fn of_field(field: &str) -> Self {
        match field.split('.').next().unwrap_or_default() {
            "questions" => Self::Questions,
            "areas" | "min_age" | "electorate" | "eligibility" => Self::Voters,
            "opens_at" | "closes_at" | "rule" | "min_group" => Self::Rule,
            "key" | "trustees" | "k" | "accounts" => Self::Key,
            _ => Self::Text,
        }
    }
}

fn address(poll: PollId, step: Step) -> String {
    href(&format!("/committee/polls/{poll}/edit?step={}", step.name()))
}

/// `/committee/polls/{id}/edit?step=`.
#[component]
pub(super) fn EditPage(poll: PollId) -> impl IntoView {
    let query = use_query_map();
    let step = Memo::new(move |_| Step::named(query.read().get_str("step").unwrap_or_default()));
    // Each step starts from what is stored.
    let draft = crate::parts::fetched(move || step.get(), move |_| draft_load(poll));
    view! {
        {back("/committee/polls", k::committee_polls::TITLE)}
        {loaded(draft, move |draft| {
            let step = step.get_untracked();
            view! { <Steps draft step/> }
        })}
    }
}

#[component]
fn Steps(draft: Draft, step: Step) -> impl IntoView {
    let page = &draft.page;
    let name = if page.draft.title.is_empty() {
        t(k::committee_draft::TITLE_EDIT).to_owned()
    } else {
        page.draft.title.clone()
    };
    let poll = page.poll;
    let links = Step::ALL.map(|one| {
        let here = (one == step).then_some("step");
        let unsettled = page.problems.iter().any(|problem| Step::of_field(&problem.field) == one);
        let look = if unsettled { "" } else { "done" };
        view! { <li class=look><a href=address(poll, one) aria-current=here>{t(one.words())}</a></li> }
    });
    let body = match step {
        Step::Text => view! { <text::TextStep draft/> }.into_any(),
        Step::Questions => view! { <questions::QuestionsStep page=draft.page/> }.into_any(),
        Step::Voters => view! { <voters::VotersStep page=draft.page/> }.into_any(),
        Step::Rule => view! { <rule::RuleStep page=draft.page/> }.into_any(),
        Step::Key => view! { <key::KeyStep page=draft.page/> }.into_any(),
        Step::Publish => view! { <publish::PublishStep page=draft.page/> }.into_any(),
    };
    view! {
        {title(name)}
        <nav aria-label=t(k::committee_draft::STEPS)><ol class="bench-steps">{links.collect_view()}</ol></nav>
        {body}
    }
}

#[cfg(test)]
mod tests {
    use super::Step;

    #[test]
    fn every_step_is_found_by_its_name_and_a_strange_one_is_the_first() {
        for step in Step::ALL {
            assert_eq!(Step::named(step.name()), step);
        }
        assert_eq!(Step::named("nonsense"), Step::Text);
    }

    #[test]
    fn a_problem_leads_to_the_step_where_it_is_settled() {
        assert_eq!(Step::of_field("questions.0.options.1"), Step::Questions);
        assert_eq!(Step::of_field("closes_at"), Step::Rule);
        assert_eq!(Step::of_field("title"), Step::Text);
    }
}
