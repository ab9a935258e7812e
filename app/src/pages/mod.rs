//! One folder per area, one file per page.

pub(crate) mod committee;
mod help;
pub(crate) mod home;
mod later;
mod lazy;
pub(crate) mod me;
mod not_found;
pub(crate) mod polls;
pub(crate) mod prefs;
mod style;

pub(crate) use lazy::{Mine, Polls, Record, Trustee, Vote, Workbench};
pub(crate) use not_found::missing;
