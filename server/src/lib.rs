//! The portal: pages, API, background work. The whole router stands on this page.

#![recursion_limit = "512"] // The pages' views are types nested deep.

pub mod api;
mod auth;
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
use tower_http::{compression::CompressionLayer, limit::RequestBodyLimitLayer};

/// Everything the portal answers.
pub fn router(portal: Portal) -> Router {
    Router::new()
        .merge(api::v1::router())
        .nest("/api", api::docs())
        .merge(web::router(&portal))
        .layer(from_fn_with_state(portal.clone(), auth::identify))
        .layer(RequestBodyLimitLayer::new(pages::LARGEST))
        // Below this line nobody is identified: these must answer when the database does not.
        .route("/healthz", get(telemetry::healthz))
        .route("/readyz", get(telemetry::readyz))
        .route("/metrics", get(telemetry::metrics))
        .layer(from_fn(telemetry::observe))
        .layer(from_fn(web::security_headers))
        .layer(CompressionLayer::new())
        .with_state(portal)
}
