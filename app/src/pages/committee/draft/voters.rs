//! Step 3: who may vote, and how many that are today.

use super::{
    autosave::{Saving, SavingLine},
    part::{Part, VotersPart},
};
use crate::{
    error::Answer,
    i18n::{k, t, tf},
    parts::{Choice, Choices, Field, Form, Frame, number},
};
use leptos::{prelude::*, server_fn::ServerFn as _};
use types::{
    ids::PollId,
    polls::{AreaChoice, DraftPage, Electorate},
};

#[server(prefix = "/ui", output = crate::wire::Reply)]
pub(crate) async fn draft_voters(poll: PollId, version: i64, part: VotersPart) -> Answer<()> {
    super::save::save_and_go(poll, version, Part::Voters(part), |_| {}, super::Step::Rule).await
}

/// What the form holds now.
fn typed(form: &str) -> Option<VotersPart> {
    let values = super::super::browser::values_of(form);
    let value = |name: &str| values.iter().find(|(field, _)| field == name).map(|(_, value)| value.clone());
    let areas =
        values.iter().filter(|(name, _)| name == "part[areas][]").filter_map(|(_, id)| id.parse().ok()).collect();
    let electorate = match value("part[electorate]")?.as_str() {
        "households" => Electorate::Households,
        _ => Electorate::Residents,
    };
    Some(VotersPart { areas, electorate, min_age: value("part[min_age]")? })
}

#[component]
pub(super) fn VotersStep(page: DraftPage) -> impl IntoView {
    let saving = Saving::new(&page);
    let on_input = move |_| saving.typed(|| typed("draft-voters").map(Part::Voters));
    let eligibility = page.draft.eligibility.clone();
    let before = (page.eligible, eligibility.electorate);
    let count = move || {
        let (eligible, electorate) = before;
        let eligible = saving.saved.get().map_or(eligible, |saved| saved.eligible);
        let key = match electorate {
            Electorate::Residents => k::committee_draft::ELIGIBLE_RESIDENTS,
            Electorate::Households => k::committee_draft::ELIGIBLE_HOUSEHOLDS,
        };
        tf(key, &[("n", &number(eligible))])
    };
    let area = |area: AreaChoice| {
        Choice::new(area.area.to_string(), format!("{}{}", "\u{3000}".repeat(area.depth.into()), area.name))
    };
    let areas = page.areas.into_iter().map(area).collect();
    let chosen = eligibility.areas.iter().map(ToString::to_string).collect::<Vec<_>>();
    let who = vec![
        Choice::new("residents", t(k::committee_draft::ELECTORATE_RESIDENTS)),
        Choice::new("households", t(k::committee_draft::ELECTORATE_HOUSEHOLDS)),
    ];
    let now = match eligibility.electorate {
        Electorate::Residents => "residents",
        Electorate::Households => "households",
    };
    view! {
        <Frame>
            <div id="draft-voters" on:input=on_input on:change=on_input>
                <Form to=DraftVoters::url() submit=t(k::committee_draft::SAVE_NEXT) hold=saving.form()>
                    <Choices name="part[areas][]" several=true label=t(k::committee_draft::VOTERS_AREAS) values=chosen
                        choices=areas/>
                    <Choices name="part[electorate]" label=t(k::committee_draft::VOTERS_WHO) values=vec![now.to_owned()] choices=who/>
                    <Field name="part[min_age]" kind="number" inputmode="numeric" short=true label=t(k::committee_draft::AGE_LABEL)
                        value=eligibility.min_age.to_string()/>
                    <div role="status"><p><strong class="num">{count}</strong></p></div>
                    <p class="quiet">{t(k::committee_draft::ELIGIBLE_HINT)}</p>
                    <SavingLine saving/>
                </Form>
            </div>
        </Frame>
    }
}
