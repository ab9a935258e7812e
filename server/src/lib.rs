//! The portal: pages, API, background work. The whole router stands on this page.

#![recursion_limit = "512"] // The pages' views are types nested deep.

pub mod api;
mod auth;
mod body;
pub mod cli;
pub mod config;
mod error;
pub mod jobs;
mod pages;
pub mod portal;
pub mod telemetry;
mod templates;
mod web;
pub mod world;

pub use portal::Portal;

use axum::{
    Router,
    middleware::{from_fn, from_fn_with_state},
    routing::get,
};
use tower_http::{CompressionLevel, compression::CompressionLayer};

/// Everything the portal answers.
pub fn router(portal: Portal) -> Router {
    Router::new()
        .merge(api::router())
        .merge(web::router())
        .layer(from_fn_with_state(portal.clone(), auth::identify))
        // Below this line nobody is identified: these must answer when the database does not.
        .merge(web::files(&portal))
        .route("/healthz", get(telemetry::healthz))
        .route("/readyz", get(telemetry::readyz))
        .route("/metrics", get(telemetry::metrics))
        .layer(from_fn(telemetry::observe))
        .layer(from_fn(web::security_headers))
        // Made anew for every reader, so quickly: twice the pages for a tenth more bytes. Files are compressed beforehand.
        .layer(CompressionLayer::new().quality(CompressionLevel::Precise(1)))
        .with_state(portal)
}
