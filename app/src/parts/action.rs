//! Buttons and links that act. One filled button per screen; a button in a form comes with [`super::Form`].

use super::{Icon, icon, live};
use crate::i18n::{k, t};
use leptos::prelude::*;

/// A link that looks like the filled button: the one thing to do on this screen.
pub(crate) fn main_link(href: impl Into<String>, text: impl Into<String>) -> impl IntoView {
    view! { <a class="button primary" href=href.into()>{text.into()}</a> }
}

/// A link that looks like an outlined button.
pub(crate) fn side_link(href: impl Into<String>, text: impl Into<String>) -> impl IntoView {
    view! { <a class="button" href=href.into()>{text.into()}</a> }
}

/// A link in a line of its own, or at the end of a row.
pub(crate) fn way(href: impl Into<String>, text: impl Into<String>) -> impl IntoView {
    view! { <a class="way" href=href.into()>{text.into()}</a> }
}

/// Buttons side by side, below each other where there is no room.
#[component]
pub(crate) fn Actions(children: Children) -> impl IntoView {
    view! { <div class="actions">{children()}</div> }
}

/// The way to the next page of a list; nothing at its end. `href` is the same page with `after=`.
#[component]
pub(crate) fn More(#[prop(into)] href: Option<String>) -> impl IntoView {
    href.map(|href| view! { <p class="more"><a class="button" href=href>{t(k::parts::MORE)}</a></p> })
}

/// Prints the page. Not shown without JavaScript, where the browser's own menu prints.
#[component]
pub(crate) fn PrintButton() -> impl IntoView {
    view! {
        <button type="button" class="button needs-alive no-print" on:click=|_| live::print()>
            {icon(Icon::Print)} {t(k::parts::PRINT)}
        </button>
    }
}
