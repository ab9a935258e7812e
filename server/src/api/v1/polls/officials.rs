//! What trustees' and clerks' own programs need: the ceremony, the opening, re-issues, shares. Everything sent was made
//! and signed on their device; bodies are board entries, byte for byte as in docs/BALLOT.md.

use super::{Asked, PRIVATE, Sent, body, poll};
use crate::{
    Portal,
    error::{ApiError, ProblemDocument},
};
use axum::{
    Extension, Json,
    extract::{DefaultBodyLimit, State},
    http::{StatusCode, header},
    response::IntoResponse,
};
use service::Caller;
use types::polls::{Ceremony, Opening, TallyWork};
use utoipa_axum::{router::OpenApiRouter, routes};

pub(super) fn routes() -> OpenApiRouter<Portal> {
    OpenApiRouter::new()
        .routes(routes!(ceremony, post_ceremony))
        .routes(routes!(opening, sign_opening))
        .routes(routes!(reissue))
        .routes(routes!(tally, post_share))
        .layer(DefaultBodyLimit::max(65_535))
}

/// The key ceremony: its entries, the round that runs, whose turn it is.
#[utoipa::path(get, path = "/{poll}/ceremony", params(("poll" = String, Path, description = "the poll's id")), security((), ("session" = [])), responses(
    (status = 200, description = "the ceremony", body = Ceremony),
    (status = 404, description = "not-found", body = ProblemDocument, content_type = "application/problem+json"),
))]
async fn ceremony(
    State(portal): State<Portal>,
    Extension(caller): Extension<Caller>,
    asked: Asked<String>,
) -> Result<impl IntoResponse, ApiError> {
    Ok(([(header::CACHE_CONTROL, PRIVATE)], Json(portal.service.ceremony(&caller, poll(asked)?).await?)))
}

/// A trustee posts the next entry of the ceremony.
#[utoipa::path(post, path = "/{poll}/ceremony", params(("poll" = String, Path, description = "the poll's id")), security(("session" = [])),
    request_body(content = Vec<u8>, content_type = "application/octet-stream", description = "a commit, reveal, deal, confirm or rehearsal entry"),
    responses(
        (status = 201, description = "on the board; the ceremony after it", body = Ceremony),
        (status = 401, description = "sign-in-needed", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 403, description = "not-allowed", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, description = "not-found", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 409, description = "wrong-poll, wrong-state, out-of-order, already-posted, unknown-trustee, wrong-commitment, wrong-key, wrong-transcript", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, description = "not-canonical, bad-signature, bad-proof", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
async fn post_ceremony(
    State(portal): State<Portal>,
    Extension(caller): Extension<Caller>,
    asked: Asked<String>,
    sent: Sent,
) -> Result<impl IntoResponse, ApiError> {
    let ceremony = portal.service.post_ceremony_entry(&caller, poll(asked)?, body(sent)?).await?;
    Ok((StatusCode::CREATED, Json(ceremony)))
}

/// What clerks sign to open the poll, and who has signed.
#[utoipa::path(get, path = "/{poll}/opening", params(("poll" = String, Path, description = "the poll's id")), security(("session" = [])), responses(
    (status = 200, description = "what is to be signed", body = Opening),
    (status = 401, description = "sign-in-needed", body = ProblemDocument, content_type = "application/problem+json"),
    (status = 403, description = "not-allowed", body = ProblemDocument, content_type = "application/problem+json"),
    (status = 404, description = "not-found", body = ProblemDocument, content_type = "application/problem+json"),
    (status = 409, description = "wrong-state: the roll is not frozen", body = ProblemDocument, content_type = "application/problem+json"),
))]
async fn opening(
    State(portal): State<Portal>,
    Extension(caller): Extension<Caller>,
    asked: Asked<String>,
) -> Result<impl IntoResponse, ApiError> {
    Ok(([(header::CACHE_CONTROL, PRIVATE)], Json(portal.service.opening(&caller, poll(asked)?).await?)))
}

