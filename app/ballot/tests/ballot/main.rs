//! What the crate promises, as one test binary.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

mod attacks;
mod corpus;
mod course;
mod encodings;
mod forge;
mod generate;
mod merkle;
mod oracle;
mod poll;
mod rules;
mod tampering;
mod vectors;
mod world;
