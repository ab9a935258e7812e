//! The portal from outside: one binary, one folder for each resource of the API.

mod cli;
mod identity;
mod packages;
mod polls;
