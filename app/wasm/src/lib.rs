//! The browser's entry: fetches the words, then hydrates the page.

use leptos::prelude::IntoAny as _;
use wasm_bindgen::prelude::wasm_bindgen;

/// Brings the server-rendered page to life.
#[wasm_bindgen]
pub async fn hydrate() {
    console_error_panic_hook::set_once();
    app::i18n::load().await;
    // Erased: the type of all routes together is deeper than the compiler likes to look.
    leptos::mount::hydrate_lazy(|| app::App().into_any());
}
