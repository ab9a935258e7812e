//! The questions with their options, to read.

use crate::i18n::{k, t, tf};
use crate::pages::polls::words;
use leptos::prelude::*;
use types::polls::PollPage;

/// Every question in ballot order.
#[component]
pub(super) fn Questions(page: PollPage) -> impl IntoView {
    let several = page.questions.len() > 1;
    let questions = page.questions.into_iter().enumerate().map(|(i, question)| {
        let hint = words::how_many(&question);
        let options = question.options.into_iter().map(|option| view! { <li>{option}</li> });
        view! {
            <div class="sheet question">
                {several.then(|| view! { <p class="small">{tf(k::polls::QUESTION_N, &[("n", &(i + 1))])}</p> })}
                <h3>{question.title}</h3>
                <p class="small">{hint}</p>
                <ol class="lines">{options.collect_view()}</ol>
            </div>
        }
    });
    view! {
        <section lang=page.language>
            <h2>{t(k::polls::OPTIONS)}</h2>
            {questions.collect_view()}
        </section>
    }
}
