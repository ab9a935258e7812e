//! Things of paper and ink: the seal, the stamp, the receipt, text that people wrote, drawings made by the server.

use leptos::prelude::*;

/// The portal's seal 民.
pub(crate) fn seal() -> impl IntoView {
    view! { <span class="seal" aria-hidden="true">"民"</span> }
}

/// A stamp of two lines, e.g. 已入 票箱. The words are read out.
pub(crate) fn stamp(first: impl Into<String>, second: impl Into<String>) -> impl IntoView {
    view! { <p class="stamp"><span>{first.into()}</span> <span>{second.into()}</span></p> }
}

/// A receipt: a sheet with tear lines between its parts. `stamp` stands in its upper corner.
#[component]
pub(crate) fn Receipt(
    /// What it is, above the title.
    #[prop(into)]
    kind: String,
    /// Its title.
    #[prop(into)]
    title: String,
    /// The stamp.
    #[prop(optional)]
    stamp: Option<AnyView>,
    /// Lines below the title: the poll, the time.
    lines: Vec<AnyView>,
    /// Further parts, each below a tear line.
    parts: Vec<AnyView>,
) -> impl IntoView {
    view! {
        <article class="sheet receipt">
            <div class="receipt-part">
                {stamp}
                <p class="quiet">{kind}</p>
                <h2>{title}</h2>
                {lines.into_iter().map(|line| view! { <p>{line}</p> }).collect_view()}
            </div>
            {parts.into_iter().map(|part| view! { <div class="receipt-part">{part}</div> }).collect_view()}
        </article>
    }
}

/// A code in groups of four, to be read aloud and compared: `K7QD 4M2X P9RA ZC83`. `spoken` is what a screen reader says.
pub(crate) fn tracker(code: &str, spoken: impl Into<String>) -> impl IntoView {
    let plain: Vec<char> = code.chars().filter(char::is_ascii_alphanumeric).collect();
    let groups: Vec<String> = plain.chunks(4).map(|group| group.iter().collect()).collect();
    view! {
        <p class="tracker">
            <span class="visually-hidden">{spoken.into()}</span>
            {groups.into_iter().map(|group| view! { <code aria-hidden="true">{group}</code> }).collect_view()}
        </p>
    }
}

/// Text that the server has turned from Markdown into safe HTML with `crate::ssr::markdown`. Never pass anything else.
pub(crate) fn prose(html: impl Into<String>) -> impl IntoView {
    view! { <div class="prose" inner_html=html.into()></div> }
}

/// A drawing made by the server, e.g. a QR code of `crate::ssr::qr_svg`, with its words.
pub(crate) fn drawing(svg: impl Into<String>, words: impl Into<String>) -> impl IntoView {
    view! { <div class="drawing" role="img" aria-label=words.into() inner_html=svg.into()></div> }
}
