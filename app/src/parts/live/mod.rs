//! What parts ask of the browser. On the server, where the same components render, nothing happens, except
//! [`status`], which only the server can set.

#[cfg(feature = "hydrate")]
#[path = "browser.rs"]
mod this;
#[cfg(not(feature = "hydrate"))]
#[path = "server.rs"]
mod this;

pub(crate) use this::{Sent, after, alive, arrived, focus_soon, go, print, set_dialog, status, watch_history};
