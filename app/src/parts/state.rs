//! A page's data on its way, there, empty, or not to be had; and long work.

use super::{
    Fetched, Icon,
    fetched::{Carried, Page, opened},
    icon, live, title,
};
use crate::{
    error::{Answer, UiError},
    i18n::{k, t},
};
use leptos::{prelude::*, server_fn::serde::de::DeserializeOwned};
use leptos_router::hooks::use_url;
use std::sync::Arc;
use types::ErrorCode;

/// A page's one resource: a skeleton until it is there, `view` of it, or what went wrong and what to do.
///
/// `let page = fetched(|| (), |()| my_page()); loaded(page, |page| view! { <Show page/> })`
pub(crate) fn loaded<T, V>(page: Fetched<T>, view: impl Fn(T) -> V + Send + Sync + 'static) -> AnyView
where
    T: Clone + DeserializeOwned + 'static,
    V: IntoView + 'static,
{
    let whole = move |answer| match answer {
        Ok(value) => view(value).into_any(),
        Err(error) => failed(&error),
    };
    answered(page, || Skeleton().into_any(), whole)
}

/// The same for a part of a page: it says what is shown meanwhile, and of the answer, whatever it is.
pub(crate) fn answered<T>(
    part: Fetched<T>,
    meanwhile: fn() -> AnyView,
    view: impl Fn(Answer<T>) -> AnyView + Send + Sync + 'static,
) -> AnyView
where
    T: Clone + DeserializeOwned + 'static,
{
    shown(part.resource, meanwhile, Arc::new(move |answer| view(opened(answer))))
}

fn shown(
    resource: Resource<Answer<Carried>, Page>,
    meanwhile: fn() -> AnyView,
    view: Arc<dyn Fn(Answer<Carried>) -> AnyView + Send + Sync>,
) -> AnyView {
    let shown = move || {
        let view = Arc::clone(&view);
        Suspend::new(async move { view(resource.await) })
    };
    view! { <Transition fallback=meanwhile>{shown}</Transition> }.into_any()
}

/// Grey lines in the shape of a page.
#[component]
pub(crate) fn Skeleton() -> impl IntoView {
    view! {
        <div class="skeleton" role="status">
            <span class="visually-hidden">{t(k::parts::LOADING)}</span>
            <i></i> <i></i> <i></i> <i></i>
        </div>
    }
}

/// A page, or a part of one, that could not be shown: what happened, and the way on. Sets the page's status.
pub(crate) fn failed(error: &UiError) -> AnyView {
    live::status(error.status());
    let (heading, text) = match error.code() {
        Some(ErrorCode::NotFound) => (t(k::parts::NOT_FOUND_TITLE), t(k::parts::NOT_FOUND_TEXT)),
        Some(ErrorCode::SignInNeeded) => (t(k::parts::SIGN_IN_TITLE), t(k::parts::SIGN_IN_TEXT)),
        Some(ErrorCode::VerificationNeeded) => (t(k::parts::VERIFY_TITLE), t(k::parts::VERIFY_TEXT)),
        _ => (t(k::parts::TROUBLE_TITLE), error.first_reason()),
    };
    let here = use_url().with_untracked(|url| match url.search() {
        "" => url.path().to_owned(),
        search => format!("{}?{search}", url.path()),
    });
    let way = match error.code() {
        Some(ErrorCode::SignInNeeded) => {
            super::main_link(super::with_next("/sign-in", &here), t(k::parts::GO_SIGN_IN)).into_any()
        }
        Some(ErrorCode::VerificationNeeded) => {
            super::main_link(super::with_next("/me/verify", &here), t(k::parts::GO_VERIFY)).into_any()
        }
        Some(ErrorCode::NotFound | ErrorCode::NotAllowed) => super::side_link("/", t(k::parts::GO_HOME)).into_any(),
        // The whole page anew: code and words of another version may be what is missing.
        _ => view! { <a class="button" rel="external" href=here>{t(k::parts::TRY_AGAIN)}</a> }.into_any(),
    };
    view! {
        <div class="trouble">
            {icon(Icon::Alert)}
            {title(heading)}
            <p>{text}</p>
            <p>{way}</p>
        </div>
    }
    .into_any()
}

/// Nothing here yet: what will be here, and who starts it.
pub(crate) fn empty(heading: impl Into<String>, text: impl Into<String>) -> AnyView {
    view! { <div class="empty"><p><strong>{heading.into()}</strong></p> <p>{text.into()}</p></div> }.into_any()
}

/// How far long work has come. With `all` 0 nothing is known yet.
#[component]
pub(crate) fn Progress(
    /// What is being done.
    #[prop(into)]
    label: Signal<String>,
    /// Done so far.
    #[prop(into)]
    done: Signal<u64>,
    /// In all.
    #[prop(into)]
    all: Signal<u64>,
) -> impl IntoView {
    view! {
        <div class="progress">
            <p class="gauge-line"><span>{label}</span> <span class="num">{move || format!("{}/{}", done.get(), all.get())}</span></p>
            <progress max=move || all.get().max(1) value=done aria-label=label></progress>
        </div>
    }
}
