//! What a voter's device asks for and sends. Bodies are board entries, byte for byte as in docs/BALLOT.md.

use super::{Asked, FRESH, Given, PRIVATE, Sent, body, poll, query};
use crate::{
    Portal,
    error::{ApiError, ProblemDocument},
};
use axum::{
    Extension, Json,
    extract::{DefaultBodyLimit, Path, State},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::{Deserialize, Serialize};
use service::Caller;
use types::{
    ErrorCode,
    bytes::{Blob, Hex32},
    polls::{BallotStatus, CastAnswer, MyRecord, MySlot, Receipt, TreeProof, VotingContext},
};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};

/// No entry of a board is larger.
const ENTRY_MAX: usize = 65_535;

pub(super) fn routes() -> OpenApiRouter<Portal> {
    OpenApiRouter::new()
        .routes(routes!(context))
        .routes(routes!(my_slot))
        .routes(routes!(my_record))
        .routes(routes!(register))
        .routes(routes!(ask_reissue))
        .routes(routes!(cast))
        .routes(routes!(challenge))
        .routes(routes!(status))
        .layer(DefaultBodyLimit::max(ENTRY_MAX))
}

/// Everything that is needed to make a ballot for the caller's slot.
#[utoipa::path(get, path = "/{poll}/voting-context", params(("poll" = String, Path, description = "the poll's id")), security(("session" = [])), responses(
    (status = 200, description = "the context", body = VotingContext),
    (status = 401, description = "sign-in-needed", body = ProblemDocument, content_type = "application/problem+json"),
    (status = 403, description = "verification-needed", body = ProblemDocument, content_type = "application/problem+json"),
    (status = 404, description = "not-found: no such poll, or the caller is not on its roll", body = ProblemDocument, content_type = "application/problem+json"),
    (status = 409, description = "poll-not-open", body = ProblemDocument, content_type = "application/problem+json"),
))]
async fn context(
    State(portal): State<Portal>,
    Extension(caller): Extension<Caller>,
    asked: Asked<String>,
) -> Result<impl IntoResponse, ApiError> {
    Ok(([(header::CACHE_CONTROL, PRIVATE)], Json(portal.service.voting_context(&caller, poll(asked)?).await?)))
}

/// The caller's slot with salt and text, to compute its commitment on the board again.
#[utoipa::path(get, path = "/{poll}/my-slot", params(("poll" = String, Path, description = "the poll's id")), security(("session" = [])), responses(
    (status = 200, description = "the slot", body = MySlot),
    (status = 401, description = "sign-in-needed", body = ProblemDocument, content_type = "application/problem+json"),
    (status = 403, description = "verification-needed", body = ProblemDocument, content_type = "application/problem+json"),
    (status = 404, description = "not-found", body = ProblemDocument, content_type = "application/problem+json"),
))]
async fn my_slot(
    State(portal): State<Portal>,
    Extension(caller): Extension<Caller>,
    asked: Asked<String>,
) -> Result<impl IntoResponse, ApiError> {
    Ok(([(header::CACHE_CONTROL, PRIVATE)], Json(portal.service.my_slot(&caller, poll(asked)?).await?)))
}

/// What was recorded for the caller's slot: a ballot that they did not cast shows here.
#[utoipa::path(get, path = "/{poll}/my-record", params(("poll" = String, Path, description = "the poll's id")), security(("session" = [])), responses(
    (status = 200, description = "the record", body = MyRecord),
    (status = 401, description = "sign-in-needed", body = ProblemDocument, content_type = "application/problem+json"),
    (status = 403, description = "verification-needed", body = ProblemDocument, content_type = "application/problem+json"),
    (status = 404, description = "not-found", body = ProblemDocument, content_type = "application/problem+json"),
))]
async fn my_record(
    State(portal): State<Portal>,
    Extension(caller): Extension<Caller>,
    asked: Asked<String>,
) -> Result<impl IntoResponse, ApiError> {
    Ok(([(header::CACHE_CONTROL, PRIVATE)], Json(portal.service.my_record(&caller, poll(asked)?).await?)))
}

