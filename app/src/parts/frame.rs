//! A sheet of paper with things that belong together.

use leptos::prelude::*;

/// A sheet with an optional heading; `way` is a link at the heading's end.
#[component]
pub(crate) fn Frame(
    /// The heading.
    #[prop(optional, into)]
    title: String,
    /// Where its link leads, and the link's words.
    #[prop(optional)]
    way: Option<(String, String)>,
    /// `now` (a vermilion line: it waits for you), `calm` (deep tint).
    #[prop(optional)]
    look: &'static str,
    children: Children,
) -> impl IntoView {
    let head = (!title.is_empty()).then(|| {
        view! {
            <div class="frame-head">
                <h2>{title}</h2>
                {way.map(|(href, text)| view! { <a class="way" href=href>{text}</a> })}
            </div>
        }
    });
    view! { <section class="frame">{head} <div class=format!("sheet {look}")>{children()}</div></section> }
}
