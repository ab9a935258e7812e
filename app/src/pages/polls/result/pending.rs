//! When there are no totals: not yet, or never.

use crate::i18n::{k, t, tf};
use crate::parts;
use leptos::prelude::*;
use types::{
    ids::PollId,
    polls::{KeyHolder, PollResult},
};

/// Voting has not closed.
pub(super) fn not_closed(poll: Option<PollId>) -> AnyView {
    let href = poll.map_or_else(|| "/polls".to_owned(), |poll| format!("/polls/{poll}"));
    view! {
        {parts::title(t(k::verify::TITLE))}
        <p>{t(k::verify::NOT_CLOSED)}</p>
        <p>{parts::side_link(href, t(k::verify::TO_POLL))}</p>
    }
    .into_any()
}

/// Shares are missing.
pub(super) fn waiting(result: &PollResult) -> AnyView {
    let say = match result.key {
        KeyHolder::Trustees { k: needed, n } => {
            let have = result.shares.iter().filter(|share| share.leaf.is_some()).count();
            tf(k::verify::PENDING_LEAD, &[("n", &n), ("k", &needed), ("have", &have)])
        }
        KeyHolder::System => t(k::verify::PENDING_SYSTEM).to_owned(),
    };
    view! { <p>{say}</p> }.into_any()
}

/// Too few ballots: nobody opens the totals.
pub(super) fn withheld(voted: u64, needed: u64) -> AnyView {
    view! {
        <parts::Notice kind=parts::Kind::Care>
            <p>{tf(k::verify::WITHHELD, &[("voted", &voted), ("needed", &needed)])}</p>
            <p>{t(k::verify::WITHHELD_NEXT)}</p>
        </parts::Notice>
    }
    .into_any()
}
