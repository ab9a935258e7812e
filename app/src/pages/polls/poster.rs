//! `/polls/{id}/poster`: an A4 page for the notice board, black on white, with a QR code.

use super::{parts::of_poll, words};
use crate::error::Answer;
use crate::i18n::{k, t, tf};
use crate::parts::{self, time};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use types::{Timestamp, ids::PollId, polls::PollPage};

/// What stands on the poster.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Poster {
    page: PollPage,
    url: String,
    qr: String,
    now: Timestamp,
    /// The short form of the key that ballots are sealed to, once it stands.
    lock: Option<String>,
}

/// A poll and the QR code of its address.
#[server(prefix = "/ui", output = crate::wire::Reply)]
pub(crate) async fn poll_poster(poll: PollId) -> Answer<Poster> {
    let (service, caller) = crate::ssr::door().await?;
    let page = service.poll_page(&caller, poll).await?;
    let url = format!("{}/polls/{poll}", service.public_url());
    let lock = page.joint_key.map(|key| super::ceremony::key_print(&key.0));
    Ok(Poster { qr: crate::ssr::qr_svg(&url), url, now: service.now(), page, lock })
}

/// The page.
#[component]
pub(crate) fn PosterPage() -> impl IntoView {
    parts::loaded(of_poll(poll_poster), |poster| view! { <Show poster/> })
}

#[component]
fn Show(poster: Poster) -> impl IntoView {
    let Poster { page, url, qr, now, lock } = poster;
    let questions = page.questions.iter().map(|question| {
        let options = question.options.iter().map(|option| view! { <li>{option.clone()}</li> });
        view! { <div class="poster-question"><h2>{question.title.clone()}</h2> <ol>{options.collect_view()}</ol></div> }
    });
    view! {
        <p class="no-print actions">
            <a class="button" href=format!("/polls/{}", page.card.poll)>{t(k::polls::BACK)}</a>
            <parts::PrintButton/>
        </p>
        <article class="poster" lang=page.language.clone()>
            <p class="poster-over">{page.card.area_name.clone()} " · " {t(k::polls::POSTER_TITLE)}</p>
            {parts::title(page.card.title.clone())}
            <p class="poster-when">{tf(k::parts::WHEN_OPENS, &[("when", &time::exact(page.card.opens_at))])} <br/> {tf(k::parts::WHEN_CLOSES, &[("when", &time::exact(page.card.closes_at))])}</p>
            {questions.collect_view()}
            <p>{words::rule_short(&page)}</p>
            {words::system_label(page.card.key)}
            <div class="poster-foot">
                {parts::drawing(qr, tf(k::polls::POSTER_QR, &[("url", &url)]))}
                <div>
                    <p><strong>{t(k::polls::POSTER_SCAN)}</strong></p>
                    <p class="breakable">{url}</p>
                    <p>{t(k::polls::OTHER_DESK)}</p>
                    <p>{t(k::polls::OTHER_PAPER)}</p>
                </div>
            </div>
            {lock.map(|lock| view! {
                <p>{t(k::ceremony::JOINT_KEY)} " " <strong class="mono">{lock}</strong> " " {t(k::polls::POSTER_LOCK)}</p>
            })}
            <p class="quiet">{time::day(now)}</p>
        </article>
    }
}
