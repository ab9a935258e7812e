//! A new password.

use crate::error::Answer;
use crate::i18n::{k, t};
use crate::parts::{Field, Form, PageHead};
use leptos::{prelude::*, server_fn::ServerFn as _};

#[server(ChangePasswordForm, prefix = "/ui")]
pub(crate) async fn change_password(current: String, new: String) -> Answer<()> {
    let (service, caller) = crate::ssr::door().await?;
    Ok(service.change_password(&caller, types::identity::ChangePassword { current, new }).await?)
}

/// `/me/password`
#[component]
pub(crate) fn PasswordPage() -> impl IntoView {
    view! {
        <div class="narrow">
            <PageHead title=t(k::me::CHANGE_PASSWORD) lead=t(k::me::CHANGE_PASSWORD_LEAD)/>
            <Form to=ChangePasswordForm::url() submit=t(k::me::SAVE) said=t(k::me::PASSWORD_CHANGED) empties=true>
                <Field name="current" label=t(k::me::PASSWORD_NOW) kind="password" autocomplete="current-password" required=true/>
                <Field
                    name="new"
                    label=t(k::me::PASSWORD_NEW)
                    hint=t(k::me::PASSWORD_HINT)
                    kind="password"
                    autocomplete="new-password"
                    required=true
                />
            </Form>
        </div>
    }
}
