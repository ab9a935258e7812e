//! Logs, health, metrics. Never logged: names, ID numbers, codes, tokens, addresses, owners of ballots.

use crate::Portal;
use axum::{
    extract::{MatchedPath, Request, State},
    http::{StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use std::{io, sync::OnceLock, time::Instant};
use tracing_subscriber::{EnvFilter, fmt, prelude::*};

/// Starts logging to standard error: text on a terminal, JSON lines elsewhere. `MINYI_LOG` filters, default `info`.
pub fn start_logging() {
    use std::io::IsTerminal as _;
    let filter = EnvFilter::try_from_env("MINYI_LOG").unwrap_or_else(|_| EnvFilter::new("info,sqlx=warn"));
    let registry = tracing_subscriber::registry().with(filter);
    // A second start in one process (tests) keeps the first.
    let _ = if io::stderr().is_terminal() {
        registry.with(fmt::layer().with_writer(io::stderr)).try_init()
    } else {
        registry.with(fmt::layer().json().with_writer(io::stderr)).try_init()
    };
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

/// `GET /metrics`, Prometheus text.
pub(crate) async fn metrics() -> impl IntoResponse {
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
    let route =
        request.extensions().get::<MatchedPath>().map_or_else(|| "other".to_owned(), |path| path.as_str().to_owned());
    let method = request.method().as_str().to_owned();
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
