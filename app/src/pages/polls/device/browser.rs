//! In the browser.

use super::FetchError;
use gloo::{events::EventListener, utils::window};
use js_sys::{Array, Date, Promise, Reflect, Uint8Array};
use leptos::prelude::on_cleanup;
use send_wrapper::SendWrapper;
use wasm_bindgen::{JsCast as _, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, ShareData, SpeechSynthesisUtterance, Storage, Url};

fn storage() -> Option<Storage> {
    window().local_storage().ok().flatten()
}

/// A value kept on the device; plain text, not JSON.
pub(crate) fn read(key: &str) -> Option<String> {
    storage()?.get_item(key).ok().flatten()
}

/// Keeps a value; false where the browser does not allow it.
pub(crate) fn write(key: &str, value: &str) -> bool {
    storage().is_some_and(|storage| storage.set_item(key, value).is_ok())
}

/// Removes a kept value.
pub(crate) fn forget(key: &str) {
    if let Some(storage) = storage() {
        let _ = storage.remove_item(key);
    }
}

/// The kept keys that begin with `prefix`, sorted.
pub(crate) fn keys(prefix: &str) -> Vec<String> {
    let Some(storage) = storage() else { return Vec::new() };
    let all = (0..storage.length().unwrap_or(0)).filter_map(|i| storage.key(i).ok().flatten());
    let mut keys: Vec<String> = all.filter(|key| key.starts_with(prefix)).collect();
    keys.sort();
    keys
}

/// Fills with randomness; false where there is no source.
pub(super) fn fill(bytes: &mut [u8]) -> bool {
    let array = Uint8Array::new_with_length(u32::try_from(bytes.len()).unwrap_or(0));
    let filled = window().crypto().is_ok_and(|crypto| crypto.get_random_values_with_array_buffer_view(&array).is_ok());
    if filled {
        array.copy_to(bytes);
    }
    filled
}

/// Whether this box or circle is marked in the document: by a tap that came before the page was alive.
pub(crate) fn is_marked(name: &str, value: usize) -> bool {
    let marked = format!("input[name='{name}'][value='{value}']:checked");
    gloo::utils::document().query_selector(&marked).is_ok_and(|found| found.is_some())
}

/// Milliseconds that only ever grow, for measuring spans.
pub(crate) fn stopwatch() -> f64 {
    window().performance().map_or(0.0, |performance| performance.now())
}

/// The device's own clock, milliseconds since 1970 UTC; may be wrong.
#[expect(clippy::cast_possible_truncation, reason = "milliseconds since 1970 fit 53 bits")]
pub(crate) fn wall_clock() -> i64 {
    Date::now() as i64
}

/// Gives way to the page for at least this long.
pub(crate) async fn sleep(ms: u32) {
    let ms = i32::try_from(ms).unwrap_or(i32::MAX);
    let over = Promise::new(&mut |over, _| {
        let _ = window().set_timeout_with_callback_and_timeout_and_arguments_0(&over, ms);
    });
    let _ = JsFuture::from(over).await;
}

/// The body behind an address of this site.
pub(crate) async fn fetch(url: &str) -> Result<Vec<u8>, FetchError> {
    let answer = gloo::net::http::Request::get(url).send().await.map_err(|_| FetchError::Offline)?;
    if !answer.ok() {
        return Err(FetchError::Status(answer.status()));
    }
    answer.binary().await.map_err(|_| FetchError::Offline)
}

/// Runs whenever the device finds the network again, as long as the current owner lives.
pub(crate) fn on_online(mut run: impl FnMut() + 'static) {
    let listener = SendWrapper::new(EventListener::new(&window(), "online", move |_| run()));
    on_cleanup(move || drop(listener));
}

/// Whether there is a voice.
pub(crate) fn can_speak() -> bool {
    Reflect::has(&window(), &JsValue::from_str("speechSynthesis")).unwrap_or(false)
}

/// Reads `text` aloud in the language of that tag, instead of what is being read; `ended` runs when it stops.
pub(crate) fn speak(text: &str, lang: &str, ended: impl FnMut() + 'static) {
    let (Ok(voice), Ok(words)) = (window().speech_synthesis(), SpeechSynthesisUtterance::new_with_text(text)) else {
        return;
    };
    words.set_lang(lang);
    words.set_rate(0.9);
    let ended = Closure::<dyn FnMut()>::new(ended).into_js_value();
    words.set_onend(Some(ended.unchecked_ref()));
    voice.cancel();
    voice.speak(&words);
}

/// Silence.
pub(crate) fn stop_speaking() {
    if let Ok(voice) = window().speech_synthesis() {
        voice.cancel();
    }
}

/// Puts text on the clipboard.
pub(crate) async fn copy(text: &str) -> bool {
    if !has(&window().navigator(), "clipboard") {
        return false;
    }
    JsFuture::from(window().navigator().clipboard().write_text(text)).await.is_ok()
}

/// Opens the device's own sheet for passing an address on; false where there is none or it was dismissed.
pub(crate) async fn share(title: &str, url: &str) -> bool {
    if !has(&window().navigator(), "share") {
        return false;
    }
    let data = ShareData::new();
    data.set_title(title);
    data.set_url(url);
    JsFuture::from(window().navigator().share_with_data(&data)).await.is_ok()
}

fn has(object: &JsValue, name: &str) -> bool {
    Reflect::get(object, &JsValue::from_str(name)).is_ok_and(|value| !value.is_undefined())
}

/// Opens the print dialog.
pub(crate) fn print() {
    let _ = window().print();
}

/// Saves a text file.
pub(crate) fn download(name: &str, text: &str) {
    let _ = try_download(name, text);
}

fn try_download(name: &str, text: &str) -> Result<(), JsValue> {
    let kind = BlobPropertyBag::new();
    kind.set_type("text/plain;charset=utf-8");
    let blob = Blob::new_with_str_sequence_and_options(&Array::of1(&JsValue::from_str(text)), &kind)?;
    let url = Url::create_object_url_with_blob(&blob)?;
    let link: HtmlAnchorElement = gloo::utils::document().create_element("a")?.unchecked_into();
    link.set_href(&url);
    link.set_download(name);
    link.click();
    Url::revoke_object_url(&url)
}
