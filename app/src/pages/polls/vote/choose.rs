//! ① Choose: whole rows are targets; what is chosen is said in a sentence.

use super::{
    booth::{Booth, Phase},
    screen::{bar, small, words as saying},
    sentence::{chosen, fits, tapped},
};
use crate::i18n::{k, t, tf};
use crate::pages::polls::words;
use crate::parts::live;
use leptos::prelude::*;
use types::polls::{Electorate, PollPage, PollQuestion};

/// Every question, and the bar at the bottom.
pub(super) fn choose(booth: Booth) -> AnyView {
    let page = booth.page.get_value();
    let several = page.questions.len() > 1;
    let questions = page.questions.iter().cloned().enumerate();
    // On coming from another page, and on coming back to change something.
    Effect::new(live::arrived);
    view! {
        {several.then(|| heading(page.card.title.clone()))}
        {questions.map(|(i, question)| question_view(booth, &page, i, question)).collect_view()}
        {small(words::rule_short(&page))}
        {bottom(booth)}
    }
    .into_any()
}

fn heading(text: String) -> AnyView {
    view! { <h1 id="title" class="booth-title" tabindex="-1">{text}</h1> }.into_any()
}

fn stands_for(page: &PollPage) -> String {
    let slot = page.card.mine.as_ref().map_or(0, |mine| mine.slot);
    let key = match page.electorate {
        Electorate::Residents => k::ballot::ONE_SLOT_RESIDENTS,
        Electorate::Households => k::ballot::ONE_SLOT_HOUSEHOLDS,
    };
    tf(key, &[("n", &slot)])
}

fn question_view(booth: Booth, page: &PollPage, i: usize, question: PollQuestion) -> AnyView {
    let several = page.questions.len() > 1;
    let hint = words::how_many(&question);
    let lead = (i == 0).then(|| {
        let poll = page.card.poll;
        view! {
            <p class="booth-lead">
                {stands_for(page)} {t(k::ballot::REVOTE_HINT)} " "
                <a href=format!("/polls/{poll}#materials")>{t(k::ballot::READ_MATERIALS)}</a>
            </p>
        }
    });
    let title = question.title.clone();
    let question_heading = if several { view! { <h2>{title}</h2> }.into_any() } else { heading(title) };
    let options = question.options.clone().into_iter().enumerate();
    let single = question.min == 1 && question.max == 1;
    let question = StoredValue::new(question);
    view! {
        <fieldset class="options">
            <legend>{question_heading}</legend>
            {lead}
            {small(hint)}
            {options.map(|(o, text)| option(booth, (i, o), text, single, question)).collect_view()}
            {(!single).then(|| count(booth, i, question))}
        </fieldset>
    }
    .into_any()
}

fn option(
    booth: Booth,
    (i, o): (usize, usize),
    text: String,
    single: bool,
    question: StoredValue<PollQuestion>,
) -> AnyView {
    let mark = u16::try_from(o).unwrap_or(u16::MAX);
    let marked = move || booth.choices.with(|all| all.get(i).is_some_and(|marks| marks.contains(&mark)));
    let full = move || {
        let at_limit = |marks: &Vec<u16>| question.with_value(|q| u32::try_from(marks.len()).is_ok_and(|n| n >= q.max));
        !single && !marked() && booth.choices.with(|all| all.get(i).is_some_and(at_limit))
    };
    let tap = move |_| {
        booth.choices.update(|all| {
            if let Some(marks) = all.get_mut(i) {
                *marks = question.with_value(|question| tapped(question, marks, mark));
            }
        });
    };
    let kind = if single { "radio" } else { "checkbox" };
    view! {
        <label class="option" data-marked=move || marked().to_string()>
            <input type=kind name=format!("question-{i}") value=o.to_string() prop:checked=marked disabled=full on:change=tap/>
            <span class="option-text">{text}</span>
        </label>
    }
    .into_any()
}

fn count(booth: Booth, i: usize, question: StoredValue<PollQuestion>) -> AnyView {
    let say = saying(move || {
        let n = booth.choices.with(|all| all.get(i).map_or(0, Vec::len));
        question.with_value(|q| {
            let count = u32::try_from(n).unwrap_or(u32::MAX);
            if count >= q.max {
                tf(k::ballot::COUNT_FULL, &[("max", &q.max)])
            } else if count < q.min {
                tf(k::ballot::COUNT_MISSING, &[("n", &(q.min - count))])
            } else {
                tf(k::ballot::COUNT_RANGE, &[("n", &n), ("min", &q.min), ("max", &q.max)])
            }
        })
    });
    view! { <p class="count" role="status">{say}</p> }.into_any()
}

fn bottom(booth: Booth) -> AnyView {
    let questions = booth.page.with_value(|page| page.questions.clone());
    let complete = {
        let questions = questions.clone();
        Memo::new(move |_| booth.choices.with(|all| questions.iter().zip(all).all(|(q, marks)| fits(q, marks))))
    };
    let say = saying(move || {
        let all = booth.choices.get();
        let parts = questions.iter().zip(&all).map(|(q, marks)| chosen(q, marks));
        parts.collect::<Vec<_>>().join(if all.len() > 1 { " ／ " } else { "" })
    });
    let on = view! {
        <button class="button primary wide" disabled=move || !complete.get() on:click=move |_| booth.phase.set(Phase::Check)>
            {t(k::ballot::TO_CHECK)}
        </button>
    };
    bar(vec![
        view! { <p aria-live="polite">{t(k::ballot::YOU_CHOSE)} <strong>{say}</strong></p> }.into_any(),
        on.into_any(),
    ])
}
