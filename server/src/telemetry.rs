//! Logs, health, metrics. Never logged: names, ID numbers, codes, tokens, addresses, owners of ballots.

use crate::{Portal, config::ConfigError};
use axum::{
    extract::{MatchedPath, Request, State},
    http::{Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use std::{io, sync::OnceLock, time::Instant};
use tracing_subscriber::{EnvFilter, fmt, prelude::*};

/// Starts logging to standard error: text on a terminal, JSON lines elsewhere. `MINYI_LOG` filters, default `info`.
///
/// # Errors
/// Names a filter that is none, and what is allowed.
pub fn start_logging() -> Result<(), ConfigError> {
    use std::io::IsTerminal as _;
    let asked = std::env::var("MINYI_LOG").unwrap_or_else(|_| "info,sqlx=warn".to_owned());
    let filter = EnvFilter::try_new(&asked).map_err(|error| {
        ConfigError(format!(
            "MINYI_LOG is {asked:?} ({error}); allowed is error, warn, info, debug or trace, also for parts, like info,sqlx=warn"
        ))
    })?;
    let registry = tracing_subscriber::registry().with(filter);
    // A second start in one process (tests) keeps the first.
    let _ = if io::stderr().is_terminal() {
        registry.with(fmt::layer().with_writer(io::stderr)).try_init()
    } else {
        registry.with(fmt::layer().json().with_writer(io::stderr)).try_init()
    };
    Ok(())
}

/// The process's metrics, made once.
fn recorder() -> &'static PrometheusHandle {
    static HANDLE: OnceLock<PrometheusHandle> = OnceLock::new();
    HANDLE.get_or_init(|| {
        let builder = PrometheusBuilder::new();
        let buckets = [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0];
        let builder =
            builder.set_buckets_for_metric(Matcher::Suffix("_seconds".to_owned()), &buckets).unwrap_or_default();
        let recorder = builder.build_recorder();
        let handle = recorder.handle();
        let _ = metrics::set_global_recorder(recorder);
        handle
    })
}

/// `GET /metrics`, Prometheus text. What waits is counted when it is asked for; without a database it is left as it was.
pub(crate) async fn metrics(State(portal): State<Portal>) -> impl IntoResponse {
    recorder();
    if let Ok(waiting) = portal.service.jobs_waiting().await {
        metrics::gauge!("minyi_jobs_waiting").set(waiting as f64);
    }
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4")], recorder().render())
}

/// `GET /healthz`: the process answers.
pub(crate) async fn healthz() -> &'static str {
    "ok\n"
}

/// `GET /readyz`: the database answers.
pub(crate) async fn readyz(State(portal): State<Portal>) -> Response {
    match portal.service.ready().await {
        Ok(()) => "ready\n".into_response(),
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n").into_response(),
    }
}

/// Counts and times each request by its route, never by its address: an address may hold an id.
pub(crate) async fn observe(request: Request, next: Next) -> Response {
    recorder();
    let matched = request.extensions().get::<MatchedPath>();
    let route = matched.map_or_else(|| page(request.uri().path()).to_owned(), |path| path.as_str().to_owned());
    let method = method(request.method());
    #[expect(clippy::disallowed_methods, reason = "telemetry measures")]
    let start = Instant::now();
    let answer = next.run(request).await;
    let seconds = start.elapsed().as_secs_f64();
    let status = answer.status().as_u16();
    metrics::counter!("minyi_requests_total", "route" => route.clone(), "method" => method, "status" => status.to_string()).increment(1);
    metrics::histogram!("minyi_request_seconds", "route" => route.clone()).record(seconds);
    if status >= 500 && status != 503 {
        tracing::error!(route, status, "a request failed");
    }
    answer
}

/// The part of the portal that a page belongs to: its first step, if we have such pages.
fn page(path: &str) -> &'static str {
    const PARTS: [&str; 11] = [
        "/",
        "/committee",
        "/consultations",
        "/help",
        "/mail",
        "/me",
        "/polls",
        "/sign-in",
        "/sign-up",
        "/trustee",
        "/volunteering",
    ];
    let first = path.get(1..).and_then(|rest| rest.split('/').next()).unwrap_or_default();
    PARTS.into_iter().find(|part| &part[1..] == first).unwrap_or("other")
}

/// A method that we know; anybody can make up more of them, and each would be a series for ever.
fn method(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        _ => "other",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_is_made_up_becomes_a_label() {
        for (path, part) in [("/", "/"), ("/polls/1f/vote", "/polls"), ("/me", "/me"), ("/wp-admin", "other")] {
            assert_eq!(page(path), part, "{path}");
        }
        assert_eq!(method(&Method::from_bytes(b"BREW").expect("a token")), "other");
        assert_eq!(method(&Method::POST), "POST");
    }
}
