//! What a trustee's browser asks the server and sends to it.

use crate::error::Answer;
use crate::pages::polls::ceremony::CeremonyView;
use leptos::prelude::*;
use types::{
    bytes::Blob,
    ids::PollId,
    polls::{TallyWork, TrusteeLine},
};

/// Posts an entry of the ceremony; answers the ceremony after it.
#[server(prefix = "/ui", output = crate::wire::Reply)]
pub(crate) async fn post_ceremony_entry(poll: PollId, entry: Blob) -> Answer<CeremonyView> {
    let (service, caller) = crate::ssr::door().await?;
    Ok(CeremonyView { ceremony: service.post_ceremony_entry(&caller, poll, entry.0).await?, now: service.now() })
}

/// How far the opening of the sums is.
#[server(prefix = "/ui", output = crate::wire::Reply)]
pub(crate) async fn fetch_tally(poll: PollId) -> Answer<TallyWork> {
    let (service, caller) = crate::ssr::door().await?;
    Ok(service.tally_work(&caller, poll).await?)
}

/// Posts the caller's share of the sums.
#[server(prefix = "/ui", output = crate::wire::Reply)]
pub(crate) async fn post_share(poll: PollId, entry: Blob) -> Answer<TallyWork> {
    let (service, caller) = crate::ssr::door().await?;
    Ok(service.post_share(&caller, poll, entry.0).await?)
}

/// The polls in which the caller is a trustee.
#[server(prefix = "/ui", output = crate::wire::Reply)]
pub(crate) async fn trustee_polls() -> Answer<Vec<TrusteeLine>> {
    let (service, caller) = crate::ssr::door().await?;
    Ok(service.trustee_polls(&caller).await?)
}
