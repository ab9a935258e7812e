//! What the booth's screens share: a heading that takes the focus, buttons in a bar at the bottom, words that change.

use crate::pages::polls::parts::focus_here;
use leptos::prelude::*;
use std::sync::{Arc, Mutex};

/// The screen's heading; the focus goes there, for the screen has changed.
pub(super) fn heading(text: &'static str) -> AnyView {
    let title = focus_here();
    view! { <h1 class="booth-title" tabindex="-1" node_ref=title>{text}</h1> }.into_any()
}

/// A paragraph.
pub(super) fn line(text: impl Into<String>) -> AnyView {
    let text: String = text.into();
    view! { <p>{text}</p> }.into_any()
}

/// A paragraph in smaller letters.
pub(super) fn small(text: impl Into<String>) -> AnyView {
    let text: String = text.into();
    view! { <p class="small">{text}</p> }.into_any()
}

/// Words that change, in whatever stands around them.
pub(super) fn words(say: impl FnMut() -> String + Send + 'static) -> AnyView {
    let say: Arc<Mutex<dyn FnMut() -> String + Send>> = Arc::new(Mutex::new(say));
    say.into_any()
}

/// A part that changes.
pub(super) fn changing(part: impl FnMut() -> AnyView + Send + 'static) -> AnyView {
    let part: Arc<Mutex<dyn FnMut() -> AnyView + Send>> = Arc::new(Mutex::new(part));
    part.into_any()
}

/// The bar at the bottom of the screen; of no use before the page is alive.
pub(super) fn bar(buttons: Vec<AnyView>) -> AnyView {
    view! { <div class="bottom-bar needs-alive">{buttons}</div> }.into_any()
}

/// The one thing to do on this screen.
pub(super) fn main_button(text: &'static str, act: impl Fn() + Send + Sync + 'static) -> AnyView {
    button("button primary wide", text, Callback::new(move |()| act()))
}

/// Another thing to do.
pub(super) fn side_button(text: &'static str, act: impl Fn() + Send + Sync + 'static) -> AnyView {
    button("button wide", text, Callback::new(move |()| act()))
}

/// A button among the text.
pub(super) fn small_button(text: &'static str, act: impl Fn() + Send + Sync + 'static) -> AnyView {
    button("button", text, Callback::new(move |()| act()))
}

fn button(class: &'static str, text: &'static str, act: Callback<()>) -> AnyView {
    view! { <button class=class on:click=move |_| act.run(())>{text}</button> }.into_any()
}
