//! A page's data, fetched by a server function.

use crate::{error::Answer, wire::Wire};
use leptos::{
    prelude::*,
    server_fn::serde::{Serialize, de::DeserializeOwned},
};

/// What a page fetches.
pub(crate) type Fetched<T> = Resource<Answer<T>, Wire>;

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
