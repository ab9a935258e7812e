//! `/api/v1/sessions`: signing in and out, for programs.

use crate::{
    Portal,
    error::{ApiError, ProblemDocument},
};
use axum::{
    Extension, Json,
    extract::{DefaultBodyLimit, State},
    http::StatusCode,
};
use serde::{Deserialize, Serialize};
use service::Caller;
use types::{ErrorCode, Timestamp, identity::SignIn};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

pub(super) fn routes() -> OpenApiRouter<Portal> {
    OpenApiRouter::new().routes(routes!(create, end)).layer(DefaultBodyLimit::max(8 * 1024))
}

/// Login and password.
#[derive(Deserialize, ToSchema)]
struct Credentials {
    /// A phone number or user name.
    login: String,
    /// The password.
    password: String,
}

/// A session.
#[derive(Serialize, ToSchema)]
struct Session {
    /// Send it as `Authorization: Bearer <token>`. Shown once.
    token: String,
    /// When it ends unless used before, milliseconds since 1970 UTC.
    expires_at: i64,
}

/// Sign in.
///
/// Tries are counted per login and per network; too many answer `too-many-tries` with Retry-After.
#[utoipa::path(
    post, path = "/", request_body = Credentials,
    responses(
        (status = 201, description = "signed in", body = Session),
        (status = 401, description = "wrong-credentials", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 429, description = "too-many-tries", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
async fn create(
    State(portal): State<Portal>,
    Extension(caller): Extension<Caller>,
    body: Result<Json<Credentials>, axum::extract::rejection::JsonRejection>,
) -> Result<(StatusCode, Json<Session>), ApiError> {
    let Json(Credentials { login, password }) = body.map_err(|_| ApiError::from(ErrorCode::Invalid))?;
    let session = portal.service.sign_in(&caller, SignIn { login, password }).await?;
    let Timestamp(expires_at) = session.expires_at;
    Ok((StatusCode::CREATED, Json(Session { token: session.token, expires_at })))
}

/// Sign out: ends the session of the token that is sent.
#[utoipa::path(
    delete, path = "/", security(("session" = [])),
    responses(
        (status = 204, description = "the session has ended"),
        (status = 401, description = "sign-in-needed", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
async fn end(State(portal): State<Portal>, Extension(caller): Extension<Caller>) -> Result<StatusCode, ApiError> {
    portal.service.sign_out(&caller).await?;
    Ok(StatusCode::NO_CONTENT)
}
