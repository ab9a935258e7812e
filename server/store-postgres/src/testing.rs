//! A PostgreSQL cluster of one's own for tests: made with `initdb` in a temporary folder, run as an ordinary user on a free
//! port, stopped and removed when the test process ends, however it ends.

use crate::SqlStore;
use sqlx::{AssertSqlSafe, Connection as _, Executor as _, PgConnection};
use std::{
    io::{BufRead as _, BufReader, Write as _},
    net::TcpListener,
    process::{Child, Command, Stdio},
    sync::{
        OnceLock,
        atomic::{AtomicU32, Ordering},
    },
};

/// Makes the cluster, says `ready`, and takes it away when standard input ends: with the test process.
const SCRIPT: &str = r#"
set -eu
bin="$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)"
[ -n "$bin" ] || bin="$(dirname "$(command -v initdb || true)" 2>/dev/null)"
[ -x "$bin/initdb" ] || { echo absent; exit 0; }
folder="$(mktemp -d /tmp/minyi-test.XXXXXX)"
as_user() { "$@"; }
if [ "$(id -u)" = 0 ]; then
  chown nobody "$folder"
  as_user() { runuser -u nobody -- "$@"; }
fi
trap 'as_user "$bin/pg_ctl" -D "$folder/data" -m immediate stop >/dev/null 2>&1 || true; rm -rf "$folder"' EXIT
trap '' INT TERM HUP
cd /
as_user "$bin/initdb" -D "$folder/data" -U minyi -A trust -E UTF8 --no-sync >/dev/null
as_user "$bin/pg_ctl" -D "$folder/data" -w -l "$folder/log" \
  -o "-p $1 -k $folder -c listen_addresses=127.0.0.1 -c fsync=off -c max_connections=500 -c shared_buffers=64MB" start >/dev/null
echo ready
cat >/dev/null
"#;

struct Cluster {
    port: u16,
    /// Holds the other end of the script's standard input; never taken out, so it closes with the process.
    _keeper: Child,
}

/// Says what is not tested, past the test runner's capture. Where everything must be there, it is a failure.
fn skipped(why: &str) {
    assert!(std::env::var_os("CI").is_none(), "{why}");
    let _ = writeln!(std::io::stderr(), "SKIPPED: {why}");
}

static CLUSTER: OnceLock<Option<Cluster>> = OnceLock::new();
static NUMBER: AtomicU32 = AtomicU32::new(0);

impl Cluster {
    fn start() -> Option<Self> {
        let port = TcpListener::bind(("127.0.0.1", 0)).ok()?.local_addr().ok()?.port();
        #[expect(clippy::zombie_processes, reason = "it ends when this process does: its standard input closes")]
        let mut keeper = Command::new("sh")
            .args(["-c", SCRIPT, "sh", &port.to_string()])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("a shell");
        let mut answer = String::new();
        BufReader::new(keeper.stdout.take()?).read_line(&mut answer).expect("the script answers");
        match answer.trim() {
            "ready" => {}
            "absent" => {
                skipped("PostgreSQL's programs are not installed; nothing was tested on PostgreSQL");
                return None;
            }
            _ => panic!("PostgreSQL did not start"),
        }
        let cluster = Self { port, _keeper: keeper };
        // The template is made in a runtime of its own, because this one may be busy with us.
        let url = cluster.url("template_minyi");
        let admin = cluster.url("postgres");
        std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
            runtime.block_on(async {
                run(&admin, "CREATE DATABASE template_minyi").await;
                SqlStore::connect(&url).await.expect("migrations run").close().await;
            });
        })
        .join()
        .expect("the template is made");
        Some(cluster)
    }

    fn url(&self, database: &str) -> String {
        format!("postgres://minyi@127.0.0.1:{}/{database}", self.port)
    }
}

async fn run(url: &str, sql: &str) {
    let mut connection = PgConnection::connect(url).await.expect("PostgreSQL answers");
    connection.execute(AssertSqlSafe(sql)).await.expect("the statement runs");
    connection.close().await.expect("the connection closes");
}

/// The URL of a new database with all tables, of this test alone; none if PostgreSQL is not installed, which is said aloud.
pub async fn database() -> Option<String> {
    let cluster = tokio::task::spawn_blocking(|| CLUSTER.get_or_init(Cluster::start)).await.expect("PostgreSQL starts");
    let cluster = cluster.as_ref()?;
    let name = format!("test_{}", NUMBER.fetch_add(1, Ordering::Relaxed));
    run(&cluster.url("postgres"), &format!("CREATE DATABASE {name} TEMPLATE template_minyi")).await;
    Some(cluster.url(&name))
}
