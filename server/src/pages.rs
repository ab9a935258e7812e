//! Renders pages, and takes the forms that a browser without JavaScript posts to them.
//!
//! A form posts to the page it stands on, with its server function in the query: `POST /sign-in?do=sign_in123`. The
//! function runs; on success the browser is sent to where the function says, or back to the page with `done=`; else the
//! page is rendered again with what was typed and what is wrong.

use crate::{Portal, body, web};
use app::{
    SiteFiles,
    error::UiError,
    page::{Asked, Posted},
};
use axum::{
    body::{Body, Bytes, to_bytes},
    extract::{Request, State},
    http::{HeaderValue, Method, StatusCode, Uri, header, request::Parts},
    response::{IntoResponse as _, Redirect, Response},
};
use leptos::{
    nonce::use_nonce,
    prelude::{provide_context, use_context},
};
use leptos_axum::{ResponseOptions, handle_server_fns_with_context, render_app_async_with_context};
use std::{io, path::Path};
use types::ErrorCode;

/// Everything that is no file, no word list and no server function.
pub(crate) async fn page(State(portal): State<Portal>, request: Request) -> Response {
    match *request.method() {
        Method::GET | Method::HEAD => render(&portal, request, None, Asked::default()).await,
        Method::POST => post(&portal, request).await,
        _ => StatusCode::METHOD_NOT_ALLOWED.into_response(),
    }
}

async fn post(portal: &Portal, request: Request) -> Response {
    let (parts, sent) = request.into_parts();
    let most = body::largest(&parts);
    let function = function(&parts.uri);
    let Some(sent) = body::whole(sent, most).await else {
        let problem = ErrorCode::TooLarge.into();
        return refuse(portal, parts, Posted { to: function.unwrap_or_default(), values: Vec::new(), problem }).await;
    };
    let Some(function) = function else { return ask(portal, parts, &sent).await };
    let answer = run(portal, &parts, &function, sent.clone()).await;
    if answer.headers().contains_key(header::LOCATION) {
        return to_page(answer);
    }
    if answer.status().is_success() {
        let name = function.rsplit('/').next().unwrap_or_default();
        let mut back = Redirect::to(&done(&parts.uri, name)).into_response();
        for cookie in answer.headers().get_all(header::SET_COOKIE) {
            back.headers_mut().append(header::SET_COOKIE, cookie.clone());
        }
        return back;
    }
    let problem = problem(answer).await;
    refuse(portal, parts, Posted { to: function, values: typed(&sent), problem }).await
}

/// The page again, with what was typed and what is wrong.
async fn refuse(portal: &Portal, parts: Parts, posted: Posted) -> Response {
    let status = posted.problem.status();
    let mut page = render(portal, again(parts), Some(posted), Asked::default()).await;
    if page.status() == StatusCode::OK {
        *page.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::UNPROCESSABLE_ENTITY);
    }
    page
}

/// A form without a server function is a question to the page itself.
async fn ask(portal: &Portal, parts: Parts, body: &[u8]) -> Response {
    let values = form_urlencoded::parse(body).filter(|(_, value)| value.len() <= 1_000).take(20);
    let values = values.map(|(name, value)| (name.into_owned(), value.into_owned())).collect();
    let asked = Asked { path: parts.uri.path().to_owned(), values };
    render(portal, again(parts), None, asked).await
}

/// The request for the page that a form was posted to.
fn again(parts: Parts) -> Request {
    let mut again = Request::from_parts(parts, Body::empty());
    *again.method_mut() = Method::GET;
    again
}

/// The address of the server function that the query names, if there is one.
fn function(uri: &Uri) -> Option<String> {
    let name = uri.query()?.split('&').find_map(|pair| pair.strip_prefix("do="))?;
    let path = format!("/ui/{name}");
    let known =
        leptos::server_fn::axum::server_fn_paths().any(|(known, method)| known == path && method == Method::POST);
    known.then_some(path)
}

