//! The receipt: kept on this device, and checked again on each return.

pub(super) mod check;
mod file;
mod next;
mod proof;
mod slip;
mod verdict;

use super::{
    keepsake::Keepsake,
    parts,
    poll::{PollView, paper},
};
use crate::error::Answer;
use crate::i18n::{k, t};
use leptos::prelude::*;
use types::{ids::PollId, polls::BallotStatus};

/// What became of a ballot, with a proof that the board continues the one of size `since`.
#[server(prefix = "/ui", output = crate::wire::Reply)]
pub(crate) async fn find_ballot(poll: PollId, tracker: String, since: Option<u64>) -> Answer<BallotStatus> {
    let (service, caller) = crate::ssr::door().await?;
    Ok(service.ballot_status(&caller, poll, &tracker, since).await?)
}

/// `/polls/{id}/receipt`.
#[component]
pub(crate) fn ReceiptPage() -> impl IntoView {
    crate::parts::loaded(paper(), |view| view! { <Receipts view/> })
}

/// Every receipt of this poll that the device keeps: a family may share it.
#[component]
fn Receipts(view: PollView) -> impl IntoView {
    let poll = view.page.card.poll;
    let kept = RwSignal::new(None);
    Effect::new(move |_| kept.set(Some(Keepsake::all(poll))));
    let page = StoredValue::new(view);
    let slips = move || {
        let kept = kept.get()?;
        let slips: Vec<_> = kept.into_iter().filter(|(_, keepsake)| keepsake.receipt.is_some()).collect();
        Some(if slips.is_empty() {
            view! { <NoReceipt poll/> }.into_any()
        } else {
            let slip = |(slot, keepsake)| view! { <slip::Slip view=page.get_value() place=slot keepsake/> };
            slips.into_iter().map(slip).collect_view().into_any()
        })
    };
    view! {
        {crate::parts::title(t(k::ballot::RECEIPT))}
        <parts::SystemLabel key=page.with_value(|view| view.page.card.key)/>
        <noscript><p class="notice">{t(k::ballot::RECEIPT_NOJS)}</p></noscript>
        {slips}
        <next::Next view=page.get_value()/>
    }
}

#[component]
fn NoReceipt(poll: PollId) -> impl IntoView {
    view! {
        <section class="notice">
            <h2>{t(k::ballot::RECEIPT_NONE_TITLE)}</h2>
            <p>{t(k::ballot::RECEIPT_NONE)}</p>
            <p><a class="button quiet" href=format!("/polls/{poll}")>{t(k::ballot::TO_POLL)}</a></p>
        </section>
    }
}
