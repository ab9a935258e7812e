//! Reading stored values back.

use store::{Result, StoreError};

/// An id from its 16 bytes; `place` is `table.column`.
pub(crate) fn id<T: for<'a> TryFrom<&'a [u8]>>(bytes: Vec<u8>, place: &'static str) -> Result<T> {
    T::try_from(bytes.as_slice()).map_err(|_| StoreError::Corrupt(place))
}

/// An id that may be absent.
pub(crate) fn optional_id<T: for<'a> TryFrom<&'a [u8]>>(
    bytes: Option<Vec<u8>>,
    place: &'static str,
) -> Result<Option<T>> {
    bytes.map(|bytes| id(bytes, place)).transpose()
}

/// The first string after everything that begins with `path`, which ends with '/': '0' is the character after '/'.
/// `path >= p AND path < path_end(p)` is "p and all below", and an index serves it.
pub(crate) fn path_end(path: &str) -> String {
    format!("{}0", path.trim_end_matches('/'))
}

/// 32 bytes.
pub(crate) fn bytes32(bytes: Vec<u8>, place: &'static str) -> Result<[u8; 32]> {
    bytes.try_into().map_err(|_| StoreError::Corrupt(place))
}

/// 32 bytes that may be absent.
pub(crate) fn optional_bytes32(bytes: Option<Vec<u8>>, place: &'static str) -> Result<Option<[u8; 32]>> {
    bytes.map(|bytes| bytes32(bytes, place)).transpose()
}

/// A poll's state.
pub(crate) fn poll_state(text: &str) -> Result<types::polls::PollState> {
    types::polls::PollState::parse(text).ok_or(StoreError::Corrupt("polls.state"))
}
