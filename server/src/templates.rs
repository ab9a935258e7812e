//! Files for a committee to fill in.

use crate::{Portal, error::ApiError};
use axum::{
    extract::{Path, State},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse as _, Response},
};
use types::roll::TemplateKind;

/// `roll.xlsx` or `roll.csv`.
pub(crate) async fn roll(State(portal): State<Portal>, Path(file): Path<String>) -> Response {
    let (kind, mime) = match file.as_str() {
        "roll.xlsx" => (TemplateKind::Xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        "roll.csv" => (TemplateKind::Csv, "text/csv; charset=utf-8"),
        _ => return StatusCode::NOT_FOUND.into_response(),
    };
    match portal.service.roll_template(kind).await {
        Ok(bytes) => ([(header::CONTENT_TYPE, HeaderValue::from_static(mime))], bytes).into_response(),
        Err(problem) => ApiError::from(problem).into_response(),
    }
}
