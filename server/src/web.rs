//! The pages' door: what the browser loads, the words, the server functions; [`crate::pages`] renders.

use crate::{Portal, auth::cookie, body, pages, templates};
use app::{
    error::UiError,
    i18n::{Lang, List},
    page::{Prefs, Site, Theme, View},
    ssr::SessionCookie,
};
use axum::{
    Json, Router,
    body::{Body, to_bytes},
    extract::{Path, Request, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    middleware::Next,
    response::{IntoResponse as _, Response},
    routing::{any, get},
};
use http_body_util::Limited;
use leptos::prelude::provide_context;
use leptos_axum::handle_server_fns_with_context;
use std::sync::OnceLock;
use tower::ServiceBuilder;
use tower_http::{
    CompressionLevel, compression::CompressionLayer, services::ServeDir, set_header::SetResponseHeaderLayer,
};
use types::ErrorCode;

const FOR_A_YEAR: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
const FOR_A_DAY: HeaderValue = HeaderValue::from_static("public, max-age=86400");
const NOT_KEPT: HeaderValue = HeaderValue::from_static("no-store");

/// The server functions; everything else is a page.
pub(crate) fn router() -> Router<Portal> {
    // Pages spawn their resources on tokio. A second router of the process finds it set already.
    let _ = any_spawner::Executor::init_tokio();
    // What pages ask for is small and often fetched over a slow network: packed tighter than whole pages are.
    let tight = CompressionLayer::new().quality(CompressionLevel::Precise(5));
    Router::new().route("/ui/{*function}", any(server_function).layer(tight)).fallback(pages::page)
}

/// What is the same for everybody: the site folder, the words, the templates.
pub(crate) fn files(portal: &Portal) -> Router<Portal> {
    let cached = |folder: &str, value| {
        let files = ServeDir::new(portal.site.join(folder)).precompressed_br().precompressed_gzip();
        ServiceBuilder::new()
            .layer(SetResponseHeaderLayer::if_not_present(header::CACHE_CONTROL, value))
            .service(files.append_index_html_on_directories(false))
    };
    Router::new()
        .route("/words/{file}", get(words))
        .route("/templates/{file}", get(templates::roll))
        .nest_service("/pkg", cached("pkg", FOR_A_YEAR))
        .nest_service("/static", cached("static", FOR_A_DAY))
}

/// A list of a language's words; the address changes with the words, so it may be kept for ever. Another version's address
/// has no list: while nodes of two versions run, the words of one must not be kept under the address of the other.
async fn words(Path(file): Path<String>, headers: HeaderMap) -> Response {
    let Some((lang, list)) = word_list(&file) else {
        return (StatusCode::NOT_FOUND, [(header::CACHE_CONTROL, NOT_KEPT)]).into_response();
    };
    let known = [
        (header::CONTENT_TYPE, HeaderValue::from_static("application/json")),
        (header::CACHE_CONTROL, FOR_A_YEAR),
        (header::VARY, HeaderValue::from_static("accept-encoding")),
    ];
    if accepts_brotli(&headers) {
        let packed = &PACKED[lang as usize][list as usize];
        let pack = move || packed.get_or_init(|| packed_best(app::i18n::json(lang, list).as_bytes()));
        // Slow, and done once: not on a thread that answers others.
        let packed = match packed.get() {
            Some(packed) => Ok(packed),
            None => tokio::task::spawn_blocking(pack).await,
        };
        let Ok(packed) = packed else { return StatusCode::INTERNAL_SERVER_ERROR.into_response() };
        (known, [(header::CONTENT_ENCODING, HeaderValue::from_static("br"))], packed.as_slice()).into_response()
    } else {
        (known, app::i18n::json(lang, list)).into_response()
    }
}

/// `zh-Hans.<version>.<number of the list>`.
fn word_list(file: &str) -> Option<(Lang, List)> {
    let (tag, rest) = file.split_once('.')?;
    let (version, list) = rest.split_once('.')?;
    let lang = Lang::from_tag(tag).filter(|lang| app::i18n::version(*lang) == version)?;
    List::ALL.into_iter().find(|each| (*each as usize).to_string() == list).map(|list| (lang, list))
}

fn accepts_brotli(headers: &HeaderMap) -> bool {
    let accepted = headers.get_all(header::ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
    accepted.flat_map(|list| list.split(',')).any(|coding| coding.trim() == "br")
}

/// Word lists as they are sent, packed once and as tight as it goes: answers that differ each time are packed in a hurry.
static PACKED: [[OnceLock<Vec<u8>>; 3]; 3] = [const { [const { OnceLock::new() }; 3] }; 3];

fn packed_best(mut text: &[u8]) -> Vec<u8> {
    let mut packed = Vec::new();
    let best = brotli::enc::BrotliEncoderParams { quality: 11, size_hint: text.len(), ..Default::default() };
    brotli::BrotliCompress(&mut text, &mut packed, &best).expect("memory takes what is written to it");
    packed
}

async fn server_function(State(portal): State<Portal>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let most = body::largest(&parts);
    let mut answer = if body::is_announced_above(&parts.headers, most) {
        drop(body::whole(body, most).await);
        (StatusCode::PAYLOAD_TOO_LARGE, Json(UiError::from(ErrorCode::TooLarge))).into_response()
    } else {
        let context = context(&portal, &parts.headers).await;
        let request = Request::from_parts(parts, Body::new(Limited::new(body, most)));
        with_its_status(handle_server_fns_with_context(context, request).await.into_response()).await
    };
    answer.headers_mut().insert(header::CACHE_CONTROL, NOT_KEPT);
    answer
}

/// A refusal with the status of its code: the library answers 500 to every error, and a clear no is no fault of ours.
async fn with_its_status(answer: Response) -> Response {
    if answer.status() != StatusCode::INTERNAL_SERVER_ERROR {
        return answer;
    }
    let (mut parts, body) = answer.into_parts();
    let said = to_bytes(body, ERROR_MOST).await.unwrap_or_default();
    let status = serde_json::from_slice(&said).ok().map(|error: UiError| error.status());
    parts.headers.remove(header::CONTENT_LENGTH);
    parts.status = status.and_then(|status| StatusCode::from_u16(status).ok()).unwrap_or(parts.status);
    Response::from_parts(parts, Body::from(said))
}

/// The most bytes of an error.
pub(crate) const ERROR_MOST: usize = 64 * 1024;

/// What every page and server function finds in its context.
pub(crate) async fn context(portal: &Portal, headers: &HeaderMap) -> impl Fn() + Clone + Send + Sync + 'static {
    let place = portal.service.place().await.unwrap_or_default();
    let site = Site {
        name: place.name,
        above: place.above.last().cloned().unwrap_or_default(),
        households: place.households.into(),
        offset_minutes: portal.place.offset_minutes,
        rehearsal: portal.place.rehearsal,
        demonstration: place.demonstration,
        public_url: portal.place.public_url.clone(),
    };
    let prefs = prefs(headers);
    let cookie = SessionCookie { name: portal.cookie.name(), attributes: portal.cookie.attributes() };
    let service = portal.service.clone();
    move || {
        provide_context(service.clone());
        provide_context(site.clone());
        provide_context(prefs);
        provide_context(prefs.lang);
        provide_context(cookie);
    }
}

/// Language, theme and view: from cookies, the language else from what the browser asks for.
fn prefs(headers: &HeaderMap) -> Prefs {
    let chosen = |name: &str| -> Option<String> { cookie::value(headers, name) };
    Prefs {
        lang: chosen("lang").and_then(|tag| Lang::from_tag(&tag)).unwrap_or_else(|| asked_for(headers)),
        theme: chosen("theme").and_then(|name| Theme::parse(&name)).unwrap_or_default(),
        view: chosen("view").and_then(|name| View::parse(&name)).unwrap_or_default(),
    }
}

/// The first language of `Accept-Language` that there is; browsers list the preferred one first.
fn asked_for(headers: &HeaderMap) -> Lang {
    let list = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let tags = list.split(',').filter_map(|item| item.split(';').next()).map(|tag| tag.trim().to_ascii_lowercase());
    tags.filter_map(|tag| match tag.as_str() {
        tag if tag.starts_with("zh-hant")
            || tag.starts_with("zh-tw")
            || tag.starts_with("zh-hk")
            || tag.starts_with("zh-mo") =>
        {
            Some(Lang::ZhHant)
        }
        tag if tag.starts_with("zh") => Some(Lang::ZhHans),
        tag if tag.starts_with("en") => Some(Lang::En),
        _ => None,
    })
    .next()
    .unwrap_or_default()
}

/// Headers that hold for every answer. Pages add a content security policy with their nonce. Code, words and answers to
/// server functions are never shown by themselves: for them it is enough that nothing else is made of them.
pub(crate) async fn security_headers(request: Request, next: Next) -> Response {
    let inside = ["/pkg/", "/words/", "/ui/"].iter().any(|inside| request.uri().path().starts_with(inside));
    let mut answer = next.run(request).await;
    let headers = answer.headers_mut();
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let shown = !inside || kind.starts_with("text/html");
    let mut set = |name: header::HeaderName, value: &'static str| {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    };
    set(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    if !shown {
        return answer;
    }
    set(header::X_FRAME_OPTIONS, "DENY");
    set(header::REFERRER_POLICY, "same-origin");
    set(header::CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'");
    set(header::HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    set(header::HeaderName::from_static("permissions-policy"), "camera=(self), geolocation=(), microphone=()");
    answer
}

#[cfg(test)]
mod tests {
    use super::*;

    fn language(list: &'static str) -> Lang {
        let headers = [(header::ACCEPT_LANGUAGE, HeaderValue::from_static(list))].into_iter().collect();
        prefs(&headers).lang
    }

    #[test]
    fn the_language_is_the_first_that_there_is() {
        assert_eq!(language("zh-CN,zh;q=0.9,en;q=0.8"), Lang::ZhHans);
        assert_eq!(language("zh-HK"), Lang::ZhHant);
        assert_eq!(language("fr-FR,en-GB;q=0.5"), Lang::En);
        assert_eq!(language("fr"), Lang::ZhHans);
    }
}
