//! Outside a browser: on the server, which reads its own words with it in tests.

use super::Unreadable;
use serde::de::DeserializeOwned;

pub(super) fn read<T: DeserializeOwned>(text: &str) -> Result<T, Unreadable> {
    serde_json::from_str(text).map_err(|_| Unreadable)
}
