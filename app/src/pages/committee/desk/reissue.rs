//! Lost phones: who asks for a new credential, and the signature that gives it.

use super::{common::wrong, frame::bench, key::keeper};
use crate::{
    error::Answer,
    i18n::{k, t, tf},
    parts::{Frame, loaded, time},
};
use ballot::{ClerkKey, Manifest, PollContext, voter};
use leptos::{prelude::*, task::spawn_local};
use types::{
    bytes::Blob,
    ids::{AreaId, PollId},
    polls::ReissueRequest,
};

#[server(prefix = "/ui", output = crate::wire::Reply)]
pub(crate) async fn reissue_requests(area: AreaId) -> Answer<Vec<ReissueRequest>> {
    let (service, caller) = crate::ssr::door().await?;
    Ok(service.reissue_requests(&caller, area).await?)
}

/// Takes the entry that the clerk's browser has signed.
#[server(prefix = "/ui", output = crate::wire::Reply)]
pub(crate) async fn reissue_credential(poll: PollId, entry: Blob) -> Answer<()> {
    let (service, caller) = crate::ssr::door().await?;
    Ok(service.reissue_credential(&caller, poll, entry.0).await?)
}

#[component]
pub(super) fn Reissues() -> impl IntoView {
    let area = bench().area.id;
    let given = RwSignal::new(0_u32);
    let requests = crate::parts::fetched(move || given.get(), move |_| reissue_requests(area));
    view! {
        <div id="reissue">
            <Frame title=t(k::committee_desk::REISSUE_TITLE)>
                <p class="quiet">{t(k::committee_desk::REISSUE_LEAD)}</p>
                <p role="status">{move || (given.get() > 0).then(|| t(k::committee_desk::REISSUE_DONE))}</p>
                {loaded(requests, move |requests| view! { <List requests given/> })}
                <noscript><p>{t(k::committee::NEEDS_SCRIPT)}</p></noscript>
            </Frame>
        </div>
    }
}

#[component]
fn List(requests: Vec<ReissueRequest>, given: RwSignal<u32>) -> impl IntoView {
    if requests.is_empty() {
        return view! {
            <p><strong>{t(k::committee_desk::REISSUE_EMPTY_TITLE)}</strong></p>
            <p class="quiet">{t(k::committee_desk::REISSUE_EMPTY_TEXT)}</p>
        }
        .into_any();
    }
    let line = |request: ReissueRequest| view! { <Line request given/> };
    view! { <ul class="bench-cards">{requests.into_iter().map(line).collect_view()}</ul> }.into_any()
}

#[component]
fn Line(request: ReissueRequest, given: RwSignal<u32>) -> impl IntoView {
    let seen = RwSignal::new(false);
    let problem = RwSignal::new(None::<String>);
    let asked = tf(k::committee_desk::REISSUE_ASKED, &[("when", &time::exact(request.asked_at))]);
    let (name, address, title, may) =
        (request.name.clone(), request.address.clone(), request.title.clone(), request.me.is_some());
    let account = bench().me.account;
    let sign = move |_| {
        let request = request.clone();
        spawn_local(async move {
            let signed =
                keeper::read(account).ok_or(t(k::committee_poll::SIGN_NO_KEY)).and_then(|key| entry(&key, &request));
            match signed {
                Err(words) => problem.set(Some(words.to_owned())),
                Ok(entry) => match reissue_credential(request.poll, entry).await {
                    Ok(()) => given.update(|n| *n += 1),
                    Err(error) => problem.set(Some(error.sentence().to_owned())),
                },
            }
        });
    };
    let action = if may {
        view! {
            <label class="choice">
                <input type="checkbox" prop:checked=seen on:change=move |event| seen.set(event_target_checked(&event))/>
                <span>{t(k::committee_desk::REISSUE_CHECK)}</span>
            </label>
            <button type="button" class="button" disabled=move || !seen.get() on:click=sign>
                {t(k::committee_desk::REISSUE_SIGN)}
            </button>
        }
        .into_any()
    } else {
        view! { <p class="quiet">{t(k::committee_desk::REISSUE_OTHER)}</p> }.into_any()
    };
    view! {
        <li>
            <p><strong class="name">{name}</strong> " · " {address}</p>
            <p>{title} " · " <span class="quiet">{asked}</span></p>
            {wrong(problem)}
            {action}
        </li>
    }
}

/// The entry that gives the slot its next credential, signed; or why it cannot be made.
fn entry(key: &ClerkKey, request: &ReissueRequest) -> Result<Blob, &'static str> {
    let refused = |_| t(k::committee_poll::SIGN_REFUSED);
    let manifest = Manifest::parse(&request.manifest.0).map_err(|_| t(k::committee_poll::SIGN_REFUSED))?;
    let context =
        PollContext::new(manifest, request.joint_key.0, request.roll_hash.0, request.slots).map_err(refused)?;
    let possession = request.possession.0.as_slice().try_into().map_err(|_| t(k::committee_poll::SIGN_REFUSED))?;
    let (slot, generation) = (request.slot, request.generation);
    let wish = voter::ReissueRequest { slot, generation, key: request.key.0, possession };
    key.reissue(&context, &wish).map(Blob).map_err(refused)
}
