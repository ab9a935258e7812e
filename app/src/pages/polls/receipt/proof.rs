//! For those who ask: the proof behind the tick.

use super::verdict::Verdict;
use crate::i18n::{k, t};
use crate::pages::polls::{keepsake::Kept, parts::tracker_path};
use leptos::prelude::*;
use types::ids::PollId;

/// Hash, place, size, checkpoint; and the ballots that were opened as a test.
#[component]
pub(super) fn Proof(kept: Kept, seen: RwSignal<Verdict>, tested: Vec<String>, poll: PollId) -> impl IntoView {
    let found = move || match seen.get() {
        Verdict::Found(found) => Some(view! {
            <dt>{t(k::ballot::PROOF_PLACE)}</dt><dd class="num">{found.leaf}</dd>
            <dt>{t(k::ballot::PROOF_SIZE)}</dt><dd class="num">{found.head.size}</dd>
            <dt>{t(k::ballot::PROOF_STEPS)}</dt><dd class="num">{found.steps}</dd>
            <dt>{t(k::ballot::PROOF_CHECKPOINT)}</dt><dd><pre class="note">{found.head.note}</pre></dd>
        }),
        _ => None,
    };
    let tests = tested.into_iter().map(|tracker| {
        let href = format!("/polls/{poll}/challenge/{}", tracker_path(&tracker));
        view! { <li><a class="mono" href=href>{tracker}</a></li> }
    });
    let tests: Vec<_> = tests.collect();
    view! {
        <details class="proof">
            <summary>{t(k::ballot::PROOF)}</summary>
            <dl>
                <dt>{t(k::ballot::PROOF_HASH)}</dt><dd class="mono breakable">{kept.hash.to_string()}</dd>
                {found}
            </dl>
        </details>
        {(!tests.is_empty()).then(|| view! { <section><h2>{t(k::ballot::SAVED_CHALLENGED)}</h2><ul class="lines">{tests}</ul></section> })}
    }
}
