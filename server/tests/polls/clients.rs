//! A client that shares no line with this project: Python's standard library, and the documents.

use super::world::World;
use serde_json::json;
use server::cli::replay::PASSWORD;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use types::polls::{BallotStanding, BallotStatus};

#[tokio::test(flavor = "multi_thread")]
async fn a_client_written_from_the_documents_signs_in_and_its_ballot_counts() {
    let mut world = World::with(11, None).await;
    let poll = world.open().await;
    let order = json!({
        "site": world.serve().await, "poll": poll.to_string(), "login": "voter3", "password": PASSWORD,
        "seed": "08".repeat(32), "choices": [[1], [0, 2]],
    });
    let Some(tracker) = tokio::task::spawn_blocking(move || client(&order)).await.expect("runs") else { return };
    let status: BallotStatus = world.get(&format!("/polls/{poll}/ballots/{}", tracker.replace(' ', ""))).await.json();
    assert_eq!(status.standing, BallotStanding::Counts);
}

/// The tracker of the ballot that the client has cast.
fn client(order: &serde_json::Value) -> Option<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let script = root.join("app/ballot/tests/independent/client.py");
    let mut python = Command::new("python3");
    let python = python.arg("-B").arg(script).arg(root.join("docs/openapi.json"));
    let Ok(mut python) = python.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn() else {
        crate::skipped("no python3 on this machine");
        return None;
    };
    python.stdin.take().expect("piped").write_all(order.to_string().as_bytes()).expect("it listens");
    let output = python.wait_with_output().expect("it ends");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Some(String::from_utf8(output.stdout).expect("text").trim().to_owned())
}
