//! What comes next, in three lines.

use crate::i18n::{k, t, tf};
use crate::pages::polls::poll::PollView;
use crate::parts::time;
use leptos::prelude::*;
use types::polls::{KeyHolder, PollState};

/// The close, the opening, the result.
#[component]
pub(super) fn Next(view: PollView) -> impl IntoView {
    let PollView { page, now, .. } = view;
    let poll = page.card.poll;
    if matches!(page.card.state, PollState::Finished | PollState::Counting) {
        return view! { <p><a class="button" href=format!("/polls/{poll}/result")>{t(k::polls::GO_RESULT)}</a></p> }
            .into_any();
    }
    let open = match page.card.key {
        KeyHolder::Trustees { k: needed, n } => tf(k::ballot::NEXT_OPEN, &[("n", &n), ("k", &needed)]),
        KeyHolder::System => t(k::ballot::NEXT_OPEN_SYSTEM).to_owned(),
    };
    view! {
        <section>
            <h2>{t(k::ballot::NEXT)}</h2>
            <dl class="sheet next">
                <div><dt>{time::moment(page.card.closes_at, now)}</dt><dd>{t(k::ballot::NEXT_CLOSE)}</dd></div>
                <div><dt>{t(k::ballot::NEXT_AFTER)}</dt><dd>{open}</dd></div>
                <div><dt>{t(k::ballot::NEXT_THEN)}</dt><dd>{t(k::ballot::NEXT_RESULT)}</dd></div>
            </dl>
        </section>
    }
    .into_any()
}
