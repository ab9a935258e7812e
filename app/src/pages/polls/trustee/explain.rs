//! What a trustee does, before anything is made.

use super::{Desk, Stage, secret::Secret};
use crate::i18n::{k, t, tf};
use crate::pages::polls::device::DeviceRng;
use crate::parts;
use ballot::RecoveryCode;
use leptos::prelude::*;
use types::polls::KeyHolder;

/// Four sentences, and two ways on.
#[component]
pub(super) fn Explain(desk: Desk) -> impl IntoView {
    let (poll, key) = desk.ceremony.with_untracked(|ceremony| (ceremony.poll, ceremony.key));
    let needed = match key {
        KeyHolder::Trustees { k, .. } => k,
        KeyHolder::System => 1,
    };
    let blocked = RwSignal::new(false);
    let begin = move |_| {
        let made = DeviceRng::open().map(|mut rng| RecoveryCode::generate(&mut rng).to_string());
        // The code is kept before it is shown: leaving the page must not make a second one.
        match made.map(|code| Secret::new(code, false)) {
            Some(secret) if secret.keep(poll) => desk.stage.set(Stage::Code(secret.code)),
            _ => blocked.set(true),
        }
    };
    let lines = [k::ceremony::ROLE_1, k::ceremony::ROLE_2, k::ceremony::ROLE_3, k::ceremony::ROLE_4];
    let line = move |key| view! { <li>{tf(key, &[("k", &needed)])}</li> };
    view! {
        <section>
            <h2>{t(k::ceremony::ROLE)}</h2>
            <ol>{lines.into_iter().map(line).collect_view()}</ol>
            {move || blocked.get().then(|| view! { <parts::Notice kind=parts::Kind::Bad><p>{t(k::ballot::STORAGE_BLOCKED)}</p></parts::Notice> })}
            <div class="actions needs-alive">
                <button class="button primary" on:click=begin>{t(k::ceremony::BEGIN)}</button>
                <button class="button" on:click=move |_| desk.stage.set(Stage::Restore)>{t(k::ceremony::HAVE_CODE)}</button>
            </div>
        </section>
    }
}
