//! Proving who one is: with the letter's code, or at the desk.

use super::next_or;
use crate::error::Answer;
use crate::i18n::{k, t, tf};
use crate::parts::{self, Field, Form, Frame, Hidden, Kind, Notice, PageHead, side_link, time};
use leptos::{prelude::*, server_fn::ServerFn as _};
use types::identity::Identity;

#[server(prefix = "/ui")]
pub(crate) async fn my_identity() -> Answer<Option<Identity>> {
    let (service, caller) = crate::ssr::door().await?;
    Ok(service.me(&caller).await?.identity)
}

#[server(VerifyForm, prefix = "/ui")]
pub(crate) async fn verify(
    name: String,
    building: String,
    #[server(default)] unit: String,
    room: String,
    code: String,
    #[server(default)] next: String,
) -> Answer<()> {
    let (service, caller) = crate::ssr::door().await?;
    service.verify_by_code(&caller, types::identity::VerifyByCode { name, building, unit, room, code }).await?;
    crate::ssr::redirect(&next);
    Ok(())
}

/// `/me/verify?next=…`
#[component]
pub(crate) fn VerifyPage() -> impl IntoView {
    let page = parts::fetched(|| (), |()| my_identity());
    parts::loaded(page, |identity| match identity {
        Some(identity) => done(identity),
        None => ways(),
    })
}

fn done(identity: Identity) -> AnyView {
    let until = tf(k::me::VALID_UNTIL, &[("when", &time::day(identity.valid_until))]);
    view! {
        <PageHead title=t(k::me::VERIFIED)/>
        <Notice kind=Kind::Good><p>{identity.name} " · " {identity.address}</p> <p class="small">{until}</p></Notice>
        <p>{side_link("/", t(k::parts::GO_HOME))}</p>
    }
    .into_any()
}

fn ways() -> AnyView {
    view! {
        <div class="narrow">
            <PageHead title=t(k::me::VERIFY_TITLE) lead=t(k::me::VERIFY_LEAD)/>
            <Frame title=t(k::me::VERIFY_LETTER)>
                <p>{t(k::me::VERIFY_LETTER_TEXT)}</p>
                <Form to=VerifyForm::url() submit=t(k::me::VERIFY_DO)>
                    <Field name="name" label=t(k::me::NAME) hint=t(k::me::NAME_HINT) autocomplete="name" required=true/>
                    <div class="field-row">
                        <Field name="building" label=t(k::me::BUILDING) required=true short=true/>
                        <Field name="unit" label=t(k::me::UNIT) hint=t(k::me::UNIT_HINT) short=true/>
                        <Field name="room" label=t(k::me::ROOM) required=true short=true/>
                    </div>
                    <Field name="code" label=t(k::me::CODE) hint=t(k::me::CODE_HINT) autocomplete="one-time-code" required=true/>
                    <Hidden name="next" value=next_or("/me")/>
                </Form>
            </Frame>
            <Frame title=t(k::me::VERIFY_DESK)>
                <p>{t(k::me::VERIFY_DESK_TEXT)}</p>
                <p>{side_link("/me/desk", t(k::me::VERIFY_DESK_DO))}</p>
            </Frame>
        </div>
    }
    .into_any()
}