/// A clerk signs the opening.
#[utoipa::path(post, path = "/{poll}/opening", params(("poll" = String, Path, description = "the poll's id")), security(("session" = [])),
    request_body(content = Vec<u8>, content_type = "application/octet-stream", description = "an approval entry"),
    responses(
        (status = 201, description = "on the board; the opening after it", body = Opening),
        (status = 401, description = "sign-in-needed", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 403, description = "not-allowed", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, description = "not-found", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 409, description = "wrong-poll, wrong-state, out-of-order, already-posted, unknown-clerk, wrong-key, wrong-roll", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, description = "not-canonical, bad-signature", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
async fn sign_opening(
    State(portal): State<Portal>,
    Extension(caller): Extension<Caller>,
    asked: Asked<String>,
    sent: Sent,
) -> Result<impl IntoResponse, ApiError> {
    let opening = portal.service.sign_opening(&caller, poll(asked)?, body(sent)?).await?;
    Ok((StatusCode::CREATED, Json(opening)))
}

/// A clerk re-issues a credential that a new device has asked for.
#[utoipa::path(post, path = "/{poll}/reissues", params(("poll" = String, Path, description = "the poll's id")), security(("session" = [])),
    request_body(content = Vec<u8>, content_type = "application/octet-stream", description = "a reissue entry"),
    responses(
        (status = 204, description = "on the board"),
        (status = 401, description = "sign-in-needed", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 403, description = "not-allowed", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, description = "not-found", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 409, description = "wrong-poll, poll-not-open, unknown-slot: nobody has asked, unknown-clerk, wrong-generation, credential-reused", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 413, description = "too-large", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, description = "not-canonical, bad-signature", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 503, description = "busy: try again after Retry-After seconds; nothing was stored", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
async fn reissue(
    State(portal): State<Portal>,
    Extension(caller): Extension<Caller>,
    asked: Asked<String>,
    sent: Sent,
) -> Result<StatusCode, ApiError> {
    portal.service.reissue_credential(&caller, poll(asked)?, body(sent)?).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// How far the opening of the sums is. A trustee's program reads and verifies the board itself.
#[utoipa::path(get, path = "/{poll}/shares", params(("poll" = String, Path, description = "the poll's id")), security((), ("session" = [])), responses(
    (status = 200, description = "who has posted a share", body = TallyWork),
    (status = 404, description = "not-found", body = ProblemDocument, content_type = "application/problem+json"),
    (status = 409, description = "wrong-state: the poll is not closed", body = ProblemDocument, content_type = "application/problem+json"),
))]
async fn tally(
    State(portal): State<Portal>,
    Extension(caller): Extension<Caller>,
    asked: Asked<String>,
) -> Result<impl IntoResponse, ApiError> {
    Ok(([(header::CACHE_CONTROL, PRIVATE)], Json(portal.service.tally_work(&caller, poll(asked)?).await?)))
}

/// A trustee posts a share of the sums.
#[utoipa::path(post, path = "/{poll}/shares", params(("poll" = String, Path, description = "the poll's id")), security(("session" = [])),
    request_body(content = Vec<u8>, content_type = "application/octet-stream", description = "a share entry"),
    responses(
        (status = 201, description = "on the board", body = TallyWork),
        (status = 401, description = "sign-in-needed", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 403, description = "not-allowed", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, description = "not-found", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 409, description = "wrong-poll, out-of-order: before the close, already-posted, unknown-trustee, wrong-aggregate, too-few-ballots", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, description = "not-canonical, bad-signature, bad-proof", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
async fn post_share(
    State(portal): State<Portal>,
    Extension(caller): Extension<Caller>,
    asked: Asked<String>,
    sent: Sent,
) -> Result<impl IntoResponse, ApiError> {
    let work = portal.service.post_share(&caller, poll(asked)?, body(sent)?).await?;
    Ok((StatusCode::CREATED, Json(work)))
}
