//! Polls.

mod append;
mod board;
mod drafts;
mod people;
mod reads;
mod reissues;
mod roll;
mod steps;
mod votes;
