//! All that a visitor sees.
//!
//! `pages/<area>/` holds one file per page: its route component, its server functions, its parts. `parts/` holds what
//! pages share. Every route stands in [`App`], on this page.

// Views nest deeper than the compiler's default when their types are laid out.
#![recursion_limit = "512"]

pub mod error;
#[cfg(feature = "ssr")]
mod files;
pub mod i18n;
pub mod page;
mod pages;
mod parts;
#[cfg(feature = "ssr")]
pub mod ssr;
mod wire;

#[cfg(feature = "ssr")]
pub use files::SiteFiles;

use crate::i18n::{k, t};
use leptos::prelude::*;
#[cfg(feature = "ssr")]
use leptos_meta::MetaTags;
use leptos_meta::{Title, provide_meta_context};
use leptos_router::{
    Lazy, SsrMode,
    components::{FlatRoutes, Route, Router},
    hooks::use_location,
    path,
};
use parts::{NavBar, RehearsalBar, Toasts, TopBar, live};
use types::ErrorCode;

/// The document around the app.
#[cfg(feature = "ssr")]
#[must_use]
pub fn shell(files: &SiteFiles) -> impl IntoView + use<> {
    use leptos_router::location::RequestUrl;
    let page::Prefs { lang, theme, view } = use_context().unwrap_or_default();
    let url = use_context::<RequestUrl>().and_then(|url| url.parse().ok());
    let words = i18n::List::of(url.as_ref().map_or("/", |url| url.path()));
    view! {
        <!DOCTYPE html>
        <html lang=lang.tag() data-theme=theme.as_str() data-view=view.as_str() data-words=i18n::words_url()>
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta name="color-scheme" content="light dark"/>
                <meta name="theme-color" content="#FAF7F0" media="(prefers-color-scheme: light)"/>
                <meta name="theme-color" content="#171613" media="(prefers-color-scheme: dark)"/>
                <link rel="icon" href="/static/seal.svg" type="image/svg+xml"/>
                <link rel="manifest" href="/static/manifest.webmanifest"/>
                {words.iter().map(|list| view! { <link rel="preload" href=i18n::list_url(*list) r#as="fetch" crossorigin="anonymous"/> }).collect_view()}
                {files.head()}
                <MetaTags/>
            </head>
            <body><App/></body>
        </html>
    }
}

/// The whole page in one answer: it has its status and its title, and can be read without JavaScript.
const WHOLE: SsrMode = SsrMode::Async;

/// Every route.
#[component]
#[must_use]
pub fn App() -> impl IntoView {
    provide_meta_context();
    page::Ground::provide();
    Effect::new(live::watch_history);
    view! {
        <Title text=t(k::common::SITE_NAME)/>
        <Router>
            <a class="skip" href="#main">{t(k::parts::SKIP)}</a>
            <RehearsalBar/>
            <Bars/>
            <main id="main">
                <ErrorBoundary fallback=|_| parts::failed(&ErrorCode::Internal.into())>
                    <FlatRoutes fallback=pages::missing>
                        <Route path=path!("/") view=pages::home::HomePage ssr=WHOLE/>
                        <Route path=path!("/consultations") view={Lazy::<pages::Mine>::new()} ssr=WHOLE/>
                        <Route path=path!("/volunteering") view={Lazy::<pages::Mine>::new()} ssr=WHOLE/>
                        <Route path=path!("/polls") view={Lazy::<pages::Polls>::new()} ssr=WHOLE/>
                        <Route path=path!("/polls/:id") view={Lazy::<pages::Polls>::new()} ssr=WHOLE/>
                        <Route path=path!("/polls/:id/vote") view={Lazy::<pages::Vote>::new()} ssr=WHOLE/>
                        <Route path=path!("/polls/:id/receipt") view={Lazy::<pages::Polls>::new()} ssr=WHOLE/>
                        <Route path=path!("/polls/:id/result") view={Lazy::<pages::Record>::new()} ssr=WHOLE/>
                        <Route path=path!("/polls/:id/poster") view={Lazy::<pages::Record>::new()} ssr=WHOLE/>
                        <Route path=path!("/polls/:id/challenge/:tracker") view={Lazy::<pages::Record>::new()} ssr=WHOLE/>
                        <Route path=path!("/trustee") view={Lazy::<pages::Record>::new()} ssr=WHOLE/>
                        <Route path=path!("/trustee/:id") view={Lazy::<pages::Trustee>::new()} ssr=WHOLE/>
                        <Route path=path!("/help") view={Lazy::<pages::Mine>::new()} ssr=WHOLE/>
                        <Route path=path!("/help/ballot") view={Lazy::<pages::Mine>::new()} ssr=WHOLE/>
                        <Route path=path!("/help/privacy") view={Lazy::<pages::Mine>::new()} ssr=WHOLE/>
                        <Route path=path!("/help/limits") view={Lazy::<pages::Mine>::new()} ssr=WHOLE/>
                        <Route path=path!("/style") view={Lazy::<pages::Mine>::new()} ssr=WHOLE/>
                        <Route path=path!("/sign-in") view={Lazy::<pages::Mine>::new()} ssr=WHOLE/>
                        <Route path=path!("/sign-up") view={Lazy::<pages::Mine>::new()} ssr=WHOLE/>
                        <Route path=path!("/me") view={Lazy::<pages::Mine>::new()} ssr=WHOLE/>
                        <Route path=path!("/me/verify") view={Lazy::<pages::Mine>::new()} ssr=WHOLE/>
                        <Route path=path!("/me/desk") view={Lazy::<pages::Mine>::new()} ssr=WHOLE/>
                        <Route path=path!("/me/notices") view={Lazy::<pages::Mine>::new()} ssr=WHOLE/>
                        <Route path=path!("/me/sessions") view={Lazy::<pages::Mine>::new()} ssr=WHOLE/>
                        <Route path=path!("/me/password") view={Lazy::<pages::Mine>::new()} ssr=WHOLE/>
                        <Route path=path!("/me/mail") view={Lazy::<pages::Mine>::new()} ssr=WHOLE/>
                        <Route path=path!("/me/settings") view={Lazy::<pages::Mine>::new()} ssr=WHOLE/>
                        <Route path=path!("/mail/confirm") view={Lazy::<pages::Mine>::new()} ssr=WHOLE/>
                        <Route path=path!("/mail/unsubscribe") view={Lazy::<pages::Mine>::new()} ssr=WHOLE/>
                        <Route path=path!("/committee") view={Lazy::<pages::Workbench>::new()} ssr=WHOLE/>
                        <Route path=path!("/committee/*page") view={Lazy::<pages::Workbench>::new()} ssr=WHOLE/>
                    </FlatRoutes>
                </ErrorBoundary>
            </main>
            <Toasts/>
        </Router>
    }
}

/// The bars around a page; the workbench and the ballot have their own.
#[component]
fn Bars() -> impl IntoView {
    let path = use_location().pathname;
    let bare = Memo::new(move |_| {
        let path = path.read();
        path.starts_with("/committee") || path.ends_with("/vote") || path.ends_with("/poster")
    });
    move || (!bare.get()).then(|| view! { <TopBar/> <NavBar/> })
}
