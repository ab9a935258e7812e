//! The links in mail: confirming an address, wanting no more mail. Opening one changes nothing, because mail programs
//! open links by themselves; the button does.

use super::asked;
use crate::error::Answer;
use crate::i18n::{k, t};
use crate::parts::{Form, Hidden, PageHead};
use leptos::{prelude::*, server_fn::ServerFn as _};

#[server(prefix = "/ui", output = crate::wire::Reply)]
pub(crate) async fn confirm_email(token: String) -> Answer<()> {
    let (service, _) = crate::ssr::door().await?;
    Ok(service.confirm_email(&token).await?)
}

#[server(prefix = "/ui", output = crate::wire::Reply)]
pub(crate) async fn unsubscribe(token: String) -> Answer<()> {
    let (service, _) = crate::ssr::door().await?;
    Ok(service.unsubscribe(&token).await?)
}

/// `/mail/confirm?token=…`
#[component]
pub(crate) fn ConfirmPage() -> impl IntoView {
    view! {
        <div class="narrow">
            <PageHead title=t(k::me::CONFIRM_TITLE) lead=t(k::me::CONFIRM_LEAD)/>
            <Form to=ConfirmEmail::url() submit=t(k::me::CONFIRM_DO) said=t(k::me::CONFIRMED)>
                <Hidden name="token" value=asked("token")/>
            </Form>
        </div>
    }
}

/// `/mail/unsubscribe?token=…`
#[component]
pub(crate) fn UnsubscribePage() -> impl IntoView {
    view! {
        <div class="narrow">
            <PageHead title=t(k::me::UNSUBSCRIBE_TITLE) lead=t(k::me::UNSUBSCRIBE_LEAD)/>
            <Form to=Unsubscribe::url() submit=t(k::me::UNSUBSCRIBE_DO) said=t(k::me::UNSUBSCRIBED)>
                <Hidden name="token" value=asked("token")/>
            </Form>
        </div>
    }
}
