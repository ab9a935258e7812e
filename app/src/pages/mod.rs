//! One folder per area, one file per page.

pub(crate) mod committee;
pub(crate) mod help;
pub(crate) mod home;
pub(crate) mod later;
pub(crate) mod me;
mod not_found;
pub(crate) mod polls;
pub(crate) mod prefs;
pub(crate) mod style;

pub(crate) use not_found::missing;
