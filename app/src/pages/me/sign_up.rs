//! Signing up: the worked example of a form, with and without JavaScript (`parts/README.md`).

use super::next_or;
use crate::error::Answer;
use crate::i18n::{k, t};
use crate::parts::{Field, Form, Hidden, PageHead, with_next};
use leptos::{prelude::*, server_fn::ServerFn as _};

#[server(SignUpForm, prefix = "/ui")]
pub(crate) async fn sign_up(login: String, password: String, #[server(default)] next: String) -> Answer<()> {
    let (service, caller) = crate::ssr::door().await?;
    let language = crate::i18n::lang().tag().to_owned();
    let session = service.sign_up(&caller, types::identity::SignUp { login, password, language }).await?;
    crate::ssr::start_session(&session);
    crate::ssr::redirect(&next);
    Ok(())
}

/// `/sign-up?next=…`
#[component]
pub(crate) fn SignUpPage() -> impl IntoView {
    let next = next_or("/me/verify");
    let sign_in = with_next("/sign-in", &next_or("/"));
    view! {
        <div class="narrow">
            <PageHead title=t(k::me::SIGN_UP) lead=t(k::me::SIGN_UP_LEAD)/>
            <Form to=SignUpForm::url() submit=t(k::me::SIGN_UP) fresh=true>
                <Field name="login" label=t(k::me::LOGIN) hint=t(k::me::LOGIN_HINT) autocomplete="username" required=true/>
                <Field
                    name="password"
                    label=t(k::me::PASSWORD)
                    hint=t(k::me::PASSWORD_HINT)
                    kind="password"
                    autocomplete="new-password"
                    required=true
                />
                <Hidden name="next" value=next/>
            </Form>
            <p>{t(k::me::HAVE_ACCOUNT)} " " <a href=sign_in>{t(k::parts::SIGN_IN)}</a></p>
            <p class="small"><a href="/help/privacy">{t(k::parts::PRIVACY_TITLE)}</a></p>
        </div>
    }
}
