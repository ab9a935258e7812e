//! The key ceremony as it stands on the board, checked on this device: by trustees before each step, by voters before
//! they seal anything to the key that came of it.

use super::device::Slice;
use crate::error::Answer;
use ballot::{
    Refusal, Tracker,
    merkle::{Frontier, leaf_hash},
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use types::{
    Timestamp,
    bytes::{Blob, Hex32},
    ids::PollId,
    polls::Ceremony,
};

/// The ceremony and the server's clock.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct CeremonyView {
    /// The ceremony with the board's entries so far.
    pub(crate) ceremony: Ceremony,
    /// The server's clock.
    pub(crate) now: Timestamp,
}

/// The ceremony of a poll; public.
#[server(prefix = "/ui", output = crate::wire::Reply)]
pub(crate) async fn fetch_ceremony(poll: PollId) -> Answer<CeremonyView> {
    let (service, caller) = crate::ssr::door().await?;
    Ok(CeremonyView { ceremony: service.ceremony(&caller, poll).await?, now: service.now() })
}

/// The short form of the key that ballots are sealed to: 16 characters, the same for trustees, voters and the poster on
/// the notice board. Who sees another one is shown another box.
pub(crate) fn key_print(key: &[u8; 32]) -> String {
    let mut head = [0; 10];
    head.copy_from_slice(&key[..10]);
    Tracker(head).to_string()
}

/// Checks the entries one by one, from the board's first; proofs are slow, so in slices. `take` gets each with its place.
/// Gives the root of the board after each entry, the first entry's first.
pub(crate) async fn check<'a>(
    entries: impl Iterator<Item = &'a Blob>,
    mut take: impl FnMut(&[u8], u64) -> Result<(), Refusal>,
) -> Result<Vec<Hex32>, Refusal> {
    let (mut frontier, mut roots, mut slice) = (Frontier::new(), Vec::new(), Slice::begin());
    for (place, entry) in (0..).zip(entries) {
        take(&entry.0, place)?;
        frontier.append(leaf_hash(&entry.0));
        roots.push(Hex32(frontier.root()));
        slice.breathe().await;
    }
    Ok(roots)
}
