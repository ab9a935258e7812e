//! Reads JSON that the server has written. Every type on the wire is compiled with its reader into what a phone has to
//! load, so the reader for a browser is as small as can be.

#[cfg(target_arch = "wasm32")]
mod browser;
#[cfg(not(target_arch = "wasm32"))]
mod native;

#[cfg(target_arch = "wasm32")]
use browser as this;
#[cfg(not(target_arch = "wasm32"))]
use native as this;

use serde::de::DeserializeOwned;

/// Reads a JSON text.
///
/// # Errors
/// [`Unreadable`]: not JSON, or not of this type.
pub fn read<T: DeserializeOwned>(text: &str) -> Result<T, Unreadable> {
    this::read(text)
}

/// A JSON text that is not what it should be. Nobody can do anything with more: it is a fault of ours or of a proxy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unreadable;

impl core::fmt::Display for Unreadable {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("unreadable")
    }
}

impl core::error::Error for Unreadable {}

impl serde::de::Error for Unreadable {
    fn custom<T: core::fmt::Display>(_: T) -> Self {
        Self
    }
}
