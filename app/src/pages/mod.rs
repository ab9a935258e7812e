//! One folder per area, one file per page.

pub(crate) mod home;
mod not_found;
pub(crate) mod polls;

pub(crate) use not_found::missing;
