//! Tables, facts and tags.

use leptos::prelude::*;

/// A table with its caption, that scrolls inside itself where it is too wide. With `stack`, rows become cards on a
/// phone: give each `<td>` a `data-label`.
#[component]
pub(crate) fn Table(
    /// What the table shows; read to those who do not see it.
    #[prop(into)]
    caption: String,
    /// The words of the columns.
    head: Vec<String>,
    /// Cards on a phone.
    #[prop(optional)]
    stack: bool,
    /// `<tr>` elements.
    children: Children,
) -> impl IntoView {
    let name = caption.clone();
    view! {
        <div class="table" class:stack=stack role="region" aria-label=name tabindex="0">
            <table>
                <caption class="visually-hidden">{caption}</caption>
                <thead><tr>{head.into_iter().map(|text| view! { <th scope="col">{text}</th> }).collect_view()}</tr></thead>
                <tbody>{children()}</tbody>
            </table>
        </div>
    }
}

/// Pairs of a word and what it is here, e.g. who is responsible.
pub(crate) fn facts(pairs: Vec<(String, AnyView)>) -> impl IntoView {
    let pair = |(word, what)| view! { <div><dt>{word}</dt> <dd>{what}</dd></div> };
    view! { <dl class="facts">{pairs.into_iter().map(pair).collect_view()}</dl> }
}

/// A word in a frame.
pub(crate) fn tag(text: impl Into<String>) -> impl IntoView {
    view! { <span class="tag">{text.into()}</span> }
}
