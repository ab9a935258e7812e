//! What a clerk writes, until it is published.

mod attach;
mod create;
mod delete;
mod get;
mod list;
mod preview;
mod publish;
mod save;
