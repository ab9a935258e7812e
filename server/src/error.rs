//! Problems as HTTP answers: RFC 9457 problem documents.

use axum::{
    Json,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Serialize;
use types::{ErrorCode, FieldProblem, Problem};

/// What a handler of the API returns when it does not do what was asked.
#[derive(Debug)]
pub struct ApiError(pub Problem);

impl<P: Into<Problem>> From<P> for ApiError {
    fn from(problem: P) -> Self {
        Self(problem.into())
    }
}

/// The document, RFC 9457 section 3. `type` is relative to the API's own description.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct ProblemDocument {
    /// `/api/docs#error-<code>`.
    r#type: String,
    /// The stable code, e.g. `wrong-number`.
    code: &'static str,
    /// The HTTP status.
    status: u16,
    /// What the code means, in English.
    title: &'static str,
    /// The fields concerned.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(value_type = Vec<Object>)]
    fields: Vec<FieldProblem>,
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let Self(problem) = self;
        let code = problem.code;
        let document = ProblemDocument {
            r#type: format!("/api/docs#error-{}", code.as_str()),
            code: code.as_str(),
            status: code.status(),
            title: code.meaning(),
            fields: problem.fields,
        };
        let status = StatusCode::from_u16(code.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut answer = (status, Json(document)).into_response();
        let headers = answer.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        let wait = problem.retry_after.or((code == ErrorCode::Busy).then_some(1));
        if let Some(seconds) = wait {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        answer
    }
}
