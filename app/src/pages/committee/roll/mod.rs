//! The roll: who lives here, and where the list comes from.

pub(super) mod import;
pub(super) mod list;
pub(super) mod upload;

use super::{asked, common, frame};
