//! JSON between the server and a page: data that comes with the document, answers of server functions, what a device
//! keeps. One reader for all of it ([`read`]): every type on the wire would otherwise be compiled once per reader into what
//! a phone has to load.

use leptos::{
    server::codee::{Decoder, Encoder},
    server_fn::{ContentType, Decodes, Encodes, Format, FormatType, codec::Post},
};
use serde::{Serialize, de::DeserializeOwned};

pub(crate) use ::wire::{Unreadable, read};

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
