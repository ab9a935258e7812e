//! `/me`: who I am here, and everything of mine. Signed out: the two ways in.

use crate::error::Answer;
use crate::i18n::{Key, k, t, tf};
use crate::parts::{self, Actions, Form, Frame, Icon, Kind, Notice, PageHead, icon, list, main_link, side_link, time};
use leptos::{prelude::*, server_fn::ServerFn as _};
use types::identity::{Identity, Me};

#[server(prefix = "/ui", output = crate::wire::Reply)]
pub(crate) async fn account() -> Answer<Option<Me>> {
    let (service, caller) = crate::ssr::door().await?;
    Ok(if caller.account.is_some() { Some(service.me(&caller).await?) } else { None })
}

#[server(prefix = "/ui", output = crate::wire::Reply)]
pub(crate) async fn sign_out() -> Answer<()> {
    let (service, caller) = crate::ssr::door().await?;
    service.sign_out(&caller).await?;
    crate::ssr::end_session();
    crate::ssr::redirect("/");
    Ok(())
}

/// The overview.
#[component]
pub(crate) fn AccountPage() -> impl IntoView {
    let page = parts::fetched(|| (), |()| account());
    parts::loaded(page, |me| match me {
        Some(me) => overview(me),
        None => ways_in(),
    })
}

fn ways_in() -> AnyView {
    view! {
        <PageHead title=t(k::me::TITLE) lead=t(k::me::SIGNED_OUT)/>
        <Actions>
            {main_link("/sign-in", t(k::parts::SIGN_IN))}
            {side_link("/sign-up", t(k::me::SIGN_UP))}
        </Actions>
        <Frame>
            <ul class="rows">
                {line("/me/settings", Icon::Globe, k::parts::SETTINGS, String::new())}
                {line("/help", Icon::Info, k::help::TITLE, String::new())}
            </ul>
        </Frame>
    }
    .into_any()
}

fn overview(me: Me) -> AnyView {
    let name = me.identity.as_ref().map_or_else(|| me.login.clone(), |identity| identity.name.clone());
    let below = if name == me.login { String::new() } else { me.login.clone() };
    let unread = if me.unread > 0 { tf(k::me::UNREAD, &[("n", &me.unread)]) } else { String::new() };
    let mail = me.email.clone().unwrap_or_else(|| t(k::me::MAIL_NONE).to_owned());
    let works = !me.roles.is_empty();
    let roles: Vec<String> = me.roles.iter().map(|role| role_name(role.role.as_str(), &role.area_name)).collect();
    view! {
        <PageHead title=name lead=below/>
        {who(me.identity)}
        <Frame>
            <ul class="rows">
                {line("/me/notices", Icon::Mail, k::me::INBOX, unread)}
                {works.then(|| line("/committee", Icon::File, k::me::WORKBENCH, list(&roles)))}
                {line("/trustee", Icon::Key, k::me::TRUSTEE, String::new())}
                {line("/me/sessions", Icon::Lock, k::me::SESSIONS, String::new())}
                {line("/me/password", Icon::Key, k::me::CHANGE_PASSWORD, String::new())}
                {line("/me/mail", Icon::Mail, k::me::MAIL, mail)}
                {line("/me/settings", Icon::Globe, k::parts::SETTINGS, String::new())}
                {line("/help", Icon::Info, k::help::TITLE, String::new())}
            </ul>
        </Frame>
        <Form to=SignOut::url() submit=t(k::me::SIGN_OUT) fresh=true quiet=true>""</Form>
    }
    .into_any()
}

fn line(href: &'static str, drawing: Icon, text: Key, more: String) -> impl IntoView {
    view! {
        <li class="way-row">
            {icon(drawing)} <a class="row-title" href=href>{t(text)}</a> <span class="quiet">{more}</span> {icon(Icon::Onward)}
        </li>
    }
}

fn role_name(role: &str, area: &str) -> String {
    let word = crate::i18n::t_named(&format!("me.role_{role}")).unwrap_or_default();
    format!("{area} · {word}")
}

fn who(identity: Option<Identity>) -> AnyView {
    let Some(identity) = identity else {
        return view! {
            <Notice kind=Kind::Care title=t(k::me::NOT_VERIFIED)>
                <p>{t(k::me::NOT_VERIFIED_TEXT)}</p>
                <p>{main_link("/me/verify", t(k::parts::GO_VERIFY))}</p>
            </Notice>
        }
        .into_any();
    };
    let place = format!("{} {}", identity.area_names.last().cloned().unwrap_or_default(), identity.address);
    let until = tf(k::me::VALID_UNTIL, &[("when", &time::date(identity.valid_until))]);
    view! { <Notice kind=Kind::Good title=t(k::me::VERIFIED)><p>{place}</p> <p class="small">{until}</p></Notice> }
        .into_any()
}
