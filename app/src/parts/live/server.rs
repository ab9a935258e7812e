//! Rendering on the server.

use crate::error::Answer;
use leptos::ev::SubmitEvent;

/// A form to be sent.
pub(crate) struct Sent;

impl Sent {
    pub(crate) fn of(_: &SubmitEvent) -> Option<Self> {
        None
    }
    pub(crate) fn empty(&self) {}
    pub(crate) fn send(self, _: &'static str, _: bool, _: impl FnOnce(Self, Answer<Option<String>>) + 'static) {}
}

pub(crate) fn alive() {}
pub(crate) fn watch_history() {}
pub(crate) fn arrived() {}
pub(crate) fn focus_soon(_: String) {}
pub(crate) fn go(_: &str) {}
pub(crate) fn print() {}
pub(crate) fn set_dialog(_: &'static str, _: bool) {}
pub(crate) fn after(_: u32, _: impl FnOnce() + 'static) {}

/// Sets the page's status.
pub(crate) fn status(code: u16) {
    #[cfg(feature = "ssr")]
    crate::ssr::status(code);
    #[cfg(not(feature = "ssr"))]
    let _ = code;
}
