//! What the crate promises, as one test binary.

mod poll;
mod world;
