//! Two clerks open a poll.

mod get;
mod open;
mod sign;
