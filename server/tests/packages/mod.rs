//! What reaches the browser: of the server's parts, nothing.

use std::collections::BTreeSet;
use std::process::Command;

#[test]
fn nothing_of_the_server_is_built_for_the_browser() {
    let tree = Command::new(env!("CARGO"))
        .args(["tree", "--locked", "-p", "app-wasm", "--target", "wasm32-unknown-unknown"])
        .args(["-e", "normal", "--prefix", "none", "--format", "{p}"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo runs");
    assert!(tree.status.success(), "{}", String::from_utf8_lossy(&tree.stderr));
    let tree = String::from_utf8(tree.stdout).expect("UTF-8");
    let packages: BTreeSet<&str> = tree.lines().filter_map(|line| line.split(' ').next()).collect();
    for ours in ["app", "ballot", "leptos", "types"] {
        assert!(packages.contains(ours), "{ours}: the list is not what it should be: {packages:?}");
    }
    for theirs in ["argon2", "axum", "hyper", "service", "sqlx", "store", "tokio"] {
        assert!(!packages.contains(theirs), "{theirs} is built for the browser");
    }
}
