//! A page's title: in the document, as its `<h1>`, and as the place where the focus goes after a client-side navigation.

use super::live;
use crate::i18n::{k, t};
use leptos::prelude::*;
use leptos_meta::{Meta, Title};

/// The top of a page. Put it with the page's content (inside [`super::loaded`]), not before it: when it appears, the
/// focus goes to it, or, after going back, the page scrolls to where it was.
#[component]
pub(crate) fn PageHead(
    /// The title.
    #[prop(into)]
    title: String,
    /// A line above it: kind and state, in vermilion.
    #[prop(optional, into)]
    over: String,
    /// What follows `over` in the quiet colour, e.g. when it ends.
    #[prop(optional)]
    beside: Option<AnyView>,
    /// A sentence below it.
    #[prop(optional, into)]
    lead: String,
    /// For search engines and previews; the lead if empty.
    #[prop(optional, into)]
    description: String,
) -> impl IntoView {
    let about = if description.is_empty() { lead.clone() } else { description };
    let above = (!over.is_empty() || beside.is_some()).then(|| {
        view! { <p class="over"><strong>{over}</strong> {beside}</p> }
    });
    view! {
        <div class="page-head">
            {(!about.is_empty()).then(|| view! { <Meta name="description" content=about/> })}
            {above}
            {self::title(title)}
            {(!lead.is_empty()).then(|| view! { <p class="lead">{lead}</p> })}
        </div>
    }
}

/// Only the `<h1>` and the document's title, for pages with a head of their own.
pub(crate) fn title(text: impl Into<String>) -> impl IntoView {
    let text = text.into();
    let whole = format!("{text} · {}", t(k::common::SITE_NAME));
    Effect::new(live::arrived);
    view! { <Title text=whole/> <h1 id="title" tabindex="-1">{text}</h1> }
}
