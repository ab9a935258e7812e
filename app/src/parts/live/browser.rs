//! In the browser.

use crate::error::{Answer, UiError};
use gloo::net::http::Request;
use leptos::{ev::SubmitEvent, prelude::*};
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use types::ErrorCode;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{FormData, HtmlDialogElement, HtmlElement, HtmlFormElement, UrlSearchParams};

thread_local! {
    /// The document as the server sent it is still the page; nobody has navigated.
    static FIRST: Cell<bool> = const { Cell::new(true) };
    /// The page was reached by going back or forward.
    static BACK: Cell<bool> = const { Cell::new(false) };
    /// Where each address was scrolled to.
    static PLACES: RefCell<HashMap<String, f64>> = RefCell::default();
}

/// Says to tests and style sheets that the page is alive, once what is being hydrated has its listeners.
pub(crate) fn alive() {
    request_animation_frame(|| {
        if let Some(root) = document().document_element() {
            let _ = root.set_attribute("data-alive", "true");
        }
    });
}

/// Remembers where each page was scrolled to, and whether the reader went back. Until the page is alive the browser
/// itself follows links: a page that is left while its chunk is on the way would never come to life.
pub(crate) fn watch_history() {
    let on_click = Closure::<dyn Fn(web_sys::Event)>::new(|event: web_sys::Event| {
        let alive = document().document_element().is_some_and(|root| root.has_attribute("data-alive"));
        if !alive {
            event.stop_propagation();
        }
    });
    let _ = window().add_event_listener_with_callback_and_bool("click", on_click.as_ref().unchecked_ref(), true);
    on_click.forget();
    let on_scroll = Closure::<dyn Fn()>::new(|| {
        if let (Ok(href), Ok(y)) = (window().location().href(), window().scroll_y()) {
            PLACES.with_borrow_mut(|places| places.insert(href, y));
        }
    });
    let on_pop = Closure::<dyn Fn()>::new(|| BACK.set(true));
    let _ = window().add_event_listener_with_callback("scroll", on_scroll.as_ref().unchecked_ref());
    let _ = window().add_event_listener_with_callback("popstate", on_pop.as_ref().unchecked_ref());
    // They stay as long as the page does.
    on_scroll.forget();
    on_pop.forget();
}

/// A page's title has appeared: focus it, or scroll to where the reader was before going back.
pub(crate) fn arrived() {
    if FIRST.replace(false) {
        return;
    }
    let place =
        window().location().href().ok().and_then(|href| PLACES.with_borrow(|places| places.get(&href).copied()));
    // The title is made before it is put into the page.
    match place.filter(|_| BACK.replace(false)) {
        Some(y) => request_animation_frame(move || window().scroll_to_with_x_and_y(0.0, y)),
        None => focus_soon("title".to_owned()),
    }
}

fn focus(id: &str) {
    if let Some(element) = document().get_element_by_id(id) {
        let _ = element.unchecked_into::<HtmlElement>().focus();
    }
}

/// Focuses an element that the next frame will have.
pub(crate) fn focus_soon(id: String) {
    request_animation_frame(move || focus(&id));
}

/// Loads a page of ours anew.
pub(crate) fn go(place: &str) {
    let _ = window().location().assign(place);
}

/// Prints the page.
pub(crate) fn print() {
    let _ = window().print();
}

/// Opens or closes a dialog.
pub(crate) fn set_dialog(id: &'static str, open: bool) {
    let Some(dialog) =
        document().get_element_by_id(id).and_then(|element| element.dyn_into::<HtmlDialogElement>().ok())
    else {
        return;
    };
    if open && !dialog.open() {
        let _ = dialog.show_modal();
    } else if !open && dialog.open() {
        dialog.close();
    }
}

/// Runs after some milliseconds.
pub(crate) fn after(ms: u32, run: impl FnOnce() + 'static) {
    gloo::timers::callback::Timeout::new(ms, run).forget();
}

/// Only the server sets a status.
pub(crate) fn status(_: u16) {}

/// A form to be sent, and the button that was pressed.
pub(crate) struct Sent {
    form: HtmlFormElement,
    button: Option<(String, String)>,
}

impl Sent {
    /// The form of the event, instead of the browser's own sending.
    pub(crate) fn of(event: &SubmitEvent) -> Option<Self> {
        event.prevent_default();
        let form = event.target()?.dyn_into().ok()?;
        let button =
            event.submitter().and_then(|button| Some((button.get_attribute("name")?, button.get_attribute("value")?)));
        Some(Self { form, button })
    }

    /// Empties its fields.
    pub(crate) fn empty(&self) {
        self.form.reset();
    }

    /// Sends what the fields hold now to a server function; `then` hears where to go, if anywhere, or what is wrong.
    pub(crate) fn send(self, to: &'static str, files: bool, then: impl FnOnce(Self, Answer<Option<String>>) + 'static) {
        let Ok(data) = FormData::new_with_form(&self.form) else { return };
        if let Some((name, value)) = &self.button {
            let _ = data.append_with_str(name, value);
        }
        leptos::task::spawn_local(async move {
            let answer = send(to, data, files).await;
            then(self, answer);
        });
    }
}

async fn send(to: &str, data: FormData, files: bool) -> Answer<Option<String>> {
    let body: JsValue = if files {
        data.into()
    } else {
        UrlSearchParams::new_with_str_sequence_sequence(&data).map_err(|_| ErrorCode::Internal)?.into()
    };
    let request = Request::post(to).header("accept", "application/json").body(body).map_err(|_| ErrorCode::Internal)?;
    let answer = request.send().await.map_err(|_| UiError::Offline)?;
    if answer.ok() {
        let elsewhere = answer.headers().get("serverfnredirect").and_then(|_| answer.headers().get("location"));
        return Ok(elsewhere);
    }
    let text = answer.text().await.map_err(|_| UiError::Offline)?;
    // A proxy's error page is not ours.
    Err(crate::wire::read(&text).unwrap_or_else(|_| ErrorCode::Internal.into()))
}
