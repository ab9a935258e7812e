//! JSON between the server and a page: data that comes with the document, answers of server functions, what a device
//! keeps. One reader for all of it: every type on the wire would otherwise be compiled once per reader into what a phone
//! has to load.

#[cfg(feature = "hydrate")]
#[path = "browser.rs"]
mod this;
#[cfg(not(feature = "hydrate"))]
#[path = "server.rs"]
mod this;

use leptos::{
    server::codee::{Decoder, Encoder},
    server_fn::{ContentType, Decodes, Encodes, Format, FormatType, codec::Post},
};
use serde::{Serialize, de::DeserializeOwned};

/// Reads a JSON text.
///
/// # Errors
/// [`Unreadable`]: not JSON, or not of this type.
pub(crate) fn read<T: DeserializeOwned>(text: &str) -> Result<T, Unreadable> {
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

/// JSON, in the document and in answers.
#[derive(Debug)]
pub struct Wire;

/// What server functions answer with: `#[server(output = Reply)]`.
pub(crate) type Reply = Post<Wire>;

impl<T: Serialize> Encoder<T> for Wire {
    type Error = serde_json::Error;
    type Encoded = String;

    fn encode(value: &T) -> Result<String, Self::Error> {
        serde_json::to_string(value)
    }
}

impl<T: DeserializeOwned> Decoder<T> for Wire {
    type Error = Unreadable;
    type Encoded = str;

    fn decode(text: &str) -> Result<T, Self::Error> {
        read(text)
    }
}

impl ContentType for Wire {
    const CONTENT_TYPE: &'static str = "application/json";
}

impl FormatType for Wire {
    const FORMAT_TYPE: Format = Format::Text;
}

impl<T: Serialize> Encodes<T> for Wire {
    type Error = serde_json::Error;

    fn encode(value: &T) -> Result<leptos::server_fn::Bytes, Self::Error> {
        serde_json::to_vec(value).map(Into::into)
    }
}

impl<T: DeserializeOwned> Decodes<T> for Wire {
    type Error = Unreadable;

    fn decode(bytes: leptos::server_fn::Bytes) -> Result<T, Self::Error> {
        read(core::str::from_utf8(&bytes).map_err(|_| Unreadable)?)
    }
}
