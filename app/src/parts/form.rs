//! The form: one way for every page, with and without JavaScript.
//!
//! It posts to the page it stands on, with the server function in the query (`?do=sign_up…`). Without JavaScript
//! `server/src/pages.rs` runs the function and redirects, or renders the page again with what was typed and what is
//! wrong ([`crate::page::Posted`]). With JavaScript the same body goes to the function itself and the answer is shown
//! in place. So a server function for a form takes plain arguments (`login: String, password: String`), returns
//! `Answer<()>`, and goes elsewhere by [`crate::ssr::redirect`]. Values whose name says password or code never come back.

use super::{Icon, icon, live};
use crate::{
    error::{Answer, UiError},
    i18n::{k, t},
    page::posted_to,
};
use leptos::{context::Provider, ev::SubmitEvent, prelude::*};
use leptos_router::{
    NavigateOptions,
    hooks::{use_navigate, use_url},
};

/// What the fields of a form know of it.
#[derive(Clone)]
pub(super) struct FormState {
    /// The server function's name: the last part of its address.
    name: &'static str,
    typed: StoredValue<Vec<(String, String)>>,
    labels: StoredValue<Vec<(&'static str, String)>>,
    problem: RwSignal<Option<UiError>>,
}

impl FormState {
    fn new(to: &'static str) -> Self {
        let posted = posted_to(to);
        let (values, problem) = posted.map_or((Vec::new(), None), |posted| (posted.values, Some(posted.problem)));
        Self {
            name: to.rsplit('/').next().unwrap_or(to),
            typed: StoredValue::new(values),
            labels: StoredValue::new(Vec::new()),
            problem: RwSignal::new(problem),
        }
    }

    pub(super) fn field_id(&self, field: &str) -> String {
        format!("{}-{field}", self.name)
    }

    pub(super) fn typed(&self, field: &str) -> Option<String> {
        self.typed.with_value(|typed| typed.iter().find(|(name, _)| name == field).map(|(_, value)| value.clone()))
    }

    /// Whether the form came back, so that a box without a value was left empty.
    pub(super) fn came_back(&self) -> bool {
        self.typed.with_value(|typed| !typed.is_empty())
    }

    /// Whether this value of this field was chosen.
    pub(super) fn chosen(&self, field: &str, value: &str) -> bool {
        self.typed.with_value(|typed| typed.iter().any(|(name, typed)| name == field && typed == value))
    }

    pub(super) fn wrong(&self, field: &str) -> Option<&'static str> {
        self.problem.read().as_ref().and_then(|problem| problem.of_field(field))
    }

    pub(super) fn remember_label(&self, field: &'static str, label: &str) {
        self.labels.update_value(|labels| labels.push((field, label.to_owned())));
    }

    fn label(&self, field: &str) -> String {
        let found = self
            .labels
            .with_value(|labels| labels.iter().find(|(name, _)| *name == field).map(|(_, label)| label.clone()));
        found.unwrap_or_else(|| field.to_owned())
    }
}

/// What a form does when nothing holds it back any more.
pub(crate) type Then = Box<dyn FnOnce()>;

/// A form for one server function.
#[component]
pub(crate) fn Form(
    /// `SignUp::url()`.
    to: &'static str,
    /// The words of its button.
    #[prop(into)]
    submit: String,
    /// Said after success where the function does not redirect.
    #[prop(optional, into)]
    said: String,
    /// It sends files: the function's `input` is `MultipartFormData`.
    #[prop(optional)]
    files: bool,
    /// Draw the whole page anew where the function redirects to: after signing in or out, when cookies change.
    #[prop(optional)]
    fresh: bool,
    /// An outlined button, where another one on the screen is filled.
    #[prop(optional)]
    quiet: bool,
    /// Empty the fields after success.
    #[prop(optional)]
    empties: bool,
    /// Runs in the browser after success, e.g. to fetch a list again.
    #[prop(optional, into)]
    done: Option<Callback<()>>,
    /// Gets the sending instead of its being done at once, e.g. to wait for a save that is under way.
    #[prop(optional)]
    hold: Option<Callback<Then>>,
    children: Children,
) -> impl IntoView {
    let state = FormState::new(to);
    let (name, problem) = (state.name, state.problem);
    let url = use_url();
    let came_back_done = url.with_untracked(|url| url.search_params().get_str("done") == Some(name));
    let waiting = RwSignal::new(false);
    let succeeded = RwSignal::new(came_back_done);
    let navigate = use_navigate();
    let on_submit = move |event: SubmitEvent| {
        let Some(sent) = live::Sent::of(&event).filter(|_| !waiting.get_untracked()) else { return };
        let navigate = navigate.clone();
        let answered = move |form: live::Sent, answer: Answer<Option<String>>| {
            waiting.set(false);
            match answer {
                Ok(Some(place)) if fresh => live::go(&place),
                Ok(Some(place)) => navigate(&place, NavigateOptions::default()),
                Ok(None) => {
                    problem.set(None);
                    succeeded.set(true);
                    if empties {
                        form.empty();
                    }
                    if let Some(done) = done {
                        done.run(());
                    }
                }
                Err(error) => {
                    problem.set(Some(error));
                    live::focus_soon(format!("{name}-problem"));
                }
            }
        };
        let send = move || {
            waiting.set(true);
            succeeded.set(false);
            sent.send(to, files, answered);
        };
        match hold {
            Some(hold) => hold.run(Box::new(send)),
            None => send(),
        }
    };
    let action = move || {
        let url = url.read();
        let query = url
            .search()
            .split('&')
            .filter(|pair| !pair.is_empty() && !pair.starts_with("do=") && !pair.starts_with("done="));
        let query: String = query.flat_map(|pair| [pair, "&"]).collect();
        format!("{}?{query}do={name}", url.path())
    };
    let fields = view! { <Provider value=state.clone()>{children()}</Provider> };
    let kind = if files { "multipart/form-data" } else { "application/x-www-form-urlencoded" };
    view! {
        <form class="form" method="post" action=action enctype=kind novalidate on:submit=on_submit>
            {summary(state)}
            {fields}
            <p class="form-end">
                <button class="button" class:primary=!quiet aria-disabled=move || waiting.get().then_some("true")>{submit}</button>
            </p>
            <p class="said" role="status">{move || {
                (succeeded.get() && !said.is_empty()).then(|| view! { {icon(Icon::Check)} {said.clone()} })
            }}</p>
        </form>
    }
}

/// What went wrong, in words, with the way to each field. It takes the focus.
fn summary(state: FormState) -> impl IntoView {
    let id = format!("{}-problem", state.name);
    move || {
        let problem = state.problem.get()?;
        let fields = problem.fields();
        let lead = if fields.is_empty() { problem.sentence() } else { t(k::parts::FORM_WRONG) };
        let state = state.clone();
        let line = move |(field, reason): (String, &'static str)| {
            let href = format!("#{}", state.field_id(&field));
            view! { <li><a href=href>{state.label(&field)}</a> {t(k::parts::COLON)} {reason}</li> }
        };
        Some(view! {
            <div class="notice wrong-notice" role="alert" tabindex="-1" autofocus id=id.clone()>
                <p>{icon(Icon::Alert)} {lead}</p>
                <ul>{fields.into_iter().map(line).collect_view()}</ul>
            </div>
        })
    }
}
