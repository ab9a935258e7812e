//! In the browser.

mod qr;

use super::NoCamera;
use gloo::utils::window;
use js_sys::{Array, Function, Object, Promise, Reflect};
use leptos::{
    ev::SubmitEvent,
    html::Video,
    prelude::{GetUntracked as _, NodeRef},
};
use std::cell::RefCell;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{FormData, HtmlFormElement, HtmlVideoElement, MediaStream, MediaStreamConstraints, MediaStreamTrack};

/// Names and values of the form that is being sent; files are left out.
pub(in super::super) fn values(event: &SubmitEvent) -> Vec<(String, String)> {
    let form = event.target().and_then(|target| target.dyn_into::<HtmlFormElement>().ok());
    form.map(|form| of_form(&form)).unwrap_or_default()
}

/// Names and values of the form inside the element with this id.
pub(in super::super) fn values_of(id: &str) -> Vec<(String, String)> {
    let form = gloo::utils::document().query_selector(&format!("#{id} form")).ok().flatten();
    let form = form.and_then(|form| form.dyn_into::<HtmlFormElement>().ok());
    form.map(|form| of_form(&form)).unwrap_or_default()
}

fn of_form(form: &HtmlFormElement) -> Vec<(String, String)> {
    let Ok(data) = FormData::new_with_form(form) else { return Vec::new() };
    let Ok(Some(entries)) = js_sys::try_iter(&data) else { return Vec::new() };
    let entries = entries.filter_map(Result::ok).map(|entry| Array::from(&entry));
    entries.filter_map(|entry| Some((entry.get(0).as_string()?, entry.get(1).as_string()?))).collect()
}

/// What follows `#` in the address.
pub(in super::super) fn fragment() -> Option<String> {
    let hash = window().location().hash().ok()?;
    hash.strip_prefix('#').filter(|text| !text.is_empty()).map(str::to_owned)
}

/// The browser's own reader of codes (W3C Shape Detection), where it has one.
fn detector() -> Option<Function> {
    Reflect::get(&window(), &JsValue::from_str("BarcodeDetector")).ok()?.dyn_into().ok()
}

/// Whether a page may ask for a camera here: not without HTTPS.
pub(in super::super) fn can_scan() -> bool {
    window().navigator().media_devices().is_ok_and(|devices| !devices.is_undefined())
}

/// A camera whose picture is shown. Stops when dropped.
pub(in super::super) struct Camera {
    video: HtmlVideoElement,
    stream: MediaStream,
    /// The browser's own reader, as long as it works: on some phones it is there and always fails.
    reader: RefCell<Option<JsValue>>,
}

impl Camera {
    /// Opens the camera on the far side of the device.
    pub(in super::super) async fn open(video: NodeRef<Video>) -> Result<Self, NoCamera> {
        let video = video.get_untracked().ok_or(NoCamera::CannotScan)?;
        let formats = Object::new();
        let _ = Reflect::set(&formats, &"formats".into(), &Array::of1(&"qr_code".into()));
        let reader = detector().and_then(|reader| Reflect::construct(&reader, &Array::of1(&formats)).ok());
        let stream = stream().await.map_err(|_| NoCamera::Denied)?;
        video.set_src_object(Some(&stream));
        if let Ok(playing) = video.play() {
            let _ = JsFuture::from(playing).await;
        }
        Ok(Self { video, stream, reader: RefCell::new(reader) })
    }

    /// The text of a QR code in the present picture, if there is one.
    pub(in super::super) async fn read(&self) -> Option<String> {
        let reader = self.reader.borrow().clone();
        if let Some(reader) = reader {
            match self.detect(&reader).await {
                Some(found) => return Reflect::get(&found.get(0), &"rawValue".into()).ok()?.as_string(),
                None => self.reader.replace(None),
            };
        }
        let (grey, width) = qr::grey(&self.video)?;
        qr::found(grey, width).await
    }

    /// What the browser's own reader finds; `None` where it fails.
    async fn detect(&self, reader: &JsValue) -> Option<Array> {
        let detect: Function = Reflect::get(reader, &"detect".into()).ok()?.dyn_into().ok()?;
        let found: Promise = detect.call1(reader, &self.video).ok()?.dyn_into().ok()?;
        JsFuture::from(found).await.ok().map(|found| Array::from(&found))
    }
}

async fn stream() -> Result<MediaStream, JsValue> {
    let wanted = MediaStreamConstraints::new();
    let far = Object::new();
    Reflect::set(&far, &"facingMode".into(), &"environment".into())?;
    wanted.set_video(&far);
    let stream = window().navigator().media_devices()?.get_user_media_with_constraints(&wanted)?;
    JsFuture::from(stream).await.map(JsCast::unchecked_into)
}

impl Drop for Camera {
    fn drop(&mut self) {
        for track in self.stream.get_tracks() {
            track.unchecked_into::<MediaStreamTrack>().stop();
        }
        self.video.set_src_object(None);
    }
}
