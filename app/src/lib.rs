//! All that a visitor sees.
//!
//! `pages/<area>/` holds one file per page: its route component, its server functions, its parts. `parts/` holds what
//! pages share. Every route stands in [`App`], on this page.

pub mod i18n;
mod pages;
mod parts;

use leptos::prelude::*;
use leptos_meta::{MetaTags, provide_meta_context};
use leptos_router::{components::{Route, Router, Routes}, path};

/// The document around the app.
pub fn shell(options: LeptosOptions) -> impl IntoView {
    view! {
        <!DOCTYPE html>
        <html lang=i18n::lang().tag() data-words=format!("/words/{}", i18n::lang().tag())>
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <HydrationScripts options=options.clone()/>
                <HashedStylesheet options/>
                <MetaTags/>
            </head>
            <body><App/></body>
        </html>
    }
}

/// Every route.
#[component]
#[must_use]
pub fn App() -> impl IntoView {
    provide_meta_context();
    view! {
        <Router>
            <main id="main">
                <Routes fallback=|| "404">
                    <Route path=path!("/") view=pages::home::HomePage/>
                </Routes>
            </main>
        </Router>
    }
}
