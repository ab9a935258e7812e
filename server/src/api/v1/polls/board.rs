//! The board as JSON: its head, its entries.

use super::{Asked, FRESH, Given, poll, query};
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
use types::polls::{BoardHead, BoardPage};
use utoipa::IntoParams;
use utoipa_axum::{router::OpenApiRouter, routes};

pub(super) fn routes() -> OpenApiRouter<Portal> {
    OpenApiRouter::new().routes(routes!(head)).routes(routes!(checkpoint)).routes(routes!(entries))
}

/// Size, root, checkpoint and the key that signs it.
#[utoipa::path(get, path = "/{poll}/board/head", params(("poll" = String, Path, description = "the poll's id")), responses(
    (status = 200, description = "the newest head", body = BoardHead),
    (status = 404, description = "not-found", body = ProblemDocument, content_type = "application/problem+json"),
))]
async fn head(
    State(portal): State<Portal>,
    Extension(caller): Extension<Caller>,
    asked: Asked<String>,
) -> Result<impl IntoResponse, ApiError> {
    Ok(([(header::CACHE_CONTROL, FRESH)], Json(portal.service.board_head(&caller, poll(asked)?).await?)))
}

/// The newest checkpoint: a C2SP signed note.
#[utoipa::path(get, path = "/{poll}/board/checkpoint", params(("poll" = String, Path, description = "the poll's id")), responses(
    (status = 200, description = "the note", body = String, content_type = "text/plain; charset=utf-8"),
    (status = 404, description = "not-found", body = ProblemDocument, content_type = "application/problem+json"),
))]
async fn checkpoint(
    State(portal): State<Portal>,
    Extension(caller): Extension<Caller>,
    asked: Asked<String>,
) -> Result<impl IntoResponse, ApiError> {
    let head = portal.service.board_head(&caller, poll(asked)?).await?;
    let kind = (header::CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
    Ok(([kind, (header::CACHE_CONTROL, FRESH)], head.checkpoint))
}

/// Where to begin.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct From {
    /// The first entry wanted, from 0.
    #[serde(default)]
    from: u64,
}

/// Up to 256 entries, at most 1 MiB (but at least one), as JSON.
#[utoipa::path(get, path = "/{poll}/board/entries", params(("poll" = String, Path, description = "the poll's id"), From), responses(
    (status = 200, description = "a run of entries", body = BoardPage),
    (status = 404, description = "not-found", body = ProblemDocument, content_type = "application/problem+json"),
    (status = 422, description = "invalid: `from`", body = ProblemDocument, content_type = "application/problem+json"),
))]
async fn entries(
    State(portal): State<Portal>,
    Extension(caller): Extension<Caller>,
    asked: Asked<String>,
    from: Given<From>,
) -> Result<impl IntoResponse, ApiError> {
    let page = portal.service.board_entries(&caller, poll(asked)?, query(from)?.from).await?;
    Ok(([(header::CACHE_CONTROL, FRESH)], Json(page)))
}
