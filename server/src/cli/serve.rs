//! `minyi serve`: pages, API and background work in one process.

use crate::{
    Portal,
    auth::CookieKind,
    config::{Config, ConfigError, wrong},
    jobs,
    portal::StartError,
    router,
    world::SystemEntropy,
};
use axum::serve::ListenerExt as _;
use clap::Args;
use service::Entropy as _;
use std::{net::SocketAddr, path::PathBuf};
use tokio::{net::TcpListener, signal, sync::watch};

/// Serve the portal: pages, API, background work.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  minyi serve                                       an SQLite file under data/, on 127.0.0.1:3000
  minyi serve --address 0.0.0.0:80                  for the whole network; put HTTPS in front of it
  minyi serve --database postgres://minyi@db/minyi  PostgreSQL; several such processes may share it

Prints one line with its address on standard output once it answers; logs go to standard error.
Ends on SIGINT or SIGTERM after the requests that are under way.")]
pub(super) struct ServeArgs {
    /// Instead of MINYI_ADDRESS: address and port; port 0 takes a free one.
    #[arg(long)]
    address: Option<SocketAddr>,
    /// Instead of MINYI_DATABASE: postgres://… or the path of an SQLite file.
    #[arg(long)]
    database: Option<String>,
    /// Instead of MINYI_SITE: the folder with what the browser loads.
    #[arg(long)]
    site: Option<PathBuf>,
}

/// Why serving ended.
#[derive(Debug, thiserror::Error)]
pub(super) enum ServeError {
    #[error(transparent)]
    Config(#[from] ConfigError),
    #[error(transparent)]
    Start(#[from] StartError),
    #[error("{0}: {1}")]
    Listen(SocketAddr, std::io::Error),
    #[error("serving ended: {0}")]
    Serve(std::io::Error),
}

pub(super) async fn run(args: ServeArgs, mut config: Config) -> Result<(), ServeError> {
    if let Some(address) = args.address {
        config.address = address;
    }
    if let Some(database) = args.database {
        config.database = database.parse()?;
    }
    if let Some(site) = args.site {
        config.site = site;
    }
    if !config.site.is_dir() {
        let given = config.site.display().to_string();
        return Err(wrong("site", &given, "a folder with what browsers load: target/site after make build").into());
    }
    let listener =
        TcpListener::bind(config.address).await.map_err(|error| ServeError::Listen(config.address, error))?;
    let local = listener.local_addr().map_err(|error| ServeError::Listen(config.address, error))?;
    let public_url = config.public_url.clone().unwrap_or_else(|| format!("http://{local}"));
    let portal = Portal::open(&config, &public_url).await?;
    if portal.cookie == CookieKind::Plain {
        tracing::warn!(
            "public_url is plain HTTP: whoever shares the network can take over a session; put HTTPS in front"
        );
    }
    let (stop, stopped) = watch::channel(false);
    let runner = tokio::spawn(jobs::run(portal.service.clone(), node_name(), stopped.clone()));
    println!("minyi serves http://{local}");
    // Without TCP_NODELAY an answer of two packets waits 40 ms for the delayed acknowledgement of the first.
    let listener = listener.tap_io(|socket| drop(socket.set_nodelay(true)));
    let app = router(portal.clone()).into_make_service_with_connect_info::<SocketAddr>();
    let served = axum::serve(listener, app).with_graceful_shutdown(asked_to_stop()).await;
    // Receivers may be gone already.
    let _ = stop.send(true);
    let _ = runner.await;
    served.map_err(ServeError::Serve)
}

/// A name for this process in the leases of background work.
fn node_name() -> String {
    let mut bytes = [0; 8];
    SystemEntropy.fill(&mut bytes);
    data_encoding::HEXLOWER.encode(&bytes)
}

async fn asked_to_stop() {
    let interrupt = async { drop(signal::ctrl_c().await) };
    #[cfg(unix)]
    let terminate = async {
        match signal::unix::signal(signal::unix::SignalKind::terminate()) {
            Ok(mut asked) => drop(asked.recv().await),
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let terminate = std::future::pending::<()>();
    tokio::select! { () = interrupt => (), () = terminate => () }
}
