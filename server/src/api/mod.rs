//! The public door: REST under `/api/v1` for open data, the ballot board, and other programs.

mod page;
pub mod v1;

use crate::Portal;
use axum::{Json, Router, http::header, response::IntoResponse, routing::get};
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

/// `/api/docs` for people, `/api/openapi.json` for programs.
pub(crate) fn docs() -> Router<Portal> {
    Router::new().route("/openapi.json", get(|| async { Json(description()) })).route("/docs", get(docs_page))
}

async fn docs_page() -> impl IntoResponse {
    let policy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'";
    (
        [(header::CONTENT_SECURITY_POLICY, policy), (header::CONTENT_TYPE, "text/html; charset=utf-8")],
        page::render(&description()),
    )
}
