//! A trustee's list of duties, for the page of one's own things.

use super::calls::trustee_polls;
use crate::i18n::{k, t};
use crate::pages::polls::words;
use leptos::prelude::*;
use types::polls::TrusteeLine;

/// The polls in which the visitor is a trustee; nothing for those who are none.
#[component]
pub(crate) fn Duties() -> impl IntoView {
    let lines = Resource::new(|| (), |()| trustee_polls());
    let line = |line: TrusteeLine| {
        let turn = if line.my_turn { k::ceremony::DUTY_TURN } else { k::ceremony::DUTY_WAIT };
        view! {
            <li>
                <a href=format!("/trustee/{}", line.poll)>{line.title}</a>
                <p class="quiet"><strong class:now=line.my_turn>{t(turn)}</strong> " · " {t(words::state(line.state))}</p>
            </li>
        }
    };
    view! {
        <Transition>
            {move || Suspend::new(async move {
                let lines = lines.await.unwrap_or_default();
                (!lines.is_empty()).then(|| view! {
                    <section>
                        <h2>{t(k::ceremony::DUTIES)}</h2>
                        <ul class="sheet rows">{lines.into_iter().map(line).collect_view()}</ul>
                    </section>
                })
            })}
        </Transition>
    }
}
