//! Polls: one use case per file. README.md beside this file lists every method.
//!
//! What is shared: `convert` between stored, hashed and wire forms; `course` a poll's board as the rules see it, and a
//! step of it; `seal` the tree; `live` what a running server keeps in memory; `parts` who is who in a poll.

mod board;
mod casting;
mod ceremony;
mod clerk_keys;
mod convert;
mod course;
mod drafts;
mod lists;
mod live;
mod opening;
mod page;
mod parts;
mod reissue;
mod result;
mod roll;
mod seal;
mod system;
mod tally;
mod work;

pub use drafts::AttachedFile;
pub(crate) use live::Live;
pub use work::PollJob;
