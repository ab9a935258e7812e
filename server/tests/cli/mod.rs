//! The commands, as their users run them.

mod commands;
mod demo;
mod replay;
mod verify;
