//! `/api/v1/polls`: polls, voting, the board, results; and what trustees' and clerks' own programs need.

mod attachments;
mod board;
mod lists;
mod officials;
mod proofs;
mod result;
mod tiles;
mod voting;

use crate::{Portal, error::ApiError};
use axum::{
    body::Bytes,
    extract::{
        Path, Query,
        rejection::{BytesRejection, PathRejection, QueryRejection},
    },
    http::{HeaderValue, StatusCode},
};
use types::{ErrorCode, ids::PollId};
use utoipa_axum::router::OpenApiRouter;

/// The newest state: ask again each time.
const FRESH: HeaderValue = HeaderValue::from_static("no-cache");
/// What never changes any more.
const FOR_EVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
/// What depends on who asks.
const PRIVATE: HeaderValue = HeaderValue::from_static("private, no-store");

pub(super) fn routes() -> OpenApiRouter<Portal> {
    OpenApiRouter::new()
        .merge(lists::routes())
        .merge(attachments::routes())
        .merge(voting::routes())
        .merge(result::routes())
        .merge(board::routes())
        .merge(tiles::routes())
        .merge(proofs::routes())
        .merge(officials::routes())
}

type Asked<T> = Result<Path<T>, PathRejection>;
type Given<T> = Result<Query<T>, QueryRejection>;
type Sent = Result<Bytes, BytesRejection>;

/// The poll of a path; what is no id is no poll.
fn poll(asked: Asked<String>) -> Result<PollId, ApiError> {
    let Path(text) = asked.map_err(|_| ApiError::from(ErrorCode::NotFound))?;
    text.parse().map_err(|_| ErrorCode::NotFound.into())
}

fn query<T>(given: Given<T>) -> Result<T, ApiError> {
    given.map(|Query(query)| query).map_err(|_| ErrorCode::Invalid.into())
}

/// A body of bytes; one over the limit is too large.
fn body(sent: Sent) -> Result<Vec<u8>, ApiError> {
    sent.map(|bytes| bytes.to_vec()).map_err(|rejection| match rejection {
        BytesRejection::FailedToBufferBody(failed) if failed.status() == StatusCode::PAYLOAD_TOO_LARGE => {
            ErrorCode::TooLarge.into()
        }
        _ => ErrorCode::Invalid.into(),
    })
}
