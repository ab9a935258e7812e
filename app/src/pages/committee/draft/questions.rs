//! Step 2: the questions and their options.

use super::{
    autosave::{Saving, SavingLine},
    part::{Part, QuestionPart, QuestionsPart},
};
use crate::{
    error::Answer,
    i18n::{Key, k, t, tf},
    parts::{Form, Frame, inside_textarea},
};
use leptos::{prelude::*, server_fn::ServerFn as _};
use types::{
    ids::PollId,
    polls::{DraftPage, QUESTIONS_MAX, QuestionDraft},
};

/// Saves the questions; `then` is `add`, or `remove-` and a place, or empty.
#[server(prefix = "/ui", output = crate::wire::Reply)]
pub(crate) async fn draft_questions(
    poll: PollId,
    version: i64,
    part: QuestionsPart,
    #[server(default)] then: String,
) -> Answer<()> {
    let next = if then.is_empty() { super::Step::Voters } else { super::Step::Questions };
    super::save::save_and_go(poll, version, Part::Questions(part), |draft| change(&mut draft.questions, &then), next)
        .await
}

/// Adds or removes a question, as a button of the form says.
#[cfg_attr(feature = "hydrate", expect(dead_code, reason = "the server reads forms"))]
fn change(questions: &mut Vec<QuestionDraft>, then: &str) {
    if then == "add" && questions.len() < QUESTIONS_MAX {
        questions.push(QuestionDraft::default());
    }
    let place = then.strip_prefix("remove-").and_then(|place| place.parse::<usize>().ok());
    if let Some(place) = place.filter(|place| *place < questions.len() && questions.len() > 1) {
        questions.remove(place);
    }
}

/// What the form holds now.
fn typed(form: &str) -> Option<QuestionsPart> {
    let values = super::super::browser::values_of(form);
    let value = |n: usize, field: &str| {
        let name = format!("part[questions][{n}][{field}]");
        values.iter().find(|(field, _)| *field == name).map(|(_, value)| value.clone())
    };
    let question = |n| {
        let or_empty = |field| value(n, field).unwrap_or_default();
        let (options, min, max) = (or_empty("options"), or_empty("min"), or_empty("max"));
        Some(QuestionPart { title: value(n, "title")?, kind: value(n, "kind")?, options, min, max })
    };
    let questions: Vec<QuestionPart> = (0..QUESTIONS_MAX).map_while(question).collect();
    (!questions.is_empty()).then_some(QuestionsPart { questions })
}

#[component]
pub(super) fn QuestionsStep(page: DraftPage) -> impl IntoView {
    let saving = Saving::new(&page);
    let count = page.draft.questions.len();
    let on_input = move |_| saving.typed(|| typed("draft-questions").map(Part::Questions));
    let question = |(n, question): (usize, &QuestionDraft)| {
        view! { <Question n question=QuestionPart::of(question) alone=count == 1/> }
    };
    let questions = page.draft.questions.iter().enumerate().map(question).collect_view();
    view! {
        <Frame>
            <div id="draft-questions" on:input=on_input on:change=on_input>
                <Form to=DraftQuestions::url() fresh=true submit=t(k::committee_draft::SAVE_NEXT) hold=saving.form()>
                    {questions}
                    <p>
                        <button class="button" name="then" value="add" disabled=count == QUESTIONS_MAX>
                            {t(k::committee_draft::QUESTION_ADD)}
                        </button>
                    </p>
                    <SavingLine saving/>
                </Form>
            </div>
        </Frame>
    }
}

#[component]
fn Question(n: usize, question: QuestionPart, alone: bool) -> impl IntoView {
    let name = move |field: &str| format!("part[questions][{n}][{field}]");
    let id = move |field: &str| format!("q{n}-{field}");
    let QuestionPart { title, kind, options, min, max } = question;
    let choice = move |value: &'static str, words: Key| {
        let chosen = kind == value;
        view! {
            <label class="choice">
                <input type="radio" name=name("kind") value=value checked=chosen/>
                <span><strong>{t(words)}</strong></span>
            </label>
        }
    };
    let kinds = [
        ("yes-no", k::committee_draft::KIND_YES_NO),
        ("single", k::committee_draft::KIND_SINGLE),
        ("approval", k::committee_draft::KIND_APPROVAL),
    ];
    let heading = tf(k::committee_draft::QUESTION_N, &[("n", &(n + 1))]);
    let remove = tf(k::committee_draft::QUESTION_REMOVE, &[("n", &(n + 1))]);
    view! {
        <fieldset class="field bench-question">
            <legend>{heading}</legend>
            <div class="field">
                <label for=id("title")>{t(k::committee_draft::QUESTION_LABEL)}</label>
                <input id=id("title") name=name("title") value=title maxlength="200" autocomplete="off"/>
            </div>
            <fieldset class="field choices bench-kinds">
                <legend>{t(k::committee_draft::KIND_LABEL)}</legend>
                {kinds.map(|(value, words)| choice(value, words)).collect_view()}
            </fieldset>
            <div class="field bench-options">
                <label for=id("options")>{t(k::committee_draft::OPTIONS_LABEL)}</label>
                <textarea id=id("options") name=name("options") rows="5" aria-describedby=id("hint")
                    inner_html=inside_textarea(&options)></textarea>
                <p class="hint" id=id("hint")>{t(k::committee_draft::OPTIONS_HINT)}</p>
            </div>
            <div class="bench-bounds">
                <div class="field short">
                    <label for=id("min")>{t(k::committee_draft::MIN_LABEL)}</label>
                    <input id=id("min") name=name("min") type="number" min="0" max="50" value=min/>
                </div>
                <div class="field short">
                    <label for=id("max")>{t(k::committee_draft::MAX_LABEL)}</label>
                    <input id=id("max") name=name("max") type="number" min="1" max="50" value=max/>
                </div>
            </div>
            {(!alone).then(|| view! {
                <p><button class="button" name="then" value=format!("remove-{n}")>{remove}</button></p>
            })}
        </fieldset>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn titles(questions: &[QuestionDraft]) -> Vec<&str> {
        questions.iter().map(|question| question.title.as_str()).collect()
    }

    #[test]
    fn buttons_add_and_remove_questions_but_never_the_last() {
        let named = |title: &str| QuestionDraft { title: title.to_owned(), ..QuestionDraft::default() };
        let mut questions = vec![named("a"), named("b")];
        change(&mut questions, "remove-0");
        assert_eq!(titles(&questions), ["b"]);
        for then in ["remove-0", "remove-7", "remove-x", ""] {
            change(&mut questions, then);
        }
        assert_eq!(titles(&questions), ["b"]);
        for _ in 0..2 * QUESTIONS_MAX {
            change(&mut questions, "add");
        }
        assert_eq!(questions.len(), QUESTIONS_MAX);
    }
}
