//! The bars around every page: the place and the elder version above, the five ways below.

use super::{Icon, icon, number, seal};
use crate::{
    i18n::{k, t, tf},
    page::{self, View},
    pages::prefs::SetPrefs,
};
use leptos::{prelude::*, server_fn::ServerFn as _};
use leptos_router::hooks::{use_location, use_url};

/// The place's name, and the switch of the elder version.
#[component]
pub(crate) fn TopBar() -> impl IntoView {
    let site = page::site();
    let name = if site.name.is_empty() { t(k::common::SITE_NAME).to_owned() } else { site.name };
    let below = match (site.above.is_empty(), site.households) {
        (true, 0) => String::new(),
        (false, 0) => site.above,
        (_, n) => tf(k::parts::PLACE, &[("above", &site.above), ("n", &number(n))]),
    };
    view! {
        <header class="top">
            <a class="place" href="/">
                {seal()}
                <span><strong>{name}</strong> {(!below.is_empty()).then(|| view! { <small>{below}</small> })}</span>
            </a>
            <ElderSwitch/>
        </header>
    }
}

#[component]
fn ElderSwitch() -> impl IntoView {
    let url = use_url();
    let back = move || {
        let url = url.read();
        let query = url.search();
        if query.is_empty() { url.path().to_owned() } else { format!("{}?{query}", url.path()) }
    };
    let (view, text) = match page::prefs().view {
        View::Standard => (View::Elder, k::parts::ELDER_VIEW),
        View::Elder => (View::Standard, k::parts::STANDARD_VIEW),
    };
    // No script: the server sets the cookie and the whole page is drawn anew.
    let action = format!("/me/settings?do={}", SetPrefs::url().rsplit('/').next().unwrap_or_default());
    view! {
        <form class="elder no-print" method="post" action=action>
            <input type="hidden" name="back" value=back/>
            <button class="pill" name="view" value=view.as_str()>{t(text)}</button>
        </form>
    }
}

/// A bar with the way back and a few words, for pages that want the whole attention. `children` stand at the end.
#[component]
pub(crate) fn BackBar(
    /// Where back leads.
    #[prop(into)]
    href: String,
    /// What this is.
    #[prop(into)]
    text: String,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="top back">
            <a href=href>{icon(Icon::Back)} <span>{text}</span></a>
            {children.map(|children| children())}
        </div>
    }
}

/// 首页 · 议事 · 投票 · 志愿 · 我的
#[component]
pub(crate) fn NavBar() -> impl IntoView {
    let path = use_location().pathname;
    let tabs = [
        ("/", Icon::Home, k::parts::TAB_HOME),
        ("/consultations", Icon::Talk, k::parts::TAB_CONSULTATIONS),
        ("/polls", Icon::Ballot, k::parts::TAB_POLLS),
        ("/volunteering", Icon::Heart, k::parts::TAB_VOLUNTEERING),
        ("/me", Icon::Person, k::parts::TAB_ME),
    ];
    view! {
        <nav class="tabs" aria-label=t(k::parts::TABS)>
            {tabs
                .into_iter()
                .map(|(href, drawing, text)| {
                    let here = move || {
                        let path = path.read();
                        let inside = href != "/" && path.strip_prefix(href).is_some_and(|rest| rest.starts_with('/'));
                        if *path == href { Some("page") } else { inside.then_some("true") }
                    };
                    view! { <a href=href aria-current=here>{icon(drawing)} <span>{t(text)}</span></a> }
                })
                .collect_view()}
        </nav>
    }
}

/// Says that the clock does not show the real time, or that everybody here is invented.
#[component]
pub(crate) fn RehearsalBar() -> impl IntoView {
    let site = page::site();
    let said = [(site.rehearsal, k::parts::REHEARSAL), (site.demonstration, k::parts::DEMONSTRATION)];
    let bar = |key| view! { <p class="rehearsal">{icon(Icon::Alert)} {t(key)}</p> };
    let bars: Vec<_> = said.into_iter().filter(|(holds, _)| *holds).map(|(_, key)| bar(key)).collect();
    (!bars.is_empty()).then(|| view! { <aside aria-label=t(k::parts::ABOUT_SITE)>{bars}</aside> })
}
