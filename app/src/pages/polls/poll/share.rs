//! Passing a poll on: to neighbours, to the notice board.

use crate::i18n::{k, t};
use crate::pages::polls::device::{copy, share};
use leptos::{prelude::*, task::spawn_local};
use types::polls::PollPage;

/// The address, the share sheet, the poster.
#[component]
pub(super) fn Share(page: PollPage) -> impl IntoView {
    let poll = page.card.poll;
    let title = page.card.title;
    let url = format!("{}/polls/{poll}", crate::page::site().public_url);
    let copied = RwSignal::new(false);
    let pass_on = move |_| {
        let (title, url) = (title.clone(), url.clone());
        spawn_local(async move {
            if !share(&title, &url).await {
                copied.set(copy(&url).await);
            }
        });
    };
    view! {
        <section>
            <h2>{t(k::polls::SHARE)}</h2>
            <div class="buttons">
                <button class="button needs-alive" on:click=pass_on>{t(k::polls::SHARE_BUTTON)}</button>
                <a class="button" href=format!("/polls/{poll}/poster")>{t(k::polls::POSTER)}</a>
            </div>
            <p class="small" role="status">{move || copied.get().then(|| t(k::polls::SHARE_COPIED))}</p>
        </section>
    }
}
