//! The public door: REST under `/api/v1` for open data, the ballot board, and other programs.

mod page;
pub mod v1;

use crate::{Portal, error::ApiError};
use axum::{
    Json, Router,
    http::header,
    response::IntoResponse,
    routing::{any, get},
};
use types::ErrorCode;
use utoipa::{
    Modify, OpenApi,
    openapi::{
        self,
        security::{Http, HttpAuthScheme, SecurityScheme},
    },
};

/// The description of the API; docs/openapi.json is this, committed.
#[must_use]
pub fn description() -> openapi::OpenApi {
    #[derive(OpenApi)]
    #[openapi(
        info(
            title = "Minyi",
            description = "Polls, their boards, ballots and results. The bytes are described in docs/BALLOT.md, the rules of this API in docs/API.md.",
            license(name = "Apache-2.0")
        ),
        modifiers(&Bearer)
    )]
    struct Description;

    struct Bearer;
    impl Modify for Bearer {
        fn modify(&self, description: &mut openapi::OpenApi) {
            let bearer = SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer));
            description.components.get_or_insert_default().add_security_scheme("session", bearer);
        }
    }

    let (_, mut routes) = v1::routes().split_for_parts();
    // The router's star, for a parameter with slashes in it, is no part of the parameter's name.
    let paths = std::mem::take(&mut routes.paths.paths);
    routes.paths.paths = paths.into_iter().map(|(path, item)| (path.replace("{*", "{"), item)).collect();
    let mut description = Description::openapi();
    description.merge(routes);
    description
}

/// Everything below `/api`: version 1, `/api/docs` for people, `/api/openapi.json` for programs. A program is told in a
/// document of its own kind, not on a page, that an address or a method is none of these.
pub(crate) fn router() -> Router<Portal> {
    v1::router()
        .route("/api/openapi.json", get(|| async { Json(description()) }))
        .route("/api/docs", get(docs_page))
        .route("/api", any(unknown))
        .route("/api/{*address}", any(unknown))
        .method_not_allowed_fallback(async || ApiError::from(ErrorCode::MethodNotAllowed))
}

async fn unknown() -> ApiError {
    ErrorCode::NotFound.into()
}

async fn docs_page() -> impl IntoResponse {
    let policy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'";
    (
        [(header::CONTENT_SECURITY_POLICY, policy), (header::CONTENT_TYPE, "text/html; charset=utf-8")],
        page::render(&description()),
    )
}
