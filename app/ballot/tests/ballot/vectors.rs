//! The committed vectors are those that the code makes now.

use crate::generate::files;
use std::path::Path;

#[test]
fn the_committed_vectors_are_up_to_date() {
    for (name, content) in files() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("vectors").join(name);
        let committed = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(committed == content, "vectors/{name} differs: run `cargo run -p ballot --example vectors`");
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
    let Ok(output) = std::process::Command::new("python3").arg("-B").arg(&script).arg(folder.join("vectors")).output()
    else {
        println!("skipped: no python3 on this machine");
        return;
    };
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
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
