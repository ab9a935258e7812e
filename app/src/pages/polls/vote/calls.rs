//! What a voter's device asks the server and sends to it.

use crate::error::Answer;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use types::{
    bytes::{Blob, Hex32},
    ids::PollId,
    polls::{PollPage, Receipt, VotingContext},
};

/// A poll as the booth shows it: what is voted on, without what was to be read before.
#[server(prefix = "/ui", output = crate::wire::Reply)]
pub(super) async fn fetch_paper(poll: PollId) -> Answer<PollPage> {
    let (service, caller) = crate::ssr::door().await?;
    let page = service.poll_page(&caller, poll).await?;
    Ok(PollPage {
        text: String::new(),
        attachments: Vec::new(),
        trustees: Vec::new(),
        clerks: Vec::new(),
        timeline: Vec::new(),
        ..page
    })
}

/// What the device needs before it can seal anything.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Start {
    /// What the server says of the caller's slot. Without what is read from the board: the manifest, its hash, the log's key.
    pub(super) voting: VotingContext,
    /// The board's first entries: the manifest and what makes the key.
    pub(super) ceremony: Vec<Blob>,
}

/// The caller's slot, and the board's beginning.
#[server(prefix = "/ui", output = crate::wire::Reply)]
pub(super) async fn fetch_start(poll: PollId) -> Answer<Start> {
    let (service, caller) = crate::ssr::door().await?;
    let voting = VotingContext {
        manifest: Blob::default(),
        manifest_hash: Hex32([0; 32]),
        log_key: String::new(),
        ..service.voting_context(&caller, poll).await?
    };
    let entries = service.ceremony(&caller, poll).await?.entries.into_iter().map(|entry| entry.bytes);
    let makes_key = |entry: &Blob| ballot::entry::kind_of(&entry.0).is_ok_and(|kind| kind.makes_key());
    Ok(Start { voting, ceremony: entries.take_while(makes_key).collect() })
}

/// Puts an entry on the board: this device's key for the caller's slot, a sealed ballot, or one that is opened instead. The
/// proof that it stands there, for ballots.
#[server(prefix = "/ui", output = crate::wire::Reply)]
pub(crate) async fn post_entry(poll: PollId, entry: Blob) -> Answer<Option<Receipt>> {
    use ballot::entry::{Kind, kind_of};
    let (service, caller) = crate::ssr::door().await?;
    let answer = match kind_of(&entry.0) {
        Ok(Kind::Credential) => {
            service.register_credential(&caller, poll, entry.0).await?;
            return Ok(None);
        }
        Ok(Kind::Challenge) => service.challenge_ballot(&caller, poll, entry.0).await?,
        // Whatever else it is, it is refused as a ballot.
        _ => service.cast_ballot(&caller, poll, entry.0).await?,
    };
    Ok(Some(answer.receipt()))
}

/// Asks the clerks to let this device vote instead of a lost one.
#[server(prefix = "/ui", output = crate::wire::Reply)]
pub(crate) async fn ask_reissue(poll: PollId, key: Hex32, possession: Blob) -> Answer<()> {
    let (service, caller) = crate::ssr::door().await?;
    Ok(service.ask_reissue(&caller, poll, key, possession).await?)
}
