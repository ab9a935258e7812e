//! What the crate promises, as one test binary.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

mod attacks;
mod ceremony;
mod corpus;
mod course;
mod encodings;
mod findings;
mod forge;
mod generate;
mod mend;
mod merkle;
mod oracle;
mod poll;
mod refusals;
mod rules;
mod tampering;
mod vectors;
mod world;

/// Says what is not tested, past the test runner's capture. Where everything must be there, it is a failure.
fn skipped(why: &str) {
    use std::io::Write as _;
    assert!(std::env::var_os("CI").is_none(), "{why}");
    let _ = writeln!(std::io::stderr(), "SKIPPED: {why}");
}
