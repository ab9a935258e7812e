//! The browser's entry: fetches the page's words, then hydrates it.

// The type of all routes together is deep.
#![recursion_limit = "256"]

use wasm_bindgen::prelude::wasm_bindgen;

/// Brings the server-rendered page to life.
#[wasm_bindgen]
pub async fn hydrate() {
    console_error_panic_hook::set_once();
    let path = web_sys::window().and_then(|window| window.location().pathname().ok()).unwrap_or_default();
    if app::i18n::load(app::i18n::List::of(&path)).await {
        leptos::mount::hydrate_lazy(app::App);
    }
}

/// Room for the splitter. It lays the chunks' data out anew, each aligned, in the space that the linker gave to all of it;
/// where that is too small, everything stays in the first chunk. Nothing refers to these bytes, so no chunk holds them.
#[used]
static ROOM: [u8; 8192] = [1; 8192];
