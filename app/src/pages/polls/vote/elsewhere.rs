//! The slot is bound to another device: perhaps a lost phone.

use super::{
    booth::Booth,
    screen::{bar, heading, line, main_button},
};
use crate::i18n::{k, t};
use leptos::prelude::*;

/// Explains, and asks the clerks for a new registration.
pub(super) fn elsewhere(booth: Booth, asked: bool) -> AnyView {
    let step = if asked {
        view! {
            <p role="status" class="notice">{t(k::ballot::LOST_ASKED)}</p>
            {bar(vec![main_button(t(k::ballot::LOST_RECHECK), move || booth.start_again())])}
        }
        .into_any()
    } else {
        bar(vec![main_button(t(k::ballot::LOST_ASK), move || booth.ask_reissue())])
    };
    view! { {heading(t(k::ballot::LOST_TITLE))} {line(t(k::ballot::LOST_LEAD))} {line(t(k::ballot::LOST_GONE))} {step} }
        .into_any()
}