async fn run(portal: &Portal, parts: &Parts, function: &str, body: Bytes) -> Response {
    let mut request = Request::new(Body::from(body));
    *request.method_mut() = Method::POST;
    *request.uri_mut() = function.parse().unwrap_or_default();
    *request.headers_mut() = parts.headers.clone();
    *request.extensions_mut() = parts.extensions.clone();
    // Without these the answer is the function's own, not a redirect to where the browser came from.
    request.headers_mut().remove(header::REFERER);
    request.headers_mut().insert(header::ACCEPT, HeaderValue::from_static("application/json"));
    let context = web::context(portal, &parts.headers).await;
    handle_server_fns_with_context(context, request).await.into_response()
}

/// After a form the next page is fetched with GET.
fn to_page(mut answer: Response) -> Response {
    *answer.status_mut() = StatusCode::SEE_OTHER;
    *answer.body_mut() = Body::empty();
    answer.headers_mut().remove(header::CONTENT_LENGTH);
    answer.headers_mut().remove(header::CONTENT_TYPE);
    answer
}

/// The page itself, which will say that it was done.
fn done(uri: &Uri, name: &str) -> String {
    let kept = uri
        .query()
        .unwrap_or_default()
        .split('&')
        .filter(|pair| !pair.is_empty() && !pair.starts_with("do=") && !pair.starts_with("done="));
    let kept: String = kept.flat_map(|pair| [pair, "&"]).collect();
    format!("{}?{kept}done={name}", uri.path())
}

async fn problem(answer: Response) -> UiError {
    let body = to_bytes(answer.into_body(), web::ERROR_MOST).await.unwrap_or_default();
    serde_json::from_slice(&body).unwrap_or_else(|_| ErrorCode::Internal.into())
}

/// What was typed, without what must not come back. Files cannot come back.
fn typed(body: &[u8]) -> Vec<(String, String)> {
    let secret = |name: &str| ["password", "current", "new", "code"].iter().any(|part| name.contains(part));
    form_urlencoded::parse(body)
        .filter(|(name, value)| !secret(name) && value.len() <= 20_000)
        .take(200)
        .map(|(name, value)| (name.into_owned(), value.into_owned()))
        .collect()
}

async fn render(portal: &Portal, request: Request, posted: Option<Posted>, asked: Asked) -> Response {
    let context = web::context(portal, request.headers()).await;
    let with_nonce = move || {
        context();
        if let Some(posted) = posted.clone() {
            provide_context(posted);
        }
        provide_context(asked.clone());
        content_security_policy();
    };
    let files = portal.files.clone();
    let handler = render_app_async_with_context(with_nonce, move || app::shell(&files));
    let mut answer = handler(request).await;
    answer.headers_mut().entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    answer
}

/// Scripts by nonce only, nothing from elsewhere. Styles in attributes carry widths of gauges.
fn content_security_policy() {
    let (Some(nonce), Some(options)) = (use_nonce(), use_context::<ResponseOptions>()) else { return };
    let policy = format!(
        "default-src 'none'; script-src 'self' 'nonce-{nonce}' 'strict-dynamic' 'wasm-unsafe-eval'; \
         style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; connect-src 'self'; manifest-src 'self'; \
         media-src 'self' blob:; worker-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    );
    if let Ok(value) = HeaderValue::from_str(&policy) {
        options.insert_header(header::CONTENT_SECURITY_POLICY, value);
    }
}

/// The browser's files. Their names' hashes are in `hash.txt`, in the site folder or (a build under work) beside the
/// program.
pub(crate) fn site_files(site: &Path) -> io::Result<SiteFiles> {
    let beside = std::env::current_exe().ok().and_then(|program| Some(program.parent()?.join("hash.txt")));
    let hashes = [Some(site.join("hash.txt")), beside].into_iter().flatten().find(|hashes| hashes.is_file());
    SiteFiles::read(site, hashes.as_deref())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_typed_comes_back_without_secrets() {
        let kept = typed("login=王&password=x&new_password=y&letter_code=z&room=501".as_bytes());
        assert_eq!(kept, [("login".to_owned(), "王".to_owned()), ("room".to_owned(), "501".to_owned())]);
    }

    #[test]
    fn the_page_is_told_what_was_done_and_keeps_its_query() {
        let uri = "/polls?page=2&do=f1&done=old".parse().expect("an address");
        assert_eq!(done(&uri, "f1"), "/polls?page=2&done=f1");
    }
}
