//! The commands, as their users run them.

mod demo;
mod replay;
