//! The figures of docs/PERFORMANCE.md, measured in one run: `make bench`, or
//! `cargo run --release -p server --example bench -- [verify] [accept] [pages] [tenfold]` for a part.
//!
//! Ratios travel between machines, absolute figures do not: read the ratios. The program under test is the real one, a
//! process of its own; the load comes from this process, on the same cores.
#![expect(clippy::disallowed_methods, reason = "a benchmark measures time")]
#![expect(clippy::unwrap_used, reason = "the shared world of ballot's tests")]
#![expect(unreachable_pub, reason = "a program, not a library")]

mod accept;
mod fill;
mod folder;
mod load;
mod machine;
mod pages;
mod postgres;
mod record;
mod site;
#[path = "../../../app/ballot/tests/ballot/world.rs"]
#[expect(dead_code, reason = "shared with the tests, which use all of it")]
mod world;

#[tokio::main]
async fn main() {
    let parts: Vec<String> = std::env::args().skip(1).collect();
    let wanted = |part: &str| parts.is_empty() && part != "tenfold" || parts.iter().any(|given| given == part);
    println!("{}", machine::description());
    if wanted("verify") {
        tokio::task::spawn_blocking(|| record::run(10_000)).await.expect("the verifier's part");
    }
    if wanted("accept") {
        let data = tempfile::tempdir().expect("a temporary folder");
        let file = data.path().join("minyi.db").display().to_string();
        accept::run("SQLite", data.path(), &file).await;
        match postgres::Cluster::start() {
            Some(cluster) => {
                let data = tempfile::tempdir().expect("a temporary folder");
                accept::run("PostgreSQL", data.path(), &cluster.url).await;
            }
            None => println!("\nPostgreSQL is not installed here: not measured."),
        }
    }
    if wanted("pages") {
        pages::run(wanted("tenfold")).await;
    }
}
