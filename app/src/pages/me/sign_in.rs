//! Signing in.

use super::next_or;
use crate::error::Answer;
use crate::i18n::{k, t};
use crate::parts::{Field, Form, Hidden, PageHead, with_next};
use leptos::{prelude::*, server_fn::ServerFn as _};

#[server(SignInForm, prefix = "/ui")]
pub(crate) async fn sign_in(login: String, password: String, #[server(default)] next: String) -> Answer<()> {
    let (service, caller) = crate::ssr::door().await?;
    let session = service.sign_in(&caller, types::identity::SignIn { login, password }).await?;
    crate::ssr::start_session(&session);
    crate::ssr::redirect(&next);
    Ok(())
}

/// `/sign-in?next=…`
#[component]
pub(crate) fn SignInPage() -> impl IntoView {
    let next = next_or("/");
    let sign_up = with_next("/sign-up", &next);
    view! {
        <div class="narrow">
            <PageHead title=t(k::parts::SIGN_IN) lead=t(k::me::SIGN_IN_LEAD)/>
            <Form to=SignInForm::url() submit=t(k::parts::SIGN_IN) fresh=true>
                <Field name="login" label=t(k::me::LOGIN) autocomplete="username" required=true/>
                <Field name="password" label=t(k::me::PASSWORD) kind="password" autocomplete="current-password" required=true/>
                <Hidden name="next" value=next/>
            </Form>
            <p>{t(k::me::NO_ACCOUNT)} " " <a href=sign_up>{t(k::me::SIGN_UP)}</a></p>
            <p class="small">{t(k::me::FORGOT)}</p>
        </div>
    }
}
