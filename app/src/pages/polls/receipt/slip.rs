//! One receipt as it looks: stamp, code, and what was just checked.

use super::{
    check::Alarm,
    file,
    proof::Proof,
    verdict::{Verdict, verdict},
};
use crate::i18n::{k, t, tf};
use crate::pages::polls::{
    device,
    keepsake::{Keepsake, Kept},
    parts::tracker,
    poll::PollView,
};
use crate::parts::time;
use leptos::{prelude::*, task::spawn_local};
use types::ids::PollId;
use types::polls::{BallotStanding, KeyHolder, PollState};

/// The receipt of one slot.
#[component]
pub(super) fn Slip(view: PollView, place: u32, keepsake: Keepsake) -> impl IntoView {
    let Some(kept) = keepsake.receipt.clone() else { return ().into_any() };
    let PollView { page, now, .. } = view;
    let poll = page.card.poll;
    let seen = RwSignal::new(Verdict::Checking);
    let ask = move || {
        seen.set(Verdict::Checking);
        spawn_local(async move {
            let found = verdict(poll, place).await;
            let _ = seen.try_set(found);
        });
    };
    Effect::new(move |_| ask());
    let system = page.card.key == KeyHolder::System;
    let stored = StoredValue::new(kept.clone());
    let save = move |_| {
        stored.with_value(|kept| device::download(&file::name(kept), &file::text(poll, kept, &seen.get_untracked())))
    };
    let open = page.card.state == PollState::Open;
    let finished = page.card.state == PollState::Finished;
    view! {
        <section class="sheet slip">
            <div class="slip-head">
                <p class="small">{t(k::ballot::RECEIPT)}</p>
                <h2>{t(k::ballot::RECEIPT_TITLE)}</h2>
                {crate::parts::stamp(t(k::ballot::STAMP_1), t(k::ballot::STAMP_2))}
                <p class="second">{kept.title.clone()}</p>
                <p class="second">{time::moment(kept.at, now)}</p>
            </div>
            <div class="slip-code">
                <p class="small">{t(k::ballot::TRACKER)}</p>
                {tracker(&kept.tracker)}
            </div>
            <div class="slip-check" aria-live="polite">
                {move || say(&seen.get(), &stored.get_value(), system)}
                {move || matches!(seen.get(), Verdict::Found(_)).then(|| standing(poll, finished))}
            </div>
        </section>
        <div class="actions needs-script">
            <button class="button quiet" on:click=save>{t(k::ballot::SAVE)}</button>
            {open.then(|| view! { <a class="button quiet" href=format!("/polls/{poll}/vote")>{t(k::ballot::REVOTE)}</a> })}
        </div>
        <p class="needs-script no-print">
            <button class="plain" on:click=move |_| ask()>{t(k::ballot::RECEIPT_RECHECK)}</button> " "
            <button class="plain" on:click=|_| device::print()>{t(k::ballot::SAVE_PRINT)}</button>
        </p>
        <Proof kept seen tested=keepsake.tested poll/>
    }
    .into_any()
}

/// Whether a ballot counts depends on the ones after it, which a receipt does not prove: the recount does.
fn standing(poll: PollId, finished: bool) -> impl IntoView {
    let recount = finished.then(|| {
        view! { " " <a href=format!("/polls/{poll}/result#recount")>{t(k::verify::RECOUNT)}</a> }
    });
    view! { <p class="small">{t(k::ballot::RECEIPT_STANDING)} {recount}</p> }
}

fn say(seen: &Verdict, kept: &Kept, system: bool) -> AnyView {
    match seen {
        Verdict::Checking => view! { <p class="small">{t(k::ballot::RECEIPT_CHECKING)}</p> }.into_any(),
        Verdict::Offline => {
            let when = kept.checked_at.map_or_else(|| "—".to_owned(), time::exact);
            view! { <p class="small">{tf(k::ballot::RECEIPT_OFFLINE, &[("when", &when)])}</p> }.into_any()
        }
        Verdict::Found(found) if found.standing == BallotStanding::Counts => {
            let note = if system { k::ballot::RECEIPT_OK_NOTE_SYSTEM } else { k::ballot::RECEIPT_OK_NOTE };
            view! {
                <p class="checked"><span class="ok" aria-hidden="true">"✓"</span> {tf(k::ballot::RECEIPT_OK, &[("n", &(found.leaf + 1))])}</p>
                <p class="small">{t(note)}</p>
            }
            .into_any()
        }
        Verdict::Found(_) => view! {
            <p>{t(k::ballot::RECEIPT_REPLACED)}</p>
            <p class="small">{t(k::ballot::RECEIPT_REPLACED_ALARM)}</p>
        }
        .into_any(),
        Verdict::Alarm(alarm) => {
            let what = match alarm {
                Alarm::BadLog => k::ballot::RECEIPT_BAD_LOG,
                Alarm::Fork => k::ballot::RECEIPT_FORK,
                Alarm::Missing => k::ballot::RECEIPT_MISSING,
            };
            view! {
                <div class="notice alarm" role="alert">
                    <p><strong>{t(what)}</strong></p>
                    <p>{t(k::ballot::RECEIPT_ALARM_DO)}</p>
                </div>
            }
            .into_any()
        }
    }
}
