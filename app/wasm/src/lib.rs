//! The browser's entry: fetches the words, then hydrates the page.

// The type of all routes together is deep.
#![recursion_limit = "256"]

use wasm_bindgen::prelude::wasm_bindgen;

/// Brings the server-rendered page to life.
#[wasm_bindgen]
pub async fn hydrate() {
    console_error_panic_hook::set_once();
    if app::i18n::load().await {
        leptos::mount::hydrate_lazy(app::App);
    }
}
