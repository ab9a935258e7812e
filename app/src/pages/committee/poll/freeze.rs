//! The roll is frozen: the counts by building, and the yes.

use crate::{
    error::Answer,
    i18n::{k, t},
    parts::{Check, Form, Frame, Hidden, Table, number},
};
use leptos::{prelude::*, server_fn::ServerFn as _};
use types::{
    ids::PollId,
    polls::{BuildingCount, SlotCounts},
};

/// Freezes; `checked` must be true.
#[server(prefix = "/ui", output = crate::wire::Reply)]
pub(crate) async fn roll_freeze(poll: PollId, #[server(default)] checked: bool) -> Answer<()> {
    let (service, caller) = crate::ssr::door().await?;
    if !checked {
        return Err(types::Problem::field("checked", "required").into());
    }
    service.freeze_roll(&caller, poll).await?;
    Ok(())
}

#[component]
pub(super) fn Freeze(poll: PollId, counts: SlotCounts, again: Callback<()>) -> impl IntoView {
    view! {
        <Frame title=t(k::committee_poll::ROLL_TITLE)>
            <Counts counts/>
            <p class="quiet">{t(k::committee_poll::FREEZE_NOTE)}</p>
            <Form to=RollFreeze::url() submit=t(k::committee_poll::FREEZE) done=again>
                <Hidden name="poll" value=poll.to_string()/>
                <Check name="checked" label=t(k::committee_poll::FREEZE_CHECK)/>
            </Form>
        </Frame>
    }
}

/// Slots by building, and in all.
#[component]
pub(super) fn Counts(counts: SlotCounts) -> impl IntoView {
    let row =
        |name: String, slots: u64| view! { <tr><th scope="row">{name}</th> <td class="num">{number(slots)}</td></tr> };
    let rows =
        counts.buildings.into_iter().map(|BuildingCount { building, slots }| row(building, slots)).collect_view();
    let head = vec![t(k::committee_poll::ROLL_BUILDING).to_owned(), t(k::committee_poll::ROLL_SLOTS).to_owned()];
    view! {
        <Table caption=t(k::committee_poll::ROLL_TITLE) head>{rows} {row(t(k::committee_poll::ROLL_TOTAL).to_owned(), counts.slots)}</Table>
    }
}
