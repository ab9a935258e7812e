//! The result.

use super::{Asked, FRESH, poll};
use crate::{
    Portal,
    error::{ApiError, ProblemDocument},
};
use axum::{Extension, Json, extract::State, http::header, response::IntoResponse};
use service::Caller;
use types::polls::PollResult;
use utoipa_axum::{router::OpenApiRouter, routes};

pub(super) fn routes() -> OpenApiRouter<Portal> {
    OpenApiRouter::new().routes(routes!(result))
}

/// Turnout, totals, the rule step by step, shares. Totals only where enough ballots count.
#[utoipa::path(get, path = "/{poll}/result", params(("poll" = String, Path, description = "the poll's id")), responses(
    (status = 200, description = "the result, or how far it is", body = PollResult),
    (status = 404, description = "not-found", body = ProblemDocument, content_type = "application/problem+json"),
    (status = 409, description = "wrong-state: the poll is not closed", body = ProblemDocument, content_type = "application/problem+json"),
))]
async fn result(
    State(portal): State<Portal>,
    Extension(caller): Extension<Caller>,
    asked: Asked<String>,
) -> Result<impl IntoResponse, ApiError> {
    Ok(([(header::CACHE_CONTROL, FRESH)], Json(portal.service.poll_result(&caller, poll(asked)?).await?)))
}
