//! Another device, or a cleared one: the code from paper brings everything back.

use super::{Desk, Stage, code::CodeForm, secret::Secret};
use crate::i18n::{k, t};
use crate::pages::polls::parts::focus_here;
use ballot::RecoveryCode;
use leptos::prelude::*;

/// Takes a code and goes on with it. Whether it is this trustee's shows when it is compared with the board.
#[component]
pub(super) fn Restore(desk: Desk) -> impl IntoView {
    let typed = RwSignal::new(String::new());
    let wrong = RwSignal::new(false);
    let poll = desk.ceremony.with_untracked(|ceremony| ceremony.poll);
    let restore = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        match typed.with_untracked(|typed| typed.parse::<RecoveryCode>()) {
            Ok(code) => {
                let code = code.to_string();
                let _ = Secret::new(code.clone(), true).keep(poll);
                desk.alarm.set(None);
                desk.stage.set(Stage::Work(code));
            }
            Err(_) => wrong.set(true),
        }
    };
    let title = focus_here();
    view! {
        <section>
            <h2 tabindex="-1" node_ref=title>{t(k::ceremony::RESTORE_TITLE)}</h2>
            <p>{t(k::ceremony::RESTORE_LEAD)}</p>
            <CodeForm typed wrong problem=k::ceremony::RESTORE_BAD go=k::ceremony::RESTORE on_submit=Callback::new(restore)/>
        </section>
    }
}
