//! Polls.

mod append;
mod areas;
mod board;
mod drafts;
mod reads;
mod reissues;
mod roll;
mod steps;
mod votes;
