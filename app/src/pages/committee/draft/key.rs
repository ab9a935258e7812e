//! Step 5: who holds the key: k of n trustees, or the system with its warning.

use super::{
    autosave::{Saving, SavingLine},
    part::{KeyPart, Part},
};
use crate::{
    error::Answer,
    i18n::{k, t},
    parts::{Choice, Choices, Field, Form, Frame},
};
use leptos::{prelude::*, server_fn::ServerFn as _};
use types::{
    ids::PollId,
    polls::{DraftPage, KeyDraft, TrusteeChoice},
};

#[server(prefix = "/ui", output = crate::wire::Reply)]
pub(crate) async fn draft_key(poll: PollId, version: i64, part: KeyPart) -> Answer<()> {
    use super::{Step, save};
    let mut part = part;
    if part.login.trim().is_empty() {
        return save::save_and_go(poll, version, Part::Key(part), |_| {}, Step::Publish).await;
    }
    let (service, caller) = crate::ssr::door().await?;
    let named = service.trustee_by_login(&caller, poll, &part.login).await.map_err(save::of_form)?;
    if !part.accounts.contains(&named.account) {
        part.accounts.push(named.account);
    }
    // Back to the same step, to see who it is.
    save::save_and_go(poll, version, Part::Key(part), |_| {}, Step::Key).await
}

/// What the form holds now.
fn typed(form: &str) -> Option<KeyPart> {
    let values = super::super::browser::values_of(form);
    let value = |name: &str| values.iter().find(|(field, _)| field == name).map(|(_, value)| value.clone());
    let ids = values.iter().filter(|(name, _)| name == "part[accounts][]");
    let accounts = ids.filter_map(|(_, id)| id.parse().ok()).collect();
    Some(KeyPart {
        mode: value("part[mode]")?,
        accounts,
        k: value("part[k]").unwrap_or_default(),
        login: String::new(),
    })
}

#[component]
pub(super) fn KeyStep(page: DraftPage) -> impl IntoView {
    let saving = Saving::new(&page);
    let on_input = move |_| saving.typed(|| typed("draft-key").map(Part::Key));
    let (mode, needed, chosen) = match &page.draft.key {
        KeyDraft::Trustees { k, accounts } => ("trustees", *k, accounts.iter().map(ToString::to_string).collect()),
        KeyDraft::System => ("system", 2, Vec::new()),
    };
    let modes = vec![
        Choice::new("trustees", t(k::committee_draft::KEY_TRUSTEES)).with(t(k::committee_draft::KEY_TRUSTEES_SAY)),
        Choice::new("system", t(k::committee_draft::KEY_SYSTEM)).with(t(k::committee_draft::KEY_SYSTEM_SAY)),
    ];
    let people = if page.trustees.is_empty() {
        view! { <p class="quiet">{t(k::committee_draft::TRUSTEES_NONE)}</p> }.into_any()
    } else {
        view! { <People people=page.trustees chosen/> }.into_any()
    };
    view! {
        <Frame>
            <div id="draft-key" class="bench-key" on:input=on_input on:change=on_input>
                <Form to=DraftKey::url() submit=t(k::committee_draft::SAVE_NEXT) fresh=true hold=saving.form()>
                    <Choices name="part[mode]" label=t(k::committee_draft::KEY_LABEL) values=vec![mode.to_owned()] choices=modes/>
                    <div class="bench-trustees">
                        {people}
                        <Field name="part[login]" label=t(k::committee_draft::TRUSTEE_LOGIN) hint=t(k::committee_draft::TRUSTEE_LOGIN_HINT)/>
                        <Field name="part[k]" kind="number" inputmode="numeric" short=true label=t(k::committee_draft::K_LABEL)
                            hint=t(k::committee_draft::K_HINT) value=needed.to_string()/>
                    </div>
                    <SavingLine saving/>
                </Form>
            </div>
        </Frame>
    }
}

#[component]
fn People(people: Vec<TrusteeChoice>, chosen: Vec<String>) -> impl IntoView {
    let choice = |person: TrusteeChoice| {
        let choice = Choice::new(person.account.to_string(), person.name);
        if person.supervisor { choice.with(t(k::committee_draft::TRUSTEE_SUPERVISOR)) } else { choice }
    };
    let choices = people.into_iter().map(choice).collect();
    view! {
        <Choices name="part[accounts][]" several=true label=t(k::committee_draft::TRUSTEES_LABEL) hint=t(k::committee_draft::TRUSTEES_HINT)
            values=chosen choices=choices/>
    }
}
