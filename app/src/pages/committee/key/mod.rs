//! A clerk's signing key: made in this browser, written down as one recovery code, registered once.

pub(super) mod keeper;

use super::{common::wrong, frame::bench};
use crate::{
    error::Answer,
    i18n::{Key, k, t, tf},
    parts::{Frame, Kind, Notice, facts, loaded, time, title},
};
use ballot::RecoveryCode;
use leptos::{prelude::*, task::spawn_local};
use types::{bytes::Hex32, polls::ClerkKey};

#[server(prefix = "/ui", output = crate::wire::Reply)]
pub(crate) async fn clerk_key_mine() -> Answer<Option<ClerkKey>> {
    let (service, caller) = crate::ssr::door().await?;
    Ok(service.clerk_key(&caller).await?)
}

#[server(prefix = "/ui", output = crate::wire::Reply)]
pub(crate) async fn register_clerk_key(key: Hex32) -> Answer<ClerkKey> {
    let (service, caller) = crate::ssr::door().await?;
    Ok(service.register_clerk_key(&caller, key).await?)
}

/// Where the clerk's key stands in this browser.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Here {
    /// Not looked yet, as on the server.
    Unknown,
    /// This one.
    Key(Hex32),
    /// None.
    Nothing,
}

/// The clerk's own key.
#[component]
pub(super) fn KeyPage() -> impl IntoView {
    let account = bench().me.account;
    let changed = RwSignal::new(0_u32);
    let registered = crate::parts::fetched(move || changed.get(), |_| clerk_key_mine());
    let here = RwSignal::new(Here::Unknown);
    Effect::new(move |_| {
        changed.track();
        here.set(keeper::read(account).map_or(Here::Nothing, |key| Here::Key(Hex32(key.public().0))));
    });
    view! {
        <header class="bench-head">{title(t(k::committee_key::TITLE))}</header>
        <p class="quiet">{t(k::committee_key::LEAD)}</p>
        <noscript><p>{t(k::committee::NEEDS_SCRIPT)}</p></noscript>
        {loaded(registered, move |registered| view! { <Standing registered here changed/> })}
    }
}

#[component]
fn Standing(registered: Option<ClerkKey>, here: RwSignal<Here>, changed: RwSignal<u32>) -> impl IntoView {
    let facts = registered.clone().map(|key| {
        let when = time::exact(key.registered_at);
        facts(vec![
            (t(k::committee::STATUS).to_owned(), tf(k::committee_key::REGISTERED, &[("when", &when)]).into_any()),
            (
                t(k::committee_key::FINGERPRINT).to_owned(),
                view! { <span class="code">{fingerprint(key.key)}</span> }.into_any(),
            ),
        ])
    });
    let body = move || match (here.get(), registered.as_ref().map(|key| key.key)) {
        (Here::Unknown, _) => ().into_any(),
        (Here::Key(mine), Some(theirs)) if mine == theirs => {
            view! { <Notice kind=Kind::Good><p>{t(k::committee_key::REGISTERED_HERE)}</p></Notice> }.into_any()
        }
        (_, Some(theirs)) => view! { <Recover theirs changed/> <Replace changed/> }.into_any(),
        (_, None) => view! {
            <p>{t(k::committee_key::NOT_YET)}</p>
            <Make changed/>
        }
        .into_any(),
    };
    view! { <Frame>{facts} {body}</Frame> }
}

/// The first and last groups of a public key, for people to compare.
fn fingerprint(key: Hex32) -> String {
    let text = key.to_string();
    let groups: Vec<&str> = (0..4).filter_map(|n| text.get(n * 4..n * 4 + 4)).collect();
    groups.join(" ")
}

