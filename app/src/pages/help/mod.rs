//! Explanations in plain words.

use crate::i18n::{Key, k, t};
use crate::parts::{Frame, Kind, Notice, PageHead};
use leptos::prelude::*;

/// `/help`
#[component]
pub(crate) fn HelpPage() -> impl IntoView {
    let line = |href: &'static str, title: Key, lead: Key| {
        view! { <li><a class="row-title" href=href>{t(title)}</a> <p class="small">{t(lead)}</p></li> }
    };
    view! {
        <PageHead title=t(k::help::TITLE) lead=t(k::help::LEAD)/>
        <Frame>
            <ul class="rows">
                {line("/help/ballot", k::parts::BALLOT_TITLE, k::help::BALLOT_LEAD)}
                {line("/help/privacy", k::parts::PRIVACY_TITLE, k::help::PRIVACY_LEAD)}
                {line("/help/limits", k::parts::LIMITS_TITLE, k::help::LIMITS_LEAD)}
            </ul>
        </Frame>
    }
}

fn page(title: Key, lead: Key, sections: &[(Key, Key)]) -> impl IntoView + use<> {
    let section = |(heading, text): &(Key, Key)| {
        let paragraphs = t(*text).split('\n').map(|text| view! { <p>{text}</p> }).collect_view();
        view! { <section><h2>{t(*heading)}</h2> {paragraphs}</section> }
    };
    view! {
        <PageHead title=t(title) lead=t(lead)/>
        <div class="prose">{sections.iter().map(section).collect_view()}</div>
    }
}

/// `/help/ballot`: how a secret ballot can be recounted by anybody.
#[component]
pub(crate) fn BallotHelpPage() -> impl IntoView {
    use k::help as w;
    page(
        k::parts::BALLOT_TITLE,
        w::BALLOT_LEAD,
        &[
            (w::BALLOT_1, w::BALLOT_1_TEXT),
            (w::BALLOT_2, w::BALLOT_2_TEXT),
            (w::BALLOT_3, w::BALLOT_3_TEXT),
            (w::BALLOT_4, w::BALLOT_4_TEXT),
            (w::BALLOT_5, w::BALLOT_5_TEXT),
            (w::BALLOT_6, w::BALLOT_6_TEXT),
        ],
    )
}

/// `/help/privacy`: what is kept, who sees it.
#[component]
pub(crate) fn PrivacyPage() -> impl IntoView {
    use k::help as w;
    page(
        k::parts::PRIVACY_TITLE,
        w::PRIVACY_LEAD,
        &[
            (w::PRIVACY_1, w::PRIVACY_1_TEXT),
            (w::PRIVACY_2, w::PRIVACY_2_TEXT),
            (w::PRIVACY_3, w::PRIVACY_3_TEXT),
            (w::PRIVACY_4, w::PRIVACY_4_TEXT),
        ],
    )
}

/// `/help/limits`: what this cannot do.
#[component]
pub(crate) fn LimitsPage() -> impl IntoView {
    use k::help as w;
    view! {
        {page(k::parts::LIMITS_TITLE, w::LIMITS_LEAD, &[
            (w::LIMITS_1, w::LIMITS_1_TEXT),
            (w::LIMITS_2, w::LIMITS_2_TEXT),
            (w::LIMITS_3, w::LIMITS_3_TEXT),
            (w::LIMITS_4, w::LIMITS_4_TEXT),
        ])}
        <Notice kind=Kind::Care><p>{t(w::LIMITS_REVIEW)}</p></Notice>
    }
}
