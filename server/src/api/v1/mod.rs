//! Version 1: one file per resource.

mod polls;
mod sessions;

use crate::Portal;
use axum::Router;
use utoipa_axum::router::OpenApiRouter;

/// The routes with their descriptions.
pub(crate) fn routes() -> OpenApiRouter<Portal> {
    OpenApiRouter::new().nest("/api/v1/polls", polls::routes()).nest("/api/v1/sessions", sessions::routes())
}

/// The routes.
pub(crate) fn router() -> Router<Portal> {
    routes().into()
}
