//! Am I on the roll, and is it really me? Checked on this device against the public board. And: what was recorded for me.

use crate::error::Answer;
use crate::i18n::{k, t, tf};
use crate::pages::polls::board::Board;
use crate::parts::{answered, time};
use ballot::{Entry, Payload, PollId as BallotPoll, roll::commit};
use leptos::prelude::*;
use types::{
    Timestamp,
    ids::PollId,
    polls::{MyRecord, MySlot, PollPage, PollState, Standing},
};

/// The caller's slot with what its commitment was made from.
#[server(prefix = "/ui", output = crate::wire::Reply)]
pub(crate) async fn fetch_slot(poll: PollId) -> Answer<MySlot> {
    let (service, caller) = crate::ssr::door().await?;
    Ok(service.my_slot(&caller, poll).await?)
}

/// What was recorded for the caller's slot.
#[server(prefix = "/ui", output = crate::wire::Reply)]
pub(crate) async fn fetch_record(poll: PollId) -> Answer<MyRecord> {
    let (service, caller) = crate::ssr::door().await?;
    Ok(service.my_record(&caller, poll).await?)
}

/// The check and the record, for those on the roll.
#[component]
pub(super) fn Slot(page: PollPage, now: Timestamp) -> impl IntoView {
    let frozen = matches!(
        page.card.state,
        PollState::Signing | PollState::Scheduled | PollState::Open | PollState::Counting | PollState::Finished
    );
    let inside = match (frozen, page.standing) {
        (false, _) => return ().into_any(),
        (_, Standing::OnRoll) => view! { <Check poll=page.card.poll/> <Recorded poll=page.card.poll now/> }.into_any(),
        (_, Standing::SignedOut) => view! { <p class="small">{t(k::polls::SLOT_SIGN_IN)}</p> }.into_any(),
        _ => view! { <p class="small">{t(k::polls::NOT_ON_ROLL)}</p> }.into_any(),
    };
    view! {
        <section>
            <h2>{t(k::polls::SLOT)}</h2>
            <p>{t(k::polls::SLOT_LEAD)}</p>
            {inside}
        </section>
    }
    .into_any()
}

#[component]
fn Check(poll: PollId) -> impl IntoView {
    let check = Action::new_local(move |(): &()| async move {
        let slot = fetch_slot(poll).await.ok()?;
        Some((slot.slot, stands(poll, slot).await?))
    });
    let say = move || {
        check.value().get().map(|found| match found {
            Some((n, true)) => view! { <p class="ok">{tf(k::polls::SLOT_OK, &[("n", &n)])}</p> }.into_any(),
            Some((_, false)) => view! { <p class="notice alarm" role="alert">{t(k::polls::SLOT_BAD)}</p> }.into_any(),
            None => view! { <p class="small">{t(k::parts::OFFLINE)}</p> }.into_any(),
        })
    };
    view! {
        <button class="button needs-alive" disabled=move || check.pending().get() on:click=move |_| { check.dispatch(()); }>
            {t(k::polls::SLOT_BUTTON)}
        </button>
        <div role="status">{say}</div>
    }
}

/// Whether the board's commitment for this slot is the one that follows from what the server told the caller.
#[lazy]
async fn stands(poll: PollId, mine: MySlot) -> Option<bool> {
    let entry = Board::of(poll).entry(mine.leaf, mine.leaf + 1).await.ok()?;
    let Payload::RollPart(part) = Entry::decode(&entry).ok()?.payload else { return Some(false) };
    let place = usize::try_from(mine.slot.checked_sub(part.first)?).ok()?;
    let expected = commit(BallotPoll(poll.0), mine.slot, &mine.salt.0, &mine.person);
    Some(part.slots.get(place).is_some_and(|slot| slot.commitment == expected))
}

#[component]
fn Recorded(poll: PollId, now: Timestamp) -> impl IntoView {
    let record = crate::parts::fetched(|| (), move |()| fetch_record(poll));
    view! {
        <h3>{t(k::polls::SLOT_RECORDED)}</h3>
        {answered(record, || ().into_any(), move |record| lines(record, now))}
    }
}

fn lines(record: Answer<MyRecord>, now: Timestamp) -> AnyView {
    let Ok(record) = record else {
        return view! { <p class="small">{t(k::parts::OFFLINE)}</p> }.into_any();
    };
    if record.ballots == 0 {
        return view! { <p>{t(k::polls::SLOT_RECORDED_NONE)}</p> }.into_any();
    }
    let lines = record.last.into_iter().map(|ballot| {
        let when = time::when(ballot.at, now);
        view! { <li>{tf(k::polls::SLOT_RECORDED_PHONE, &[("when", &when), ("n", &ballot.number)])} " " <span class="mono">{ballot.tracker}</span></li> }
    });
    view! { <ul class="lines">{lines.collect_view()}</ul> }.into_any()
}
