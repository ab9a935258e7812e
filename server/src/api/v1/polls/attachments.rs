//! Files of a poll.

use super::{Asked, FOR_EVER, PRIVATE, poll};
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
use service::{AttachedFile, Caller};
use types::{ErrorCode, polls::Attachment};
use utoipa_axum::{router::OpenApiRouter, routes};

/// An uploaded file runs nothing, loads nothing, and is no page of ours, whatever is in it.
const SANDBOX: HeaderValue = HeaderValue::from_static("default-src 'none'; sandbox");

pub(super) fn routes() -> OpenApiRouter<Portal> {
    OpenApiRouter::new().routes(routes!(file))
}

/// A file that the manifest names.
#[utoipa::path(get, path = "/{poll}/attachments/{file}",
    params(("poll" = String, Path, description = "the poll's id"), ("file" = String, Path, description = "the file's id, as in the poll")),
    responses(
        (status = 200, description = "the file, with its own content type", body = Vec<u8>, content_type = "application/octet-stream"),
        (status = 404, description = "not-found", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
async fn file(
    State(portal): State<Portal>,
    Extension(caller): Extension<Caller>,
    asked: Result<Path<(String, String)>, axum::extract::rejection::PathRejection>,
) -> Result<impl IntoResponse, ApiError> {
    let missing = |_| ApiError::from(ErrorCode::NotFound);
    let Path((of, id)) = asked.map_err(missing)?;
    let of = poll(Asked::Ok(Path(of)))?;
    let id = id.parse().map_err(|_| ApiError::from(ErrorCode::NotFound))?;
    let AttachedFile { about, content, published } = portal.service.attachment(&caller, of, id).await?;
    let kind = HeaderValue::from_str(&about.mime).map_err(|_| ApiError::from(ErrorCode::Internal))?;
    let headers = [
        (header::CONTENT_TYPE, kind),
        (header::CONTENT_SECURITY_POLICY, SANDBOX),
        (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
        (header::CONTENT_DISPOSITION, disposition(&about)),
        (header::CACHE_CONTROL, if published { FOR_EVER } else { PRIVATE }),
    ];
    Ok((headers, content))
}

/// Pictures are shown; the rest is saved, because browsers show nothing but pictures in a sandbox. The name is as
/// RFC 8187 writes it: only unreserved characters stand as they are.
fn disposition(file: &Attachment) -> HeaderValue {
    let how = if file.mime.starts_with("image/") { "inline" } else { "attachment" };
    let mut value = format!("{how}; filename*=UTF-8''");
    for byte in file.name.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            value.push(char::from(byte));
        } else {
            value.push_str(&format!("%{byte:02X}"));
        }
    }
    HeaderValue::from_str(&value).unwrap_or(HeaderValue::from_static("attachment"))
}
