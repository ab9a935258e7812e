//! Whether and where mail is wanted.

use crate::error::Answer;
use crate::i18n::{Lang, k, t};
use crate::parts::{self, Check, Choice, Field, Form, Kind, Notice, PageHead, Select};
use leptos::{prelude::*, server_fn::ServerFn as _};
use types::identity::Me;

#[server(prefix = "/ui", output = crate::wire::Reply)]
pub(crate) async fn my_mail() -> Answer<Me> {
    let (service, caller) = crate::ssr::door().await?;
    Ok(service.me(&caller).await?)
}

#[server(prefix = "/ui", output = crate::wire::Reply)]
pub(crate) async fn set_mail(
    #[server(default)] email: String,
    #[server(default)] wanted: bool,
    language: String,
) -> Answer<()> {
    let (service, caller) = crate::ssr::door().await?;
    Ok(service.set_mail(&caller, types::identity::MailSettings { email, mail_wanted: wanted, language }).await?)
}

/// `/me/mail`
#[component]
pub(crate) fn MailPage() -> impl IntoView {
    let page = parts::fetched(|| (), |()| my_mail());
    let done = Callback::new(move |()| page.refetch());
    parts::loaded(page, move |me| show(me, done))
}

fn show(me: Me, done: Callback<()>) -> AnyView {
    let waiting = me.email.is_some() && !me.email_confirmed;
    let languages = Lang::ALL.map(|lang| Choice::new(lang.tag(), lang.name()));
    view! {
        <div class="narrow">
            <PageHead title=t(k::me::MAIL) lead=t(k::me::MAIL_LEAD)/>
            {waiting.then(|| view! { <Notice kind=Kind::Care><p>{t(k::me::MAIL_UNCONFIRMED)}</p></Notice> })}
            <Form to=SetMail::url() submit=t(k::me::SAVE) said=t(k::me::SAVED) done>
                <Field
                    name="email"
                    label=t(k::me::EMAIL)
                    hint=t(k::me::EMAIL_HINT)
                    kind="email"
                    autocomplete="email"
                    value=me.email.unwrap_or_default()
                />
                <Check name="wanted" label=t(k::me::MAIL_WANTED) value=me.mail_wanted/>
                <Select name="language" label=t(k::me::MAIL_LANGUAGE) value=me.language choices=languages.into()/>
            </Form>
        </div>
    }
    .into_any()
}
