//! Two clerks open a poll.

mod get;
mod sign;
