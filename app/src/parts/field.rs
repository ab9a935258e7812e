//! Fields of one line and of several: label, hint, the mistake beside the field. Inside a [`super::Form`] a field shows
//! what was typed and what is wrong by itself; outside (a filter with `method="get"`) it is only a field.

use super::form::FormState;
use leptos::prelude::*;

/// What every field has around it.
pub(super) struct Around {
    pub(super) id: String,
    /// What was typed before, if the form came back.
    pub(super) typed: Option<String>,
    described: String,
    state: Option<FormState>,
    name: &'static str,
    hint: String,
}

impl Around {
    pub(super) fn new(name: &'static str, label: &str, hint: String) -> Self {
        let state = use_context::<FormState>();
        let id = state.as_ref().map_or_else(|| format!("f-{name}"), |state| state.field_id(name));
        if let Some(state) = &state {
            state.remember_label(name, label);
        }
        let typed = state.as_ref().and_then(|state| state.typed(name));
        let described = if hint.is_empty() { format!("{id}-wrong") } else { format!("{id}-hint {id}-wrong") };
        Self { id, typed, described, state, name, hint }
    }

    /// For `aria-describedby`.
    pub(super) fn described(&self) -> String {
        self.described.clone()
    }

    /// For `aria-invalid`.
    pub(super) fn invalid(&self) -> impl Fn() -> Option<&'static str> + Clone + Send + 'static + use<> {
        let (state, name) = (self.state.clone(), self.name);
        move || state.as_ref().and_then(|state| state.wrong(name)).map(|_| "true")
    }

    /// The hint and the mistake; the mistake's place is always there, so that its coming is heard.
    pub(super) fn notes(&self) -> AnyView {
        let (hint_id, wrong_id) = (format!("{}-hint", self.id), format!("{}-wrong", self.id));
        let hint = self.hint.clone();
        let (state, name) = (self.state.clone(), self.name);
        let wrong = move || state.as_ref().and_then(|state| state.wrong(name));
        view! {
            {(!hint.is_empty()).then(|| view! { <p class="hint" id=hint_id>{hint}</p> })}
            <p class="wrong" id=wrong_id>{wrong}</p>
        }
        .into_any()
    }
}

/// A field of one line.
#[component]
pub(crate) fn Field(
    /// As the server function names it.
    name: &'static str,
    /// What is asked.
    #[prop(into)]
    label: String,
    /// What helps to answer.
    #[prop(optional, into)]
    hint: String,
    /// What stands there to begin with.
    #[prop(optional, into)]
    value: String,
    /// `text`, `password`, `email`, `tel`, `number`, `search`…
    #[prop(default = "text")]
    kind: &'static str,
    /// `username`, `new-password`, `one-time-code`…
    #[prop(default = "off")]
    autocomplete: &'static str,
    /// `numeric`, `decimal`: which keys a phone shows.
    #[prop(optional)]
    inputmode: Option<&'static str>,
    /// The most characters.
    #[prop(optional)]
    maxlength: Option<u16>,
    /// It must be filled.
    #[prop(optional)]
    required: bool,
    /// A short field, as wide as a number or a code.
    #[prop(optional)]
    short: bool,
) -> impl IntoView {
    let around = Around::new(name, &label, hint);
    let shown = around.typed.clone().unwrap_or(value);
    view! {
        <div class="field" class:short=short>
            <label for=around.id.clone()>{label}</label>
            <input
                id=around.id.clone()
                name=name
                type=kind
                value=shown
                autocomplete=autocomplete
                inputmode=inputmode
                maxlength=maxlength
                required=required
                aria-describedby=around.described()
                aria-invalid=around.invalid()
            />
            {around.notes()}
        </div>
    }
}

/// A date, or with `time` a date and a time of day: `YYYY-MM-DD`, `YYYY-MM-DDTHH:MM`, local time.
/// [`super::time::field_value`] turns a point in time into it; [`super::time::from_field_at`] reads it back on the server.
#[component]
pub(crate) fn DateField(
    /// As the server function names it.
    name: &'static str,
    /// What is asked.
    #[prop(into)]
    label: String,
    /// What helps to answer.
    #[prop(optional, into)]
    hint: String,
    /// What stands there to begin with.
    #[prop(optional, into)]
    value: String,
    /// With a time of day.
    #[prop(optional)]
    time: bool,
    /// It must be filled.
    #[prop(optional)]
    required: bool,
) -> impl IntoView {
    let kind = if time { "datetime-local" } else { "date" };
    view! { <Field name label hint value kind required short=true/> }
}

/// A field of several lines.
#[component]
pub(crate) fn TextArea(
    /// As the server function names it.
    name: &'static str,
    /// What is asked.
    #[prop(into)]
    label: String,
    /// What helps to answer.
    #[prop(optional, into)]
    hint: String,
    /// What stands there to begin with.
    #[prop(optional, into)]
    value: String,
    /// Lines to show.
    #[prop(default = 6)]
    rows: u8,
    /// The most characters.
    #[prop(optional)]
    maxlength: Option<u32>,
    /// It must be filled.
    #[prop(optional)]
    required: bool,
) -> impl IntoView {
    let around = Around::new(name, &label, hint);
    let shown = around.typed.clone().unwrap_or(value);
    view! {
        <div class="field">
            <label for=around.id.clone()>{label}</label>
            <textarea
                id=around.id.clone()
                name=name
                rows=rows
                maxlength=maxlength
                required=required
                aria-describedby=around.described()
                aria-invalid=around.invalid()
                inner_html=inside_textarea(&shown)
            ></textarea>
            {around.notes()}
        </div>
    }
}

/// Text as the content of a `<textarea>`. As a child an empty text would be written as one space, which would then be
/// typed there.
pub(crate) fn inside_textarea(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

/// A file to send; its [`super::Form`] needs `files=true`.
#[component]
pub(crate) fn FileField(
    /// As the server function names it.
    name: &'static str,
    /// What is asked.
    #[prop(into)]
    label: String,
    /// What helps to answer.
    #[prop(optional, into)]
    hint: String,
    /// Kinds of file, e.g. `.xlsx,.csv`.
    accept: &'static str,
) -> impl IntoView {
    let around = Around::new(name, &label, hint);
    view! {
        <div class="field">
            <label for=around.id.clone()>{label}</label>
            <input
                id=around.id.clone()
                name=name
                type="file"
                accept=accept
                required
                aria-describedby=around.described()
                aria-invalid=around.invalid()
            />
            {around.notes()}
        </div>
    }
}

/// A value that travels with the form and is not asked.
#[component]
pub(crate) fn Hidden(
    /// As the server function names it.
    name: &'static str,
    /// What travels.
    #[prop(into)]
    value: String,
) -> impl IntoView {
    view! { <input type="hidden" name=name value=value/> }
}
