//! Step 4: when, and what decides.

use super::{
    autosave::{Saving, SavingLine},
    part::{Part, RulePart},
};
use crate::{
    error::Answer,
    i18n::{Key, k, t, tf},
    parts::{Choice, Choices, DateField, Field, Form, Frame, time},
};
use leptos::{prelude::*, server_fn::ServerFn as _};
use types::{
    ids::PollId,
    polls::{DraftPage, GROUP_MIN, RulePreset},
};

#[server(prefix = "/ui", output = crate::wire::Reply)]
pub(crate) async fn draft_rule(poll: PollId, version: i64, part: RulePart) -> Answer<()> {
    super::save::save_and_go(poll, version, Part::Rule(part), |_| {}, super::Step::Key).await
}

/// A rule's name on the wire, its heading, and its sentence.
pub(super) const fn rule_words(rule: RulePreset) -> (&'static str, Key, Key) {
    match rule {
        RulePreset::ResidentsMeeting => (
            "residents-meeting",
            k::committee_draft::RULE_RESIDENTS_MEETING,
            k::committee_draft::RULE_RESIDENTS_MEETING_SAY,
        ),
        RulePreset::HouseholdRepresentatives => (
            "household-representatives",
            k::committee_draft::RULE_HOUSEHOLD_REPRESENTATIVES,
            k::committee_draft::RULE_HOUSEHOLD_REPRESENTATIVES_SAY,
        ),
        RulePreset::VillageHouseholds => (
            "village-households",
            k::committee_draft::RULE_VILLAGE_HOUSEHOLDS,
            k::committee_draft::RULE_VILLAGE_HOUSEHOLDS_SAY,
        ),
        RulePreset::Advisory => ("advisory", k::committee_draft::RULE_ADVISORY, k::committee_draft::RULE_ADVISORY_SAY),
    }
}

/// What the form holds now.
fn typed(form: &str) -> Option<RulePart> {
    let values = super::super::browser::values_of(form);
    let value = |name: &str| values.iter().find(|(field, _)| field == name).map(|(_, value)| value.clone());
    let named = value("part[rule]")?;
    let rule = RulePreset::ALL.into_iter().find(|rule| rule_words(*rule).0 == named)?;
    Some(RulePart {
        opens: value("part[opens]")?,
        closes: value("part[closes]")?,
        rule,
        min_group: value("part[min_group]")?,
    })
}

#[component]
pub(super) fn RuleStep(page: DraftPage) -> impl IntoView {
    let saving = Saving::new(&page);
    let on_input = move |_| saving.typed(|| typed("draft-rule").map(Part::Rule));
    let draft = page.draft;
    let time = |at: Option<types::Timestamp>| at.map(time::field_value).unwrap_or_default();
    let choice = |rule: RulePreset| {
        let (name, heading, sentence) = rule_words(rule);
        Choice::new(name, t(heading)).with(t(sentence))
    };
    let chosen = rule_words(draft.rule).0.to_owned();
    view! {
        <Frame>
            <div id="draft-rule" on:input=on_input on:change=on_input>
                <Form to=DraftRule::url() submit=t(k::committee_draft::SAVE_NEXT) hold=saving.form()>
                    <DateField name="part[opens]" time=true label=t(k::committee_draft::OPENS_LABEL) value=time(draft.opens_at)/>
                    <DateField name="part[closes]" time=true label=t(k::committee_draft::CLOSES_LABEL)
                        hint=t(k::committee_draft::DATES_HINT) value=time(draft.closes_at)/>
                    <Choices name="part[rule]" label=t(k::committee_draft::RULE_LABEL) values=vec![chosen]
                        choices=RulePreset::ALL.map(choice).to_vec()/>
                    <Field name="part[min_group]" kind="number" inputmode="numeric" short=true label=t(k::committee_draft::MIN_GROUP_LABEL)
                        hint=tf(k::committee_draft::MIN_GROUP_HINT, &[("n", &GROUP_MIN)]) value=draft.min_group.to_string()/>
                    <SavingLine saving/>
                </Form>
            </div>
        </Frame>
    }
}
