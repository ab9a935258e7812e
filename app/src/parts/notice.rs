//! What must be noticed: always a sign and words, never a colour alone. And what is said in passing.

use super::{Icon, icon};
use leptos::prelude::*;

/// How it is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Good to know.
    Info,
    /// It worked.
    Good,
    /// Take care.
    Care,
    /// Something is wrong.
    Bad,
}

/// A notice in the page.
#[component]
pub(crate) fn Notice(
    /// How it is meant.
    kind: Kind,
    /// A heading.
    #[prop(optional, into)]
    title: String,
    children: Children,
) -> impl IntoView {
    let (look, sign) = match kind {
        Kind::Info => ("notice", Icon::Info),
        Kind::Good => ("notice good", Icon::Check),
        Kind::Care => ("notice care", Icon::Alert),
        Kind::Bad => ("notice bad", Icon::Alert),
    };
    view! {
        <div class=look>
            {icon(sign)}
            <div>{(!title.is_empty()).then(|| view! { <p><strong>{title}</strong></p> })} {children()}</div>
        </div>
    }
}

#[derive(Clone, Copy)]
struct Said(RwSignal<String>);

/// The place where [`toast`] speaks; once, in the shell.
#[component]
pub(crate) fn Toasts() -> impl IntoView {
    let said = RwSignal::new(String::new());
    provide_context(Said(said));
    view! { <p class="toast" role="status" aria-live="polite">{move || Some(said.get()).filter(|said| !said.is_empty())}</p> }
}

/// Says a short sentence in passing, and to screen readers: "网址已复制". Nothing happens on the server.
pub(crate) fn toast(text: impl Into<String>) {
    if let Some(Said(said)) = use_context() {
        said.set(text.into());
        super::live::after(5_000, move || said.set(String::new()));
    }
}
