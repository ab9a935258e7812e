//! A page's data, fetched by a server function.
//!
//! Data that came with the document and answers of server functions are read by one and the same reader of JSON:
//! every type on the wire would otherwise be compiled twice into the browser's first chunk.

use crate::error::Answer;
use leptos::{
    prelude::*,
    server::codee::{Decoder, Encoder},
    server_fn::serde::{Serialize, de::DeserializeOwned},
};

/// What a page fetches.
pub(crate) type Fetched<T> = Resource<Answer<T>, Wire>;

/// JSON, read from bytes as `server_fn` reads its answers.
#[derive(Debug)]
pub(crate) struct Wire;

impl<T: Serialize> Encoder<T> for Wire {
    type Error = serde_json::Error;
    type Encoded = String;

    fn encode(value: &T) -> Result<String, Self::Error> {
        serde_json::to_string(value)
    }
}

impl<T: DeserializeOwned> Decoder<T> for Wire {
    type Error = serde_json::Error;
    type Encoded = str;

    fn decode(text: &str) -> Result<T, Self::Error> {
        serde_json::from_slice(text.as_bytes())
    }
}

/// Fetches now, and again whenever `source` changes. On the server the value travels with the document.
pub(crate) fn fetched<S, T, F>(
    source: impl Fn() -> S + Send + Sync + 'static,
    fetch: impl Fn(S) -> F + Send + Sync + 'static,
) -> Fetched<T>
where
    S: Clone + PartialEq + Send + Sync + 'static,
    T: Serialize + DeserializeOwned + Send + Sync + 'static,
    F: Future<Output = Answer<T>> + Send + 'static,
{
    Resource::new_with_options(source, fetch, false)
}
