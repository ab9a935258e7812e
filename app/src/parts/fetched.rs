//! A page's data, fetched by a server function.
//!
//! One resource serves all pages: it carries an answer whose type only the page knows. With a resource for each type, the
//! browser would load the same machinery again for every page.

use crate::{
    error::{Answer, UiError},
    wire::{self, Unreadable},
};
use leptos::{
    prelude::*,
    server::codee::{Decoder, Encoder},
    server_fn::serde::{Serialize, de::DeserializeOwned},
};
use std::{
    any::Any,
    marker::PhantomData,
    pin::Pin,
    sync::{Arc, Mutex, PoisonError},
};
use types::ErrorCode;

/// What a page fetches.
pub(crate) struct Fetched<T> {
    pub(super) resource: Resource<Answer<Carried>, Page>,
    of: PhantomData<fn() -> T>,
}

impl<T> Clone for Fetched<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Fetched<T> {}

impl<T: DeserializeOwned + Clone + 'static> Fetched<T> {
    /// Fetches again.
    pub(crate) fn refetch(self) {
        self.resource.refetch();
    }

    /// The answer, once it is there; for effects.
    pub(crate) fn get(self) -> Option<Answer<T>> {
        self.resource.get().map(opened)
    }
}

/// The answer as the page knows it.
pub(super) fn opened<T: DeserializeOwned + Clone + 'static>(answer: Answer<Carried>) -> Answer<T> {
    answer.and_then(|carried| carried.value().ok_or(ErrorCode::Internal.into()))
}

/// An answer of a type that only the page knows.
#[derive(Clone)]
pub(crate) enum Carried {
    /// As it came with the document.
    Text(Arc<str>),
    /// As a server function gave it.
    Value {
        value: Arc<dyn Any + Send + Sync>,
        #[cfg(feature = "ssr")]
        text: fn(&(dyn Any + Send + Sync)) -> Option<String>,
    },
}

impl Carried {
    fn of<T: Serialize + Send + Sync + 'static>(value: T) -> Self {
        Self::Value {
            value: Arc::new(value),
            #[cfg(feature = "ssr")]
            text: |value| value.downcast_ref::<T>().and_then(|value| serde_json::to_string(value).ok()),
        }
    }

    #[inline(never)]
    fn value<T: DeserializeOwned + Clone + 'static>(&self) -> Option<T> {
        match self {
            Self::Text(text) => wire::read(text).ok(),
            Self::Value { value, .. } => value.downcast_ref::<T>().cloned(),
        }
    }

    fn text(&self) -> Option<String> {
        match self {
            Self::Text(text) => Some(text.as_ref().to_owned()),
            #[cfg(feature = "ssr")]
            Self::Value { value, text } => text(value.as_ref()),
            #[cfg(not(feature = "ssr"))]
            Self::Value { .. } => None,
        }
    }
}

/// How an answer travels with the document: a sign, then JSON.
pub(crate) struct Page;

impl Encoder<Answer<Carried>> for Page {
    type Error = Unreadable;
    type Encoded = String;

    fn encode(answer: &Answer<Carried>) -> Result<String, Unreadable> {
        match answer {
            Ok(carried) => carried.text().map(|text| format!("+{text}")).ok_or(Unreadable),
            Err(error) => serde_json::to_string(error).map(|text| format!("-{text}")).map_err(|_| Unreadable),
        }
    }
}

impl Decoder<Answer<Carried>> for Page {
    type Error = Unreadable;
    type Encoded = str;

    fn decode(text: &str) -> Result<Answer<Carried>, Unreadable> {
        match (text.strip_prefix('+'), text.strip_prefix('-')) {
            (Some(text), _) => Ok(Ok(Carried::Text(text.into()))),
            (_, Some(text)) => Ok(Err(wire::read::<UiError>(text)?)),
            _ => Err(Unreadable),
        }
    }
}

/// Fetches now, and again whenever `source` gives something else. On the server the value travels with the document.
pub(crate) fn fetched<S, T, F>(
    source: impl Fn() -> S + Send + Sync + 'static,
    fetch: impl Fn(S) -> F + Send + Sync + 'static,
) -> Fetched<T>
where
    S: Clone + PartialEq + Send + Sync + 'static,
    T: Serialize + DeserializeOwned + Send + Sync + 'static,
    F: Future<Output = Answer<T>> + Send + 'static,
{
    let asked = Arc::new(Mutex::new((0_u64, None::<S>)));
    let to_fetch = Arc::clone(&asked);
    let version = move || {
        let now = source();
        let mut asked = asked.lock().unwrap_or_else(PoisonError::into_inner);
        if asked.1.as_ref() != Some(&now) {
            *asked = (asked.0 + 1, Some(now));
        }
        asked.0
    };
    let fetch = move || -> Fetching {
        let source = to_fetch.lock().unwrap_or_else(PoisonError::into_inner).1.clone();
        let fetching = source.map(&fetch);
        Box::pin(async move {
            match fetching {
                Some(fetching) => fetching.await.map(Carried::of),
                None => Err(ErrorCode::Internal.into()),
            }
        })
    };
    Fetched { resource: resource(Box::new(version), Box::new(fetch)), of: PhantomData }
}

type Fetching = Pin<Box<dyn Future<Output = Answer<Carried>> + Send>>;

/// `version` tells by another number that there is something else to fetch.
fn resource(
    version: Box<dyn Fn() -> u64 + Send + Sync>,
    fetch: Box<dyn Fn() -> Fetching + Send + Sync>,
) -> Resource<Answer<Carried>, Page> {
    Resource::new_with_options(version, move |_| fetch(), false)
}
