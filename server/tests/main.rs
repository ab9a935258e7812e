//! The portal from outside: one binary, one folder for each resource of the API.

mod cli;
mod identity;
mod packages;
mod polls;

/// Says what is not tested, past the test runner's capture. Where everything must be there, it is a failure.
fn skipped(why: &str) {
    use std::io::Write as _;
    assert!(std::env::var_os("CI").is_none(), "{why}");
    let _ = writeln!(std::io::stderr(), "SKIPPED: {why}");
}
