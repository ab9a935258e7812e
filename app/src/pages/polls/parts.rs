//! Small parts that several pages of polls share.

use super::words;
use crate::error::Answer;
use crate::i18n::{k, tf};
use crate::parts::{Fetched, fetched};
use leptos::{html, prelude::*, wasm_bindgen::JsCast, web_sys::HtmlElement};
use leptos_router::hooks::use_params_map;
use serde::{Serialize, de::DeserializeOwned};
use types::{ErrorCode, ids::PollId, polls::KeyHolder};

/// The poll that the address names, if it is a possible one.
pub(crate) fn poll_id() -> Memo<Option<PollId>> {
    let params = use_params_map();
    Memo::new(move |_| params.read().get("id").and_then(|id| id.parse().ok()))
}

/// What `fetch` gives for the poll that the address names; not found where it can be none.
pub(crate) fn of_poll<T, F>(fetch: impl Fn(PollId) -> F + Send + Sync + 'static) -> Fetched<T>
where
    T: Serialize + DeserializeOwned + Send + Sync + 'static,
    F: Future<Output = Answer<T>> + Send + 'static,
{
    let id = poll_id();
    fetched(
        move || id.get(),
        move |id| {
            let fetching = id.map(&fetch);
            async move {
                match fetching {
                    Some(fetching) => fetching.await,
                    None => Err(ErrorCode::NotFound.into()),
                }
            }
        },
    )
}

/// What every page of a poll says whose key the server holds.
#[component]
pub(crate) fn SystemLabel(key: KeyHolder) -> impl IntoView {
    words::system_label(key)
}

/// A tracker in its four groups, read out as one code.
pub(crate) fn tracker(code: &str) -> AnyView {
    crate::parts::tracker(code, tf(k::ballot::TRACKER_PARTS, &[("code", &code)])).into_any()
}

/// A tracker as it stands in an address.
pub(crate) fn tracker_path(code: &str) -> String {
    code.split_whitespace().collect::<Vec<_>>().join("-")
}

/// Moves the focus to the heading that this is given to, when it appears: the change is there.
pub(crate) fn focus_here<E>() -> NodeRef<E>
where
    E: html::ElementType,
    E::Output: AsRef<HtmlElement> + JsCast + Clone + 'static,
{
    let node = NodeRef::<E>::new();
    Effect::new(move |_| {
        if let Some(element) = node.get() {
            let _ = AsRef::<HtmlElement>::as_ref(&element).focus();
        }
    });
    node
}
