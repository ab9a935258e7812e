//! The committed vectors are those that the code makes now.

use crate::generate::{corpus, files};
use crate::skipped;
use crate::world::{World, draft};
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

#[test]
fn the_committed_vectors_are_up_to_date() {
    for (name, content) in files() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("vectors").join(name);
        let committed = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(committed == content, "vectors/{name} differs: run `cargo run -p ballot --example vectors`");
    }
    for (name, content) in corpus() {
        let committed = std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus").join(name));
        assert!(committed.is_ok_and(|bytes| bytes == content), "corpus/{name} differs: the same command writes it");
    }
}

#[test]
fn the_self_check_passes() {
    assert_eq!(ballot::selfcheck::run(), Ok(()));
}

/// A second implementation, in Python, written from docs/BALLOT.md.
#[test]
fn the_independent_implementation_agrees() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let script = folder.join("tests/independent/check.py");
    let Ok(output) = Command::new("python3").arg("-B").arg(&script).arg(folder.join("vectors")).output() else {
        return skipped("no python3 on this machine");
    };
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// The same, as a voter's client: its credential and its ballot are taken.
#[test]
fn a_ballot_sealed_by_the_independent_implementation_is_taken() {
    let mut world = World::open(&draft((2, 3)), 20);
    let (context, hex) = (world.context(), |bytes: &[u8]| data_encoding::HEXLOWER.encode(bytes));
    let order = serde_json::json!({
        "manifest": String::from_utf8(world.manifest.to_bytes().unwrap()).unwrap(),
        "poll": hex(&context.poll().0), "context": hex(context.hash()), "joint_key": hex(context.joint_key()),
        "seed": hex(&[8; 32]), "slot": 4, "choices": [[2], [0, 3]],
    });
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/independent/voter.py");
    let mut python = Command::new("python3");
    let python = python.arg("-B").arg(script).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
    let Ok(mut python) = python else {
        return skipped("no python3 on this machine");
    };
    python.stdin.take().unwrap().write_all(order.to_string().as_bytes()).unwrap();
    let output = python.wait_with_output().unwrap();
    assert!(output.status.success());
    let lines = String::from_utf8(output.stdout).unwrap();
    for line in lines.lines() {
        let entry = data_encoding::HEXLOWER.decode(line.as_bytes()).unwrap();
        assert_eq!(world.post(&entry), Ok(()));
    }
    assert_eq!(world.state.slots().slot(4).unwrap().number, 1);
}

/// The worked example of docs/BALLOT.md is the one in the vectors.
#[test]
fn the_document_shows_the_vectors_values() {
    let document = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/BALLOT.md");
    let document = std::fs::read_to_string(document).unwrap();
    let [hash, board, _] = files().map(|(_, content)| serde_json::from_str::<serde_json::Value>(&content).unwrap());
    let board = ["manifest_hash", "joint_key", "roll_hash", "context"].map(|name| &board[name]).into_iter().chain([
        &board["ballot"]["hash"],
        &board["ballot"]["tracker"],
        &hash["t"][0]["digest"],
        &hash["tracker"]["tracker"],
    ]);
    for value in board {
        assert!(document.contains(value.as_str().unwrap()), "{value} is not in docs/BALLOT.md");
    }
    for refusal in ballot::Refusal::ALL {
        assert!(document.contains(&format!("`{}`", refusal.code())), "{refusal} is not in docs/BALLOT.md");
    }
    for step in ballot::verify::Step::ALL {
        assert!(document.contains(&format!("| V{} | `{}` |", step.number(), step.code())), "{step:?}");
    }
}
