//! An address that leads nowhere.

use crate::parts;
use leptos::prelude::*;
use types::ErrorCode;

/// "No such page", with status 404.
pub(crate) fn missing() -> AnyView {
    parts::failed(&ErrorCode::NotFound.into())
}
