//! What few voters see, in a chunk of its own: a ballot that was opened as a test.

use super::{booth::Booth, opened::opened};
use leptos::prelude::*;
use types::bytes::Blob;

/// What the opened ballot holds.
#[lazy]
pub(super) fn rare(booth: Booth, entry: Blob) -> AnyView {
    opened(booth, &entry)
}
