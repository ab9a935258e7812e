//! Choosing: from a list, one or several of a few, yes or no.

use super::field::Around;
use super::form::FormState;
use leptos::prelude::*;

/// A choice that is offered: value, words, and a line below them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Choice {
    /// As the server function takes it.
    pub(crate) value: String,
    /// The words.
    pub(crate) text: String,
    /// A line below them; empty for none.
    pub(crate) more: String,
}

impl Choice {
    /// A choice with words only.
    pub(crate) fn new(value: impl Into<String>, text: impl Into<String>) -> Self {
        Self { value: value.into(), text: text.into(), more: String::new() }
    }

    /// The same with a line below.
    pub(crate) fn with(self, more: impl Into<String>) -> Self {
        Self { more: more.into(), ..self }
    }
}

/// One of a list that is too long to show.
#[component]
pub(crate) fn Select(
    /// As the server function names it.
    name: &'static str,
    /// What is asked.
    #[prop(into)]
    label: String,
    /// What helps to answer.
    #[prop(optional, into)]
    hint: String,
    /// The value chosen to begin with.
    #[prop(optional, into)]
    value: String,
    /// What can be chosen.
    choices: Vec<Choice>,
) -> impl IntoView {
    let around = Around::new(name, &label, hint);
    let chosen = around.typed.clone().unwrap_or(value);
    let option = move |choice: Choice| {
        let here = choice.value == chosen;
        view! { <option value=choice.value selected=here>{choice.text}</option> }
    };
    view! {
        <div class="field">
            <label for=around.id.clone()>{label}</label>
            <select id=around.id.clone() name=name aria-describedby=around.described() aria-invalid=around.invalid()>
                {choices.into_iter().map(option).collect_view()}
            </select>
            {around.notes()}
        </div>
    }
}

/// One, or with `several` any number, of a few: whole rows are targets.
#[component]
pub(crate) fn Choices(
    /// As the server function names it.
    name: &'static str,
    /// What is asked.
    #[prop(into)]
    label: String,
    /// What helps to answer.
    #[prop(optional, into)]
    hint: String,
    /// The values chosen to begin with.
    #[prop(optional)]
    values: Vec<String>,
    /// Boxes instead of circles; the argument is a `Vec<String>`, so name it `name[]`.
    #[prop(optional)]
    several: bool,
    /// What can be chosen.
    choices: Vec<Choice>,
    /// Runs in the browser when the choice changes, with the value and whether it is chosen.
    #[prop(optional, into)]
    on_change: Option<Callback<(String, bool)>>,
) -> impl IntoView {
    let around = Around::new(name, &label, hint);
    let state = use_context::<FormState>().filter(FormState::came_back);
    let kind = if several { "checkbox" } else { "radio" };
    let row = move |choice: Choice| {
        let Choice { value, text, more } = choice;
        let chosen = match &state {
            Some(state) => state.chosen(name, &value),
            None => values.contains(&value),
        };
        let changed = value.clone();
        let change = move |event| {
            if let Some(on_change) = on_change {
                on_change.run((changed.clone(), event_target_checked(&event)));
            }
        };
        view! {
            <label class="choice">
                <input type=kind name=name value=value checked=chosen on:change=change/>
                <span><strong>{text}</strong> {(!more.is_empty()).then(|| view! { <small>{more}</small> })}</span>
            </label>
        }
    };
    view! {
        <fieldset class="field choices" id=around.id.clone() tabindex="-1" aria-describedby=around.described()>
            <legend>{label}</legend>
            {around.notes()}
            {choices.into_iter().map(row).collect_view()}
        </fieldset>
    }
}

/// Yes or no: a box with its sentence. The argument is a `bool` with `#[server(default)]`.
#[component]
pub(crate) fn Check(
    /// As the server function names it.
    name: &'static str,
    /// The sentence.
    #[prop(into)]
    label: String,
    /// What helps to answer.
    #[prop(optional, into)]
    hint: String,
    /// Ticked to begin with.
    #[prop(optional)]
    value: bool,
) -> impl IntoView {
    let around = Around::new(name, &label, hint);
    let state = use_context::<FormState>().filter(FormState::came_back);
    let ticked = state.map_or(value, |state| state.chosen(name, "true"));
    view! {
        <div class="field">
            <label class="choice">
                <input
                    id=around.id.clone()
                    type="checkbox"
                    name=name
                    value="true"
                    checked=ticked
                    aria-describedby=around.described()
                    aria-invalid=around.invalid()
                />
                <span>{label}</span>
            </label>
            {around.notes()}
        </div>
    }
}
