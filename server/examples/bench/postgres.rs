//! A PostgreSQL cluster as it is after installation: durable, unlike the one that tests use.

use std::io::{BufRead as _, BufReader};
use std::net::TcpListener;
use std::process::{Child, Command, Stdio};

/// Makes the cluster, says `ready`, and takes it away when standard input ends.
const SCRIPT: &str = r#"
set -eu
bin="$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)"
[ -x "$bin/initdb" ] || { echo absent; exit 0; }
folder="$(mktemp -d /var/tmp/minyi-bench.XXXXXX)"
as_user() { "$@"; }
if [ "$(id -u)" = 0 ]; then
  chown nobody "$folder"
  as_user() { runuser -u nobody -- "$@"; }
fi
trap 'as_user "$bin/pg_ctl" -D "$folder/data" -m immediate stop >/dev/null 2>&1 || true; rm -rf "$folder"' EXIT
trap '' INT TERM HUP
cd /
as_user "$bin/initdb" -D "$folder/data" -U minyi -A trust -E UTF8 >/dev/null
as_user "$bin/pg_ctl" -D "$folder/data" -w -l "$folder/log" -o "-p $1 -k $folder -c listen_addresses=127.0.0.1" start >/dev/null
as_user "$bin/createdb" -h 127.0.0.1 -p "$1" -U minyi bench
echo ready
cat >/dev/null
"#;

/// A running cluster; ends when dropped.
pub struct Cluster {
    keeper: Child,
    pub url: String,
}

impl Cluster {
    /// None where PostgreSQL is not installed.
    pub fn start() -> Option<Self> {
        let port = TcpListener::bind(("127.0.0.1", 0)).ok()?.local_addr().ok()?.port();
        let mut shell = Command::new("sh");
        shell.args(["-c", SCRIPT, "sh", &port.to_string()]).stdin(Stdio::piped()).stdout(Stdio::piped());
        #[expect(clippy::zombie_processes, reason = "it ends when this process does: its standard input closes")]
        let mut keeper = shell.spawn().expect("a shell");
        let mut answer = String::new();
        BufReader::new(keeper.stdout.take()?).read_line(&mut answer).expect("the script answers");
        (answer.trim() == "ready").then(|| Self { keeper, url: format!("postgres://minyi@127.0.0.1:{port}/bench") })
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        drop(self.keeper.stdin.take());
        let _ = self.keeper.wait();
    }
}
