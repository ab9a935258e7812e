//! Where I am signed in, and ending it there.

use crate::error::Answer;
use crate::i18n::{k, t, tf};
use crate::parts::{self, Form, Hidden, PageHead, tag, time};
use leptos::{prelude::*, server_fn::ServerFn as _};
use serde::{Deserialize, Serialize};
use types::{Timestamp, identity::SessionView, ids::SessionId};

/// The devices.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Devices {
    sessions: Vec<SessionView>,
    now: Timestamp,
}

#[server(prefix = "/ui", output = crate::wire::Reply)]
pub(crate) async fn my_devices() -> Answer<Devices> {
    let (service, caller) = crate::ssr::door().await?;
    Ok(Devices { sessions: service.sessions(&caller).await?, now: service.now() })
}

#[server(prefix = "/ui", output = crate::wire::Reply)]
pub(crate) async fn end_session(session: SessionId) -> Answer<()> {
    let (service, caller) = crate::ssr::door().await?;
    Ok(service.end_session(&caller, session).await?)
}

#[server(prefix = "/ui", output = crate::wire::Reply)]
pub(crate) async fn end_others() -> Answer<()> {
    let (service, caller) = crate::ssr::door().await?;
    Ok(service.end_other_sessions(&caller).await?)
}

/// `/me/sessions`
#[component]
pub(crate) fn SessionsPage() -> impl IntoView {
    let page = parts::fetched(|| (), |()| my_devices());
    let done = Callback::new(move |()| page.refetch());
    parts::loaded(page, move |devices| show(devices, done))
}

fn show(devices: Devices, done: Callback<()>) -> AnyView {
    let Devices { sessions, now } = devices;
    let several = sessions.len() > 1;
    let row = move |session: SessionView| {
        let seen = tf(k::me::SEEN, &[("when", &time::when(session.seen_at, now))]);
        let since = tf(k::me::SINCE, &[("when", &time::when(session.created_at, now))]);
        let device =
            if session.device.is_empty() { t(k::me::DEVICE_UNKNOWN).to_owned() } else { device(&session.device) };
        view! {
            <li class="device">
                <div>
                    <p><strong class="breakable">{device}</strong> " " {session.current.then(|| tag(t(k::me::THIS_DEVICE)))}</p>
                    <p class="small">{seen} " · " {since}</p>
                </div>
                {(!session.current).then(|| view! {
                    <Form to=EndSession::url() submit=t(k::me::END) quiet=true done><Hidden name="session" value=session.id.to_string()/></Form>
                })}
            </li>
        }
    };
    view! {
        <PageHead title=t(k::me::SESSIONS) lead=t(k::me::SESSIONS_LEAD)/>
        <div class="sheet"><ul class="rows">{sessions.into_iter().map(row).collect_view()}</ul></div>
        {several.then(|| view! { <Form to=EndOthers::url() submit=t(k::me::END_OTHERS) quiet=true done>""</Form> })}
    }
    .into_any()
}

/// What a browser says of itself, as people say it: "Chrome · Android". Others as they are.
fn device(agent: &str) -> String {
    // In this order: each of them also names those below it.
    let browsers = [
        ("MicroMessenger/", "微信 WeChat"),
        ("HuaweiBrowser/", "Huawei Browser"),
        ("MiuiBrowser/", "Mi Browser"),
        ("Edg", "Edge"),
        ("Firefox/", "Firefox"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ];
    let systems = [
        ("HarmonyOS", "HarmonyOS"),
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS X", "Mac"),
        ("Linux", "Linux"),
    ];
    let named =
        |known: &[(&str, &'static str)]| known.iter().find(|(mark, _)| agent.contains(mark)).map(|(_, name)| *name);
    match (named(&browsers), named(&systems)) {
        (Some(browser), Some(system)) => format!("{browser} · {system}"),
        _ => agent.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::device;

    #[test]
    fn a_browser_is_named_as_people_name_it() {
        let chrome = "Mozilla/5.0 (Linux; Android 14; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Mobile Safari/537.36";
        assert_eq!(device(chrome), "Chrome · Android");
        let phone = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 Version/19.0 Mobile/15E148 Safari/604.1";
        assert_eq!(device(phone), "Safari · iPhone");
        assert_eq!(device("minyi demo"), "minyi demo");
    }
}
