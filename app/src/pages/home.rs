//! What needs me today?

use crate::i18n::{k, t};
use leptos::prelude::*;

/// The first page.
#[component]
pub(crate) fn HomePage() -> impl IntoView {
    view! { <h1>{t(k::common::SITE_NAME)}</h1> <p>{t(k::common::TAGLINE)}</p> }
}
