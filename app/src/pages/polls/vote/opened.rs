//! A ballot that was opened to test the device.

use super::{
    booth::{Booth, Phase},
    sentence::chosen,
};
use crate::i18n::{k, t};
use crate::pages::polls::parts::{focus_here, tracker as tracker_view, tracker_path};
use leptos::prelude::*;

/// What the opened ballot holds, and how to test it elsewhere.
#[component]
pub(super) fn Opened(booth: Booth, tracker: String, choices: Vec<Vec<u16>>) -> impl IntoView {
    let page = booth.page.get_value();
    let address = format!("/polls/{}/challenge/{}", page.card.poll, tracker_path(&tracker));
    let rows = page.questions.iter().zip(&choices).map(|(question, marks)| {
        view! { <div class="check-row"><dt>{question.title.clone()}</dt><dd><strong>{chosen(question, marks)}</strong></dd></div> }
    });
    let title = focus_here();
    view! {
        <h1 class="booth-title" tabindex="-1" node_ref=title>{t(k::ballot::OPENED_TITLE)}</h1>
        <p>{t(k::ballot::OPENED_LEAD)}</p>
        <dl class="sheet">{rows.collect_view()}</dl>
        {tracker_view(&tracker)}
        <p>{t(k::ballot::CHALLENGE_YOURS)}</p>
        <p>{t(k::ballot::OPENED_ELSEWHERE)}</p>
        <p><a href=address.clone() class="breakable">{address.clone()}</a></p>
        <div class="bottom-bar needs-alive">
            <button class="button primary wide" on:click=move |_| booth.phase.set(Phase::Check)>{t(k::ballot::OPENED_AGAIN)}</button>
        </div>
    }
}
