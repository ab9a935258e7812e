//! A poll: what is asked, by which rule, who may vote, what happened and what comes next.

mod head;
pub(crate) mod next_step;
mod people;
mod questions;
pub(crate) mod read_aloud;
mod record;
mod rule;
mod share;
mod slot;
mod timeline;

#[cfg(feature = "ssr")]
use super::ceremony::key_print;
use super::{parts, words};
use crate::error::Answer;
use crate::i18n::{k, t};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use types::{Timestamp, ids::PollId, polls};

/// A poll as its page shows it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct PollView {
    /// The poll, without its text.
    pub(crate) page: polls::PollPage,
    /// The text as safe HTML.
    pub(crate) html: String,
    /// The server's clock.
    pub(crate) now: Timestamp,
    /// The short form of the key that ballots are sealed to, once it stands.
    pub(crate) lock: Option<String>,
}

/// A poll, for everybody who may see it.
#[server(prefix = "/ui", output = crate::wire::Reply)]
pub(crate) async fn fetch_poll(poll: PollId) -> Answer<PollView> {
    let (service, caller) = crate::ssr::door().await?;
    let mut page = service.poll_page(&caller, poll).await?;
    // Pictures are written as `![what](attachment:<id>)`.
    let text = std::mem::take(&mut page.text).replace("](attachment:", &format!("](/api/v1/polls/{poll}/attachments/"));
    let lock = page.joint_key.map(|key| key_print(&key.0));
    Ok(PollView { html: crate::ssr::markdown(&text), now: service.now(), page, lock })
}

/// The poll that the address names.
pub(crate) fn paper() -> crate::parts::Fetched<PollView> {
    parts::of_poll(fetch_poll)
}

/// `/polls/{id}`.
#[component]
pub(crate) fn PollPage() -> impl IntoView {
    crate::parts::loaded(paper(), |view| view! { <Poll view/> })
}

/// The whole page of a poll.
#[component]
pub(crate) fn Poll(view: PollView) -> impl IntoView {
    let PollView { page, html, now, lock } = view;
    view! {
        <article class="poll">
            <head::Head page=page.clone() now/>
            <section id="materials" class="materials" lang=page.language.clone()>
                {(!html.is_empty()).then(|| view! { <h2>{t(k::polls::MATERIALS)}</h2> {crate::parts::prose(html)} })}
                <Attachments page=page.clone()/>
            </section>
            <questions::Questions page=page.clone()/>
            <rule::Rule page=page.clone()/>
            <rule::Who page=page.clone()/>
            <timeline::Timeline page=page.clone() now/>
            <people::People page=page.clone()/>
            <slot::Slot page=page.clone() now/>
            <share::Share page=page.clone()/>
            <record::Record page lock/>
        </article>
    }
}

#[component]
fn Attachments(page: polls::PollPage) -> impl IntoView {
    let poll = page.card.poll;
    (!page.attachments.is_empty()).then(|| {
        let files = page.attachments.into_iter().map(|file| {
            let size = words::file_size(file.bytes);
            let href = format!("/api/v1/polls/{poll}/attachments/{}", file.id);
            view! { <li><a href=href rel="external" class="breakable">{file.name}</a> <span class="small num">{size}</span></li> }
        });
        view! { <h3>{t(k::polls::ATTACHMENTS)}</h3> <ul class="lines">{files.collect_view()}</ul> }
    })
}
