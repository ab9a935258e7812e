//! Reading the resident's QR code with the camera, where the browser can.

use super::{
    asked::{Asked, one},
    browser::{Camera, NoCamera, can_scan},
};
use crate::{
    i18n::{k, t},
    pages::polls::device::sleep,
};
use leptos::{html::Video, prelude::*, task::spawn_local};

/// Milliseconds between two looks at the picture.
const LOOK_MS: u32 = 200;

#[component]
pub(super) fn Scanner(asked: RwSignal<Asked>) -> impl IntoView {
    let video = NodeRef::<Video>::new();
    let running = RwSignal::new(false);
    let refused = RwSignal::new(None::<NoCamera>);
    // Nothing is said before the browser has been asked.
    let able = RwSignal::new(None::<bool>);
    Effect::new(move |_| able.set(Some(can_scan())));
    on_cleanup(move || {
        let _ = running.try_set(false);
    });
    let start = move |_| {
        running.set(true);
        refused.set(None);
        spawn_local(async move {
            match Camera::open(video).await {
                Ok(camera) => look(camera, running, asked).await,
                Err(why) => refused.set(Some(why)),
            }
            let _ = running.try_set(false);
        });
    };
    let words = move || {
        let key = match refused.get() {
            Some(NoCamera::Denied) => k::committee_desk::SCAN_DENIED,
            Some(NoCamera::CannotScan) => k::committee_desk::SCAN_NONE,
            None if running.get() => k::committee_desk::SCAN_AIM,
            None => return "",
        };
        t(key)
    };
    view! {
        {move || (able.get() == Some(false)).then(|| view! { <p>{t(k::committee_desk::SCAN_NONE)}</p> })}
        <div class="scanner" class:running=running hidden=move || able.get() != Some(true)>
            <video node_ref=video muted playsinline aria-label=t(k::committee_desk::CAMERA)></video>
            <p role="status">{words}</p>
            <Show
                when=move || running.get()
                fallback=move || view! { <button type="button" class="button" on:click=start>{t(k::committee_desk::SCAN)}</button> }
            >
                <button type="button" class="button" on:click=move |_| running.set(false)>
                    {t(k::committee_desk::SCAN_STOP)}
                </button>
            </Show>
        </div>
    }
}

/// Looks until a code is found, somebody stops it, or the page is left.
async fn look(camera: Camera, running: RwSignal<bool>, asked: RwSignal<Asked>) {
    while running.try_get_untracked() == Some(true) {
        if let Some(token) = camera.read().await.as_deref().and_then(token) {
            let _ = asked.try_set(one("code", token.to_owned()));
            return;
        }
        sleep(LOOK_MS).await;
    }
}

/// The ticket in what the QR code says: the clerk's page with the ticket behind `#`, or the ticket alone.
fn token(text: &str) -> Option<&str> {
    let token = text.rsplit_once('#').map_or(text, |(_, token)| token);
    let fits =
        (8..=12).contains(&token.len()) && token.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    fits.then_some(token)
}

#[cfg(test)]
mod tests {
    use super::token;

    #[test]
    fn a_ticket_is_read_from_an_address_or_alone_and_nothing_else_is() {
        assert_eq!(token("https://a.example/committee/desk#7K2QMXN4"), Some("7K2QMXN4"));
        assert_eq!(token("7K2Q-MXN4"), Some("7K2Q-MXN4"));
        assert_eq!(token("https://a.example/"), None);
        assert_eq!(token("hello"), None);
    }
}
