//! What happened and what comes next.

use crate::i18n::{k, t};
use leptos::prelude::*;

/// One point of a timeline.
pub(crate) struct Moment {
    /// When, in words or as `<time>`.
    pub(crate) when: AnyView,
    /// What.
    pub(crate) what: AnyView,
    /// It has happened.
    pub(crate) done: bool,
    /// It is on now.
    pub(crate) now: bool,
}

impl Moment {
    /// Something to come, or with `done` something past.
    pub(crate) fn new(when: impl IntoView + 'static, what: impl IntoView + 'static, done: bool) -> Self {
        Self { when: when.into_any(), what: what.into_any(), done, now: false }
    }

    /// The same, on now.
    pub(crate) fn running(self) -> Self {
        Self { now: true, ..self }
    }
}

/// The points in their order.
pub(crate) fn timeline(moments: Vec<Moment>) -> impl IntoView {
    let point = |moment: Moment| {
        let (look, word) = match (moment.now, moment.done) {
            (true, _) => ("now", k::parts::TIME_NOW),
            (false, true) => ("done", k::parts::TIME_DONE),
            (false, false) => ("next", k::parts::TIME_NEXT),
        };
        view! {
            <li class=look>
                <span class="when">{moment.when}</span>
                <span class="what">{moment.what} <span class="visually-hidden">{t(word)}</span></span>
            </li>
        }
    };
    view! { <ol class="timeline">{moments.into_iter().map(point).collect_view()}</ol> }
}
