//! Real ballots through the whole path: cast over HTTP, counted, verified, compared with the official count.

use server::cli::replay::{Comparison, Instance, Line, in_a_portal};
use std::path::PathBuf;

/// Data that nobody here wrote: `MINYI_DATA`, or the folder beside the project.
fn data(path: &str) -> Option<Vec<u8>> {
    let beside = || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared/data");
    let file = std::env::var_os("MINYI_DATA").map_or_else(beside, PathBuf::from).join(path);
    let read = std::fs::read(&file);
    if read.is_err() {
        crate::skipped(&format!("{} is not there; set MINYI_DATA", file.display()));
    }
    read.ok()
}

/// The ballots of the district of Toulouse: 659 voters, 10 projects, one to three of them each.
async fn toulouse(database: Option<&str>) {
    let Some(bytes) = data("pabulib/toulouse-2022-12.pb") else { return };
    let instance = Instance::parse(&bytes).expect("a file that others can read too");
    assert_eq!((instance.ballots.len(), instance.projects.len()), (659, 10));
    let comparison = in_a_portal(database, &instance).await.expect("the replay runs");
    assert!(comparison.official && comparison.verified, "{}", comparison.to_text());
    assert!(comparison.agrees(), "{}", comparison.to_text());
    assert_eq!(comparison.lines.iter().map(|line| line.counted).sum::<u64>(), instance.counts().iter().sum::<u64>());
}

#[tokio::test(flavor = "multi_thread")]
async fn toulouse_is_counted_as_officially_on_sqlite() {
    toulouse(None).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn toulouse_is_counted_as_officially_on_postgres() {
    let Some(url) = store_postgres::testing::database().await else { return };
    toulouse(Some(&url)).await;
}

#[test]
fn one_vote_of_difference_or_a_record_that_fails_is_no_agreement() {
    let line = |counted| Line { project: "7".to_owned(), name: "Trees".to_owned(), counted, official: 52 };
    let of = |counted, verified| Comparison {
        ballots: 60,
        lines: vec![line(52), line(counted)],
        official: true,
        cost_limit_not_proven: None,
        verified,
    };
    assert!(of(52, true).agrees());
    assert!(!of(51, true).agrees());
    assert!(!of(52, false).agrees());
    assert!(of(51, true).to_text().contains("do NOT all agree"));
}
