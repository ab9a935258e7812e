//! A sealed ballot of an earlier visit, of which nobody knows whether it arrived.

use super::{
    booth::Booth,
    screen::{bar, heading, line, main_button, side_button},
};
use crate::i18n::{k, t};
use crate::pages::polls::parts::tracker as tracker_view;
use leptos::prelude::*;

/// Send it again, or start over.
pub(super) fn unsent(booth: Booth) -> AnyView {
    let tracker = booth.with(|ready| ready.keepsake.pending.as_ref().map(|pending| pending.tracker.clone())).flatten();
    view! {
        {heading(t(k::ballot::PENDING_TITLE))}
        {line(t(k::ballot::PENDING_LEAD))}
        {tracker.map(|code| tracker_view(&code))}
        {bar(vec![
            main_button(t(k::ballot::PENDING_SEND), move || booth.send_pending()),
            side_button(t(k::ballot::PENDING_DROP), move || booth.drop_pending()),
        ])}
    }
    .into_any()
}
