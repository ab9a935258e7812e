//! Questions that must not stand in an address: names, codes.
//!
//! A form posts them to the page's own address. Without JavaScript the server renders the page again with them
//! ([`crate::page::Asked`]); with it, the form's values go into a signal and the page asks for itself.

pub(super) use crate::page::Asked;
use leptos::{ev::SubmitEvent, prelude::*};
use leptos_router::hooks::use_location;

/// What is asked of this page, to begin with what was posted to it.
pub(super) fn asked() -> RwSignal<Asked> {
    let path = use_location().pathname.get_untracked();
    RwSignal::new(crate::page::asked_of(&path))
}

/// Takes a form's values instead of sending them.
pub(super) fn take(asked: RwSignal<Asked>) -> impl Fn(SubmitEvent) + Clone + 'static {
    move |event| {
        event.prevent_default();
        asked.set(Asked { path: String::new(), values: super::browser::values(&event) });
    }
}

/// One value asked.
pub(super) fn one(name: &str, value: String) -> Asked {
    Asked { path: String::new(), values: vec![(name.to_owned(), value)] }
}
