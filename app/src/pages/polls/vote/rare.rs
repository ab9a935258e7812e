//! What few voters see, in a chunk of its own: a ballot opened as a test, another device's slot, a refusal. Each follows
//! an answer of the server, so the network is there to fetch it.

use super::{
    booth::{Booth, Phase},
    elsewhere, opened, refused,
};
use leptos::prelude::*;

/// The screen of such a phase.
#[lazy]
pub(super) fn rare(booth: Booth, phase: Phase) -> AnyView {
    match phase {
        Phase::Opened(entry) => opened::opened(booth, &entry),
        Phase::Refused(code) => refused::refused(booth, code),
        Phase::Elsewhere(asked) => elsewhere::elsewhere(booth, asked),
        _ => ().into_any(),
    }
}
