//! Who opened the box, with the entries that prove it.

use crate::i18n::{k, t, tf};
use crate::parts::number;
use leptos::prelude::*;
use types::polls::{PollResult, ShareLine};

/// The trustees' shares.
#[component]
pub(super) fn Proofs(result: PollResult) -> impl IntoView {
    let line = |share: ShareLine| {
        let name = if share.name.is_empty() { t(k::verify::SHARE_SYSTEM).to_owned() } else { share.name };
        let say = match share.leaf {
            Some(leaf) => tf(k::verify::SHARE_IN, &[("name", &name), ("leaf", &number(leaf))]),
            None => tf(k::verify::SHARE_OUT, &[("name", &name)]),
        };
        view! { <li>{say}</li> }
    };
    view! {
        <section>
            <h2>{t(k::verify::SHARES)}</h2>
            <p>{t(k::verify::SHARES_LEAD)}</p>
            <ul>{result.shares.into_iter().map(line).collect_view()}</ul>
            <p class="quiet">{tf(k::verify::BALLOTS_NOTE, &[("n", &number(result.ballots)), ("c", &result.challenged)])}</p>
        </section>
    }
}
