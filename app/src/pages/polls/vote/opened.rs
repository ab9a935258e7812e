//! A ballot that was opened to test the device.

use super::{
    blocked::blocked,
    booth::{Booth, Phase},
    ready::Trouble,
    screen::{bar, heading, line, main_button},
    sentence::choices as sheet,
};
use crate::i18n::{k, t};
use crate::pages::polls::parts::{tracker as tracker_view, tracker_path};
use ballot::sealed::reveal;
use leptos::prelude::*;
use types::bytes::Blob;

/// What the opened ballot holds, encrypted here once more, and how to test it elsewhere.
pub(super) fn opened(booth: Booth, entry: &Blob) -> AnyView {
    let revealed = booth.with(|ready| reveal(&ready.context, &entry.0).ok()).flatten();
    let Some(revealed) = revealed else { return blocked(booth, Trouble::Mismatch) };
    let page = booth.page.get_value();
    let tracker = revealed.tracker.to_string();
    let address = format!("/polls/{}/challenge/{}", page.card.poll, tracker_path(&tracker));
    view! {
        {heading(t(k::ballot::OPENED_TITLE))}
        {line(t(k::ballot::OPENED_LEAD))}
        {sheet(&page.questions, &revealed.choices)}
        {tracker_view(&tracker)}
        {line(t(k::ballot::CHALLENGE_YOURS))}
        {line(t(k::ballot::OPENED_ELSEWHERE))}
        <p><a href=address.clone() class="breakable">{address.clone()}</a></p>
        {bar(vec![main_button(t(k::ballot::OPENED_AGAIN), move || booth.phase.set(Phase::Check))])}
    }
    .into_any()
}
