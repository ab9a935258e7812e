//! Short forms of the keys, to be compared by telephone.

use super::{Desk, rounds::Turn, rounds_view::Fingerprints};
use crate::i18n::{k, t};
use crate::pages::polls::ceremony::key_print;
use ballot::trustee::fingerprint;
use leptos::prelude::*;
use types::Timestamp;

/// The short forms of every key on the board, and of this trustee's own.
pub(super) fn fingerprints(turn: &Turn) -> Fingerprints {
    let Some(ceremony) = turn.course.ceremony() else { return Fingerprints::default() };
    let others =
        ceremony.indices().filter_map(|index| Some((index, fingerprint(&ceremony.commit_of(index)?.signing_key))));
    let date = |ms: u64| Timestamp(i64::try_from(ms).unwrap_or(i64::MAX));
    let dates = turn.course.manifest().map_or_else(Default::default, |m| (date(m.opens_at), date(m.closes_at)));
    Fingerprints {
        mine: turn.trustee.fingerprint(),
        others: others.collect(),
        joint: turn.course.joint_key().map(|key| key_print(&key)),
        opens_at: dates.0,
        closes_at: dates.1,
    }
}

/// My key with a tick once the board has it, the others', the box's lock.
#[component]
pub(super) fn Keys(desk: Desk, prints: RwSignal<Fingerprints>) -> impl IntoView {
    let name = move |index: u8| {
        desk.ceremony.with(|c| c.trustees.iter().find(|t| t.index == index).map(|t| t.name.clone()).unwrap_or_default())
    };
    let mine = move || {
        let prints = prints.get();
        let on_board = prints.others.iter().any(|(_, print)| *print == prints.mine);
        (!prints.mine.is_empty()).then(|| {
            view! {
                <dt>{t(k::ceremony::MY_KEY)}</dt>
                <dd><code class="mono">{prints.mine}</code> {on_board.then(|| view! { <span class="ok">" ✓ " {t(k::ceremony::MY_KEY_OK)}</span> })}</dd>
            }
        })
    };
    let others = move || {
        let prints = prints.get();
        let rest: Vec<_> = prints.others.into_iter().filter(|(_, print)| *print != prints.mine).collect();
        rest.into_iter()
            .map(|(index, print)| view! { <dt>{name(index)}</dt><dd><code class="mono">{print}</code></dd> })
            .collect_view()
    };
    let joint = move || {
        prints.get().joint.map(|print| {
            view! { <dt>{t(k::ceremony::JOINT_KEY)}</dt><dd><code class="mono">{print}</code></dd> }
        })
    };
    view! {
        <dl class="sheet keys">{mine} {others} {joint}</dl>
        <p class="quiet">{t(k::ceremony::JOINT_KEY_LEAD)}</p>
    }
}