/// Register the device's credential for the caller's slot.
///
/// The body is a `credential` entry. The same bytes again answer the same place.
#[utoipa::path(post, path = "/{poll}/credentials", params(("poll" = String, Path, description = "the poll's id")), security(("session" = [])),
    request_body(content = Vec<u8>, content_type = "application/octet-stream", description = "a credential entry"),
    responses(
        (status = 201, description = "on the board", body = TreeProof),
        (status = 401, description = "sign-in-needed", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 403, description = "verification-needed, not-your-slot", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, description = "not-found", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 409, description = "wrong-poll, poll-not-open, unknown-slot, credential-exists, credential-reused, wrong-generation", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 413, description = "too-large", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, description = "not-canonical, bad-signature", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 503, description = "busy: try again after Retry-After seconds; nothing was stored", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
async fn register(
    State(portal): State<Portal>,
    Extension(caller): Extension<Caller>,
    asked: Asked<String>,
    sent: Sent,
) -> Result<impl IntoResponse, ApiError> {
    let proof = portal.service.register_credential(&caller, poll(asked)?, body(sent)?).await?;
    Ok((StatusCode::CREATED, Json(proof)))
}

/// A new device that asks for the credential of the caller's slot.
#[derive(Deserialize, ToSchema)]
struct Wish {
    /// The new device's public key.
    key: Hex32,
    /// Its signature over the re-issue entry up to and with the key.
    possession: Blob,
}

/// Ask for a new credential: the old device is lost. A clerk signs it at the desk.
#[utoipa::path(post, path = "/{poll}/reissue-requests", params(("poll" = String, Path, description = "the poll's id")), security(("session" = [])),
    request_body = Wish,
    responses(
        (status = 204, description = "asked"),
        (status = 401, description = "sign-in-needed", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 403, description = "verification-needed, not-your-slot", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, description = "not-found", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 409, description = "poll-not-open, unknown-credential: there is none yet, register one", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, description = "invalid", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
async fn ask_reissue(
    State(portal): State<Portal>,
    Extension(caller): Extension<Caller>,
    asked: Asked<String>,
    wish: Result<Json<Wish>, axum::extract::rejection::JsonRejection>,
) -> Result<StatusCode, ApiError> {
    let Json(Wish { key, possession }) = wish.map_err(|_| ApiError::from(ErrorCode::Invalid))?;
    portal.service.ask_reissue(&caller, poll(asked)?, key, possession).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Cast a ballot. Answered after it is durable.
///
/// The body is a `ballot` entry. If the answer is lost, send the same bytes again: the answer is 409 `duplicate` with the
/// receipt of the first time, and nothing is stored twice. A refused ballot is not stored at all.
#[utoipa::path(post, path = "/{poll}/ballots", params(("poll" = String, Path, description = "the poll's id")), security(("session" = [])),
    request_body(content = Vec<u8>, content_type = "application/octet-stream", description = "a ballot entry"),
    responses(
        (status = 201, description = "on the board", body = Receipt),
        (status = 401, description = "sign-in-needed", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 403, description = "verification-needed, not-your-slot", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, description = "not-found", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 409, description = "wrong-poll, poll-not-open, unknown-credential, superseded-credential, wrong-slot, duplicate (with the receipt), wrong-number, wrong-previous, reused-point", body = DuplicateDocument, content_type = "application/problem+json"),
        (status = 413, description = "too-large", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, description = "not-canonical, bad-signature, bad-proof", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 429, description = "too-many-tries: 100 ballots of this slot within an hour", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 503, description = "busy: try again after Retry-After seconds; nothing was stored", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
async fn cast(
    State(portal): State<Portal>,
    Extension(caller): Extension<Caller>,
    asked: Asked<String>,
    sent: Sent,
) -> Result<Response, ApiError> {
    Ok(answered(portal.service.cast_ballot(&caller, poll(asked)?, body(sent)?).await?))
}

/// Open a sealed ballot instead of casting it: it goes onto the board and never counts.
///
/// The body is a `challenge` entry. The same bytes again: as for ballots.
#[utoipa::path(post, path = "/{poll}/challenges", params(("poll" = String, Path, description = "the poll's id")), security(("session" = [])),
    request_body(content = Vec<u8>, content_type = "application/octet-stream", description = "a challenge entry"),
    responses(
        (status = 201, description = "on the board", body = Receipt),
        (status = 401, description = "sign-in-needed", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 403, description = "verification-needed, not-your-slot", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, description = "not-found", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 409, description = "as for ballots", body = DuplicateDocument, content_type = "application/problem+json"),
        (status = 413, description = "too-large", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, description = "not-canonical, bad-signature, bad-proof, bad-opening", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 429, description = "too-many-tries: 20 challenges of this slot within an hour", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 503, description = "busy: try again after Retry-After seconds; nothing was stored", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
async fn challenge(
    State(portal): State<Portal>,
    Extension(caller): Extension<Caller>,
    asked: Asked<String>,
    sent: Sent,
) -> Result<Response, ApiError> {
    Ok(answered(portal.service.challenge_ballot(&caller, poll(asked)?, body(sent)?).await?))
}

/// A saved checkpoint.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Since {
    /// The size of a saved checkpoint: the answer then proves that the board continues it.
    since: Option<u64>,
}

/// What became of the ballot with this tracker. The board is public; anybody may ask.
#[utoipa::path(get, path = "/{poll}/ballots/{tracker}",
    params(("poll" = String, Path, description = "the poll's id"), ("tracker" = String, Path, description = "the tracker, in any spelling"), Since),
    responses(
        (status = 200, description = "how it stands", body = BallotStatus),
        (status = 404, description = "not-found", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, description = "invalid: `tracker` or `since`", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
async fn status(
    State(portal): State<Portal>,
    Extension(caller): Extension<Caller>,
    asked: Asked<(String, String)>,
    since: Given<Since>,
) -> Result<impl IntoResponse, ApiError> {
    let Path((of, tracker)) = asked.map_err(|_| ApiError::from(ErrorCode::NotFound))?;
    let of = poll(Ok(Path(of)))?;
    let status = portal.service.ballot_status(&caller, of, &tracker, query(since)?.since).await?;
    Ok(([(header::CACHE_CONTROL, FRESH)], Json(status)))
}

/// The problem document of `duplicate`, with the receipt of the first time.
#[derive(Serialize, ToSchema)]
struct DuplicateDocument {
    /// `/api/docs#error-duplicate`.
    r#type: &'static str,
    /// `duplicate`.
    code: &'static str,
    /// 409.
    status: u16,
    /// What the code means, in English.
    title: &'static str,
    /// The receipt of the first time; only with the code `duplicate`.
    receipt: Receipt,
}

fn answered(answer: CastAnswer) -> Response {
    match answer {
        CastAnswer::Recorded { receipt } => (StatusCode::CREATED, Json(receipt)).into_response(),
        CastAnswer::Duplicate { receipt } => {
            let code = ErrorCode::Duplicate;
            let document = DuplicateDocument {
                r#type: "/api/docs#error-duplicate",
                code: code.as_str(),
                status: code.status(),
                title: code.meaning(),
                receipt,
            };
            let kind = [(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"))];
            (StatusCode::CONFLICT, kind, Json(document)).into_response()
        }
    }
}
