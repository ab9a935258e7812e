//! The clerk has the card in hand: this account is this person. A verification that exists is handed over, with a reason.

use super::asked::Asked;
use crate::{
    error::Answer,
    i18n::{k, t, tf},
    page::posted_to,
    parts::{Check, Choice, Choices, Form, Frame, Hidden, Kind, Notice},
};
use leptos::{prelude::*, server_fn::ServerFn as _};
use types::{identity::HandOver, ids::PersonId};

/// Verifies; `card` must be true; with `hand_over` the verification is taken from the account that has it.
#[server(prefix = "/ui", output = crate::wire::Reply)]
pub(crate) async fn desk_confirm(
    token: String,
    person: PersonId,
    #[server(default)] card: bool,
    #[server(default)] hand_over: Option<HandOver>,
) -> Answer<()> {
    let (service, caller) = crate::ssr::door().await?;
    if !card {
        return Err(types::Problem::field("card", "required").into());
    }
    service.desk_verify(&caller, types::identity::DeskVerify { token, person, hand_over }).await?;
    crate::ssr::redirect("/committee/desk?done=yes");
    Ok(())
}

/// What was asked before a confirmation that was posted without JavaScript and refused.
pub(super) fn refused() -> Option<Asked> {
    let mut values = posted_to(DeskConfirm::url())?.values;
    for (name, _) in &mut values {
        if name == "token" {
            "code".clone_into(name);
        }
    }
    Some(Asked { path: String::new(), values })
}

#[component]
pub(super) fn Confirm(now: Asked, asked: RwSignal<Asked>) -> impl IntoView {
    let name = now.get("name").to_owned();
    let taken = now.get("verified") == "yes";
    let submit = if taken { k::committee_desk::HAND_OVER } else { k::committee_desk::VERIFY };
    let done = Callback::new(move |()| asked.set(Asked::default()));
    view! {
        <Frame title=t(k::committee_desk::CHOSEN)>
            <p class="name bench-name">{name.clone()}</p>
            <Form to=DeskConfirm::url() submit=t(submit) fresh=true done>
                <Hidden name="token" value=now.get("code")/>
                <Hidden name="person" value=now.get("person")/>
                <Hidden name="name" value=now.get("name")/>
                <Hidden name="verified" value=now.get("verified")/>
                {taken.then(|| view! { <HandOver/> })}
                <Check name="card" label=tf(k::committee_desk::CARD_SEEN, &[("name", &name)])/>
            </Form>
        </Frame>
    }
}

#[component]
fn HandOver() -> impl IntoView {
    let reasons = vec![
        Choice::new(HandOver::Lost.as_str(), t(k::committee_desk::WHY_LOST)),
        Choice::new(HandOver::Managed.as_str(), t(k::committee_desk::WHY_MANAGED)),
        Choice::new(HandOver::Changed.as_str(), t(k::committee_desk::WHY_CHANGED)),
    ];
    let first = vec![HandOver::Lost.as_str().to_owned()];
    view! {
        <Notice kind=Kind::Care title=t(k::committee_desk::TAKEN_TITLE)><p>{t(k::committee_desk::TAKEN_TEXT)}</p></Notice>
        <Choices name="hand_over" label=t(k::committee_desk::HAND_OVER_WHY) values=first choices=reasons/>
    }
}
