//! Polls: one use case per file. README.md beside this file lists every method.

mod board;
mod casting;
mod ceremony;
mod clerk_keys;
mod drafts;
mod lists;
mod opening;
mod page;
mod reissue;
mod result;
mod roll;
mod tally;
