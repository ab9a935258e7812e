//! An address that leads nowhere.

use crate::parts;
use leptos::prelude::*;
use types::ErrorCode;

/// "No such page", with status 404.
pub(crate) fn missing() -> AnyView {
    Effect::new(parts::live::alive);
    parts::failed(&ErrorCode::NotFound.into())
}
