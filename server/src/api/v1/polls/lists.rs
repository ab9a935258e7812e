//! Lists of polls, a poll, its manifest.

use super::{Asked, FOR_EVER, FRESH, Given, PRIVATE, poll, query};
use crate::{
    Portal,
    error::{ApiError, ProblemDocument},
};
use axum::{
    Extension, Json,
    extract::State,
    http::{HeaderValue, header},
    response::IntoResponse,
};
use serde::Deserialize;
use service::Caller;
use types::{
    Problem,
    polls::{PollCard, PollFilter, PollList, PollPage},
};
use utoipa::IntoParams;
use utoipa_axum::{router::OpenApiRouter, routes};

pub(super) fn routes() -> OpenApiRouter<Portal> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(mine)).routes(routes!(page)).routes(routes!(manifest))
}

/// What is told to somebody holds their own slot and is nobody else's.
fn kept(caller: &Caller) -> HeaderValue {
    if caller.account.is_some() { PRIVATE } else { FRESH }
}

/// Which polls.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Which {
    /// An area's id: its polls and those of all areas below it. Without it: all polls.
    area: Option<String>,
    /// `all` (default), `coming`, `open`, `closed`.
    #[param(value_type = Option<PollFilter>)]
    state: Option<PollFilter>,
    /// `next` of the page before.
    after: Option<String>,
}

/// Published polls, newest opening first, 20 a page.
///
/// With a session, `mine` tells the caller's slot.
#[utoipa::path(get, path = "/", params(Which), security((), ("session" = [])), responses(
    (status = 200, description = "a page of polls", body = PollList),
    (status = 422, description = "invalid: `area`, `state` or `after`", body = ProblemDocument, content_type = "application/problem+json"),
))]
async fn list(
    State(portal): State<Portal>,
    Extension(caller): Extension<Caller>,
    which: Given<Which>,
) -> Result<impl IntoResponse, ApiError> {
    let which = query(which)?;
    let area = which.area.map(|area| area.parse().map_err(|_| Problem::field("area", "invalid"))).transpose()?;
    let polls = portal.service.polls(&caller, area, which.state.unwrap_or_default(), which.after.as_deref()).await?;
    Ok(([(header::CACHE_CONTROL, kept(&caller))], Json(polls)))
}

/// The polls on whose roll the caller is.
#[utoipa::path(get, path = "/mine", security(("session" = [])), responses(
    (status = 200, description = "at most 50, open ones first", body = [PollCard]),
    (status = 401, description = "sign-in-needed", body = ProblemDocument, content_type = "application/problem+json"),
))]
async fn mine(
    State(portal): State<Portal>,
    Extension(caller): Extension<Caller>,
) -> Result<impl IntoResponse, ApiError> {
    Ok(([(header::CACHE_CONTROL, PRIVATE)], Json(portal.service.my_polls(&caller).await?)))
}

/// A poll: text, questions, rule, dates, turnout, timeline.
///
/// With a session, also how the caller stands to it.
#[utoipa::path(get, path = "/{poll}", params(("poll" = String, Path, description = "the poll's id")), security((), ("session" = [])), responses(
    (status = 200, description = "the poll", body = PollPage),
    (status = 404, description = "not-found", body = ProblemDocument, content_type = "application/problem+json"),
))]
async fn page(
    State(portal): State<Portal>,
    Extension(caller): Extension<Caller>,
    asked: Asked<String>,
) -> Result<impl IntoResponse, ApiError> {
    Ok(([(header::CACHE_CONTROL, kept(&caller))], Json(portal.service.poll_page(&caller, poll(asked)?).await?)))
}

/// The manifest: its exact bytes, as they are hashed (docs/BALLOT.md).
#[utoipa::path(get, path = "/{poll}/manifest", params(("poll" = String, Path, description = "the poll's id")), responses(
    (status = 200, description = "the bytes", body = Vec<u8>, content_type = "application/json"),
    (status = 404, description = "not-found", body = ProblemDocument, content_type = "application/problem+json"),
))]
async fn manifest(
    State(portal): State<Portal>,
    Extension(caller): Extension<Caller>,
    asked: Asked<String>,
) -> Result<impl IntoResponse, ApiError> {
    let bytes = portal.service.manifest_bytes(&caller, poll(asked)?).await?;
    Ok(([(header::CONTENT_TYPE, "application/json")], [(header::CACHE_CONTROL, FOR_EVER)], bytes))
}
