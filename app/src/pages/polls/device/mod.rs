//! What the pages of polls ask of the device: memory, randomness, time, the network, the voice.
//!
//! In the browser these are real; on the server, where the same components render, every one answers that it is not
//! there. So no component needs to know where it runs.

#[cfg(feature = "hydrate")]
#[path = "browser.rs"]
mod this;
#[cfg(not(feature = "hydrate"))]
#[path = "server.rs"]
mod this;

mod rng;
mod slice;

pub(crate) use rng::DeviceRng;
pub(crate) use slice::Slice;
pub(crate) use this::{
    can_speak, copy, download, fetch, forget, is_marked, keys, on_online, print, read, share, sleep, speak,
    stop_speaking, stopwatch, wall_clock, write,
};

/// Why something could not be fetched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FetchError {
    /// No answer came.
    Offline,
    /// An answer that is not a success, by its status.
    #[cfg_attr(not(feature = "hydrate"), expect(dead_code, reason = "only a browser meets it"))]
    Status(u16),
}

/// Reads a kept JSON value.
pub(crate) fn recall<T: serde::de::DeserializeOwned>(key: &str) -> Option<T> {
    read(key).and_then(|text| crate::wire::read(&text).ok())
}

/// Keeps a value as JSON; false where the browser does not allow it.
pub(crate) fn keep<T: serde::Serialize>(key: &str, value: &T) -> bool {
    serde_json::to_string(value).is_ok_and(|text| write(key, &text))
}
