//! Polls from outside, on both engines.

mod board;
mod clients;
mod course;
mod crash;
mod forge;
mod nodes;
mod notices;
mod officials;
mod overload;
mod refusals;
mod runner;
mod world;
