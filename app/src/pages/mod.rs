//! One folder per area, one file per page.

pub(crate) mod home;
pub(crate) mod polls;
