//! Polls from outside, on both engines.

mod board;
mod course;
mod crash;
mod forge;
mod nodes;
mod officials;
mod refusals;
mod world;
