//! The board as C2SP tlog-tiles: what existing clients and witnesses of transparency logs read.

use super::{Asked, FOR_EVER, poll};
use crate::{
    Portal,
    error::{ApiError, ProblemDocument},
};
use axum::{
    Extension,
    extract::{Path, State},
    http::{HeaderValue, header},
    response::IntoResponse,
};
use ballot::tiles::{Holds, Tile};
use service::Caller;
use types::ErrorCode;
use utoipa_axum::{router::OpenApiRouter, routes};

pub(super) fn routes() -> OpenApiRouter<Portal> {
    OpenApiRouter::new().routes(routes!(tile))
}

/// A tile: `<L>/<N>[.p/<W>]` holds hashes of level L, `entries/<N>[.p/<W>]` holds entries, each with its length before it.
///
/// `<N>` is written in groups of three digits, `x001/x234/067`. A tile never changes: it may be kept for ever.
#[utoipa::path(get, path = "/{poll}/board/tile/{*tile}",
    params(("poll" = String, Path, description = "the poll's id"), ("tile" = String, Path, description = "the tile's path after `tile/`, with its slashes")),
    responses(
        (status = 200, description = "the tile", body = Vec<u8>, content_type = "application/octet-stream"),
        (status = 404, description = "not-found: beyond the board, or no tile's path", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
async fn tile(
    State(portal): State<Portal>,
    Extension(caller): Extension<Caller>,
    asked: Asked<(String, String)>,
) -> Result<impl IntoResponse, ApiError> {
    let missing = || ApiError::from(ErrorCode::NotFound);
    let Path((of, path)) = asked.map_err(|_| missing())?;
    let of = poll(Ok(Path(of)))?;
    let Tile { holds, index, width } = Tile::parse(&format!("tile/{path}")).ok_or_else(missing)?;
    let bytes = match holds {
        Holds::Hashes(level) => portal.service.board_tile(&caller, of, level, index, width).await?,
        Holds::Entries => portal.service.board_bundle(&caller, of, index, width).await?,
    };
    let kind = (header::CONTENT_TYPE, HeaderValue::from_static("application/octet-stream"));
    Ok(([kind, (header::CACHE_CONTROL, FOR_EVER)], bytes))
}
