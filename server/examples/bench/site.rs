//! The real program as a process of its own, on a database that was filled before.

use crate::load::{Ask, Connection};
use std::io::{BufRead as _, BufReader};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// A running portal; stopped when dropped.
pub struct Site {
    child: Child,
    pub address: SocketAddr,
    /// From the start of the process to the first page answered.
    pub cold_start: Duration,
}

impl Site {
    pub async fn start(data: &Path, database: &str) -> Self {
        let start = Instant::now();
        let mut child = Command::new(program())
            .arg("serve")
            .env("MINYI_DATA_DIR", data)
            .env("MINYI_DATABASE", database)
            .env("MINYI_ADDRESS", "127.0.0.1:0")
            .env("MINYI_LOG", "warn")
            .env("RUST_LOG", "warn")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("minyi starts (make build first, or set MINYI_BIN)");
        let lines = BufReader::new(child.stdout.take().expect("its output")).lines().map_while(Result::ok);
        let address =
            lines.filter_map(|line| line.split("http://").nth(1)?.trim_end_matches('/').trim().parse().ok()).next();
        let address = address.expect("minyi says where it listens");
        let (status, _) = Connection::open(address).await.send(Ask::get("/")).await;
        assert_eq!(status, 200, "the home page");
        Self { child, address, cold_start: start.elapsed() }
    }

    pub fn pid(&self) -> u32 {
        self.child.id()
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// `MINYI_BIN`, or the binary built beside this example.
fn program() -> PathBuf {
    std::env::var_os("MINYI_BIN").map_or_else(
        || {
            let example = std::env::current_exe().expect("this program's path");
            example.ancestors().nth(2).expect("target/<profile>").join("minyi")
        },
        PathBuf::from,
    )
}