/// A new key: shown as its code, typed again, registered.
#[component]
fn Make(
    changed: RwSignal<u32>,
    /// Another button on the screen is filled.
    #[prop(optional)]
    quiet: bool,
) -> impl IntoView {
    let account = bench().me.account;
    let code = RwSignal::new(None::<String>);
    let again = RwSignal::new(String::new());
    let problem = RwSignal::new(None::<String>);
    let make = move |_| match keeper::new_code() {
        Some(new) => code.set(Some(new.to_string())),
        None => problem.set(Some(t(k::committee::NEEDS_SCRIPT).to_owned())),
    };
    let register = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let shown = code.get_untracked().and_then(|text| text.parse::<RecoveryCode>().ok());
        let typed = again.get_untracked().parse::<RecoveryCode>().ok();
        let (Some(shown), Some(typed)) = (shown, typed) else {
            return problem.set(Some(t(k::committee_key::CODE_WRONG).to_owned()));
        };
        if shown.to_string() != typed.to_string() {
            return problem.set(Some(t(k::committee_key::CODE_WRONG).to_owned()));
        }
        problem.set(None);
        spawn_local(async move {
            let key = Hex32(shown.clerk_key().public().0);
            // Kept before it is registered: a registered key that nobody has would be worse than one too many.
            keeper::keep(account, &shown);
            match register_clerk_key(key).await {
                Ok(_) => changed.update(|n| *n += 1),
                Err(error) => problem.set(Some(error.sentence().to_owned())),
            }
        });
    };
    let shown = move |text: String| {
        view! {
            <h2>{t(k::committee_key::CODE_TITLE)}</h2>
            <p>{t(k::committee_key::CODE_TEXT)}</p>
            <p class="recovery code" aria-label=t(k::committee_key::CODE_LABEL)>{text}</p>
            <form on:submit=register>
                <CodeField id="key-again" label=k::committee_key::CODE_AGAIN value=again/>
                <button type="submit" class="button" class:primary=!quiet>{t(k::committee_key::REGISTER)}</button>
            </form>
        }
    };
    view! {
        {wrong(problem)}
        {move || match code.get() {
            Some(text) => shown(text).into_any(),
            None => view! { <button type="button" class="button" class:primary=!quiet on:click=make>{t(k::committee_key::MAKE)}</button> }.into_any(),
        }}
    }
}

/// The registered key, brought back from its code.
#[component]
fn Recover(theirs: Hex32, changed: RwSignal<u32>) -> impl IntoView {
    let account = bench().me.account;
    let typed = RwSignal::new(String::new());
    let problem = RwSignal::new(None::<String>);
    let recover = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let words = match typed.get_untracked().parse::<RecoveryCode>() {
            Err(_) => k::committee_key::CODE_WRONG,
            Ok(code) if Hex32(code.clerk_key().public().0) != theirs => k::committee_key::RECOVER_MISMATCH,
            Ok(code) => {
                keeper::keep(account, &code);
                return changed.update(|n| *n += 1);
            }
        };
        problem.set(Some(t(words).to_owned()));
    };
    view! {
        <p>{t(k::committee_key::REGISTERED_ELSEWHERE)}</p>
        {wrong(problem)}
        <form on:submit=recover>
            <CodeField id="key-recover" label=k::committee_key::RECOVER_LABEL value=typed/>
            <button type="submit" class="button primary">{t(k::committee_key::RECOVER)}</button>
        </form>
    }
}

#[component]
fn Replace(changed: RwSignal<u32>) -> impl IntoView {
    view! {
        <details>
            <summary>{t(k::committee_key::REPLACE)}</summary>
            <p>{t(k::committee_key::REPLACE_NOTE)}</p>
            <Make changed quiet=true/>
        </details>
    }
}

#[component]
fn CodeField(id: &'static str, label: Key, value: RwSignal<String>) -> impl IntoView {
    view! {
        <div class="field">
            <label for=id>{t(label)}</label>
            <input id=id class="code" autocomplete="off" autocapitalize="characters" spellcheck="false" required
                prop:value=value on:input=move |event| value.set(event_target_value(&event))/>
        </div>
    }
}
