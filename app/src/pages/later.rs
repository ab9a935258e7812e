//! What comes later, and who will start it: said plainly, so that nobody looks for it.

use crate::i18n::{Key, k, t};
use crate::parts::{PageHead, empty, step_bars};
use leptos::prelude::*;

fn page(title: Key, lead: Key, what: Key, who: Key, steps: bool) -> AnyView {
    view! {
        <PageHead title=t(title) lead=t(lead)/>
        <div class="sheet">
            {steps.then(|| step_bars(0, 7))}
            {empty(t(what), t(who))}
        </div>
    }
    .into_any()
}

/// 议事
#[component]
pub(crate) fn ConsultationsPage() -> impl IntoView {
    page(k::home::CONSULTATIONS, k::home::CONSULTATIONS_LEAD, k::home::LATER, k::home::CONSULTATIONS_WHO, true)
}

/// 志愿
#[component]
pub(crate) fn VolunteeringPage() -> impl IntoView {
    page(k::home::VOLUNTEERING, k::home::VOLUNTEERING_LEAD, k::home::LATER, k::home::VOLUNTEERING_WHO, false)
}
