//! What a clerk writes, until it is published.

mod attach;
mod check;
mod create;
mod delete;
mod eligible;
mod files;
mod get;
mod list;
mod manifest;
mod pictures;
mod preview;
mod publish;
mod save;
mod trustees;

/// Areas that a wizard offers.
const AREAS: i64 = 2_000;

pub use attach::AttachedFile;
pub(super) use eligible::born_until;
pub(super) use manifest::FixedPage;
