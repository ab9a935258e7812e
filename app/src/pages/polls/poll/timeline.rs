//! What happened to a poll, and what comes next.

use crate::i18n::{Key, k, t};
use crate::parts::{Moment, time, timeline};
use leptos::prelude::*;
use types::{
    Timestamp,
    polls::{KeyHolder, PollPage, TimelineEvent, TimelineKind},
};

/// The stations of the poll, in order.
#[component]
pub(super) fn Timeline(page: PollPage, now: Timestamp) -> impl IntoView {
    let system = page.card.key == KeyHolder::System;
    let current = page.timeline.iter().position(|event| !event.done);
    let moment = |(i, event): (usize, TimelineEvent)| {
        let when = event.at.map(|at| time::moment(at, now));
        let moment = Moment::new(when, t(name(event.kind, system)), event.done);
        if current == Some(i) { moment.running() } else { moment }
    };
    let moments = page.timeline.into_iter().enumerate().map(moment).collect();
    view! {
        <section>
            <h2>{t(k::polls::TIMELINE)}</h2>
            {timeline(moments)}
        </section>
    }
}

const fn name(kind: TimelineKind, system: bool) -> Key {
    match (kind, system) {
        (TimelineKind::Published, _) => k::polls::TL_PUBLISHED,
        (TimelineKind::KeyMade, false) => k::polls::TL_KEYS,
        (TimelineKind::KeyMade, true) => k::polls::TL_KEYS_SYSTEM,
        (TimelineKind::RollFrozen, _) => k::polls::TL_ROLL,
        (TimelineKind::Signed, _) => k::polls::TL_SIGNED,
        (TimelineKind::Opened, _) => k::polls::TL_OPEN,
        (TimelineKind::Closed, _) => k::polls::TL_CLOSE,
        (TimelineKind::Result, _) => k::polls::TL_RESULT,
    }
}
