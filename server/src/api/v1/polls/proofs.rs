//! Proofs over the board's tree.

use super::{Asked, FOR_EVER, Given, poll, query};
use crate::{
    Portal,
    error::{ApiError, ProblemDocument},
};
use axum::{Extension, Json, extract::State, http::header, response::IntoResponse};
use serde::{Deserialize, Serialize};
use service::Caller;
use types::{bytes::Hex32, polls::ConsistencyProof};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};

pub(super) fn routes() -> OpenApiRouter<Portal> {
    OpenApiRouter::new().routes(routes!(inclusion)).routes(routes!(consistency))
}

/// An entry and a tree.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Entry {
    /// The entry's place, from 0.
    leaf: u64,
    /// The tree's size.
    size: u64,
}

/// An RFC 6962 inclusion proof.
#[derive(Serialize, ToSchema)]
struct InclusionProof {
    /// The entry's place, from 0.
    leaf: u64,
    /// The tree's size.
    size: u64,
    /// The hashes, the entry's sibling first.
    proof: Vec<Hex32>,
}

/// The RFC 6962 inclusion proof of an entry in the tree of a size.
#[utoipa::path(get, path = "/{poll}/board/proof/inclusion", params(("poll" = String, Path, description = "the poll's id"), Entry), responses(
    (status = 200, description = "the proof", body = InclusionProof),
    (status = 404, description = "not-found", body = ProblemDocument, content_type = "application/problem+json"),
    (status = 422, description = "invalid: `leaf` or `size`", body = ProblemDocument, content_type = "application/problem+json"),
))]
async fn inclusion(
    State(portal): State<Portal>,
    Extension(caller): Extension<Caller>,
    asked: Asked<String>,
    entry: Given<Entry>,
) -> Result<impl IntoResponse, ApiError> {
    let Entry { leaf, size } = query(entry)?;
    let proof = portal.service.inclusion_proof(&caller, poll(asked)?, leaf, size).await?;
    Ok(([(header::CACHE_CONTROL, FOR_EVER)], Json(InclusionProof { leaf, size, proof })))
}

/// Two sizes.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Sizes {
    /// The older size.
    from: u64,
    /// The newer size.
    to: u64,
}

/// The RFC 6962 proof that the tree of the newer size continues that of the older.
#[utoipa::path(get, path = "/{poll}/board/proof/consistency", params(("poll" = String, Path, description = "the poll's id"), Sizes), responses(
    (status = 200, description = "the proof", body = ConsistencyProof),
    (status = 404, description = "not-found", body = ProblemDocument, content_type = "application/problem+json"),
    (status = 422, description = "invalid: `from` or `to`", body = ProblemDocument, content_type = "application/problem+json"),
))]
async fn consistency(
    State(portal): State<Portal>,
    Extension(caller): Extension<Caller>,
    asked: Asked<String>,
    sizes: Given<Sizes>,
) -> Result<impl IntoResponse, ApiError> {
    let Sizes { from, to } = query(sizes)?;
    let proof = portal.service.consistency_proof(&caller, poll(asked)?, from, to).await?;
    Ok(([(header::CACHE_CONTROL, FOR_EVER)], Json(proof)))
}
