//! A ballot that was opened to test the device.

use super::{
    booth::{Booth, Phase},
    screen::{bar, heading, line, main_button},
    sentence::choices as sheet,
};
use crate::i18n::{k, t};
use crate::pages::polls::parts::{tracker as tracker_view, tracker_path};
use leptos::prelude::*;

/// What the opened ballot holds, and how to test it elsewhere.
pub(super) fn opened(booth: Booth, tracker: &str, choices: &[Vec<u16>]) -> AnyView {
    let page = booth.page.get_value();
    let address = format!("/polls/{}/challenge/{}", page.card.poll, tracker_path(tracker));
    view! {
        {heading(t(k::ballot::OPENED_TITLE))}
        {line(t(k::ballot::OPENED_LEAD))}
        {sheet(&page.questions, choices)}
        {tracker_view(tracker)}
        {line(t(k::ballot::CHALLENGE_YOURS))}
        {line(t(k::ballot::OPENED_ELSEWHERE))}
        <p><a href=address.clone() class="breakable">{address.clone()}</a></p>
        {bar(vec![main_button(t(k::ballot::OPENED_AGAIN), move || booth.phase.set(Phase::Check))])}
    }
    .into_any()
}
