//! Where the public record is, and what has not been reviewed yet.

use crate::i18n::{k, t};
use leptos::prelude::*;
use types::polls::PollPage;

/// Links to what anybody can download.
#[component]
pub(super) fn Record(page: PollPage, lock: Option<String>) -> impl IntoView {
    let poll = page.card.poll;
    view! {
        <section>
            <h2>{t(k::polls::RECORD)}</h2>
            <p>{t(k::polls::RECORD_LEAD)}</p>
            <ul class="lines">
                <li><a rel="external" href=format!("/api/v1/polls/{poll}/board/checkpoint")>{t(k::polls::RECORD_BOARD)}</a></li>
                <li><a rel="external" href=format!("/api/v1/polls/{poll}/manifest")>{t(k::polls::RECORD_MANIFEST)}</a></li>
            </ul>
            {lock.map(|lock| view! {
                <p>{t(k::ceremony::JOINT_KEY)} " " <code class="mono">{lock}</code> <br/> <span class="small">{t(k::polls::RECORD_LOCK)}</span></p>
            })}
            <p class="small mono breakable">{page.manifest_hash.to_string()}</p>
            <p class="small">{t(k::polls::RECORD_REVIEW)}</p>
        </section>
    }
}
