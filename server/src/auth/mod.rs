//! Who asks: a session cookie of our pages, or a bearer token of the API, becomes a [`service::Caller`].

pub(crate) mod cookie;
mod origin;

pub use cookie::CookieKind;

use crate::{Portal, error::ApiError};
use axum::{
    extract::{Request, State},
    http::{HeaderMap, Method, header},
    middleware::Next,
    response::{IntoResponse as _, Response},
};
use service::Caller;
use types::ErrorCode;

/// Finds out who asks and puts the [`Caller`] into the request's extensions.
///
/// A cookie that comes with a change must come from our own pages; a bearer token is never sent by a browser on its
/// own, so it needs no such check.
pub(crate) async fn identify(State(portal): State<Portal>, mut request: Request, next: Next) -> Response {
    let headers = request.headers();
    let bearer = bearer(headers);
    let safe = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if bearer.is_none() && !safe && !origin::is_ours(headers) {
        return ApiError::from(ErrorCode::WrongOrigin).into_response();
    }
    let token = bearer.or_else(|| portal.cookie.token(headers));
    let throttle = origin::throttle_key(&portal, &request);
    let device = device(headers);
    let caller = match token {
        Some(token) => match portal.service.caller(&token, throttle, device).await {
            Ok(caller) => caller,
            Err(problem) => return ApiError(problem).into_response(),
        },
        None => Caller { account: None, origin: throttle, device },
    };
    request.extensions_mut().insert(caller);
    next.run(request).await
}

fn bearer(headers: &HeaderMap) -> Option<String> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim().to_owned())
}

/// What the device calls itself, shortened: shown to its owner in the list of sessions.
fn device(headers: &HeaderMap) -> String {
    let agent = headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    agent.chars().filter(|c| !c.is_control()).take(200).collect()
}
