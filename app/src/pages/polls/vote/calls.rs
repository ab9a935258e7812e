//! What a voter's device asks the server and sends to it.

use crate::error::Answer;
use leptos::prelude::*;
use types::{
    bytes::{Blob, Hex32},
    ids::PollId,
    polls::{CastAnswer, TreeProof, VotingContext},
};

/// What the server says of the caller's slot.
#[server(prefix = "/ui", output = crate::wire::Reply)]
pub(crate) async fn fetch_voting(poll: PollId) -> Answer<VotingContext> {
    let (service, caller) = crate::ssr::door().await?;
    Ok(service.voting_context(&caller, poll).await?)
}

/// Registers this device's key for the caller's slot.
#[server(prefix = "/ui", output = crate::wire::Reply)]
pub(crate) async fn register_credential(poll: PollId, entry: Blob) -> Answer<TreeProof> {
    let (service, caller) = crate::ssr::door().await?;
    Ok(service.register_credential(&caller, poll, entry.0).await?)
}

/// Puts a sealed ballot in the box.
#[server(prefix = "/ui", output = crate::wire::Reply)]
pub(crate) async fn cast_ballot(poll: PollId, entry: Blob) -> Answer<CastAnswer> {
    let (service, caller) = crate::ssr::door().await?;
    Ok(service.cast_ballot(&caller, poll, entry.0).await?)
}

/// Opens a sealed ballot instead.
#[server(prefix = "/ui", output = crate::wire::Reply)]
pub(crate) async fn challenge_ballot(poll: PollId, entry: Blob) -> Answer<CastAnswer> {
    let (service, caller) = crate::ssr::door().await?;
    Ok(service.challenge_ballot(&caller, poll, entry.0).await?)
}

/// Asks the clerks to let this device vote instead of a lost one.
#[server(prefix = "/ui", output = crate::wire::Reply)]
pub(crate) async fn ask_reissue(poll: PollId, key: Hex32, possession: Blob) -> Answer<()> {
    let (service, caller) = crate::ssr::door().await?;
    Ok(service.ask_reissue(&caller, poll, key, possession).await?)
}
