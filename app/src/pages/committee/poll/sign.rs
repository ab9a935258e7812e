//! Two clerks sign. Each browser replays the board and computes what it signs from it: the server's word is not enough.

use super::{
    common::{href, wrong},
    frame::bench,
    freeze::Counts,
    key::keeper,
};
use crate::{
    error::Answer,
    i18n::{k, t, tf},
    parts::{Frame, Kind, Notice, Table, number},
};
use ballot::{ClerkKey, board::Course};
use leptos::{prelude::*, task::spawn_local};
use types::{
    bytes::{Blob, Hex32},
    ids::PollId,
    polls::{ClerkProgress, Opening},
};

/// Takes the entry that the clerk's browser has signed.
#[server(prefix = "/ui", output = crate::wire::Reply)]
pub(crate) async fn opening_sign(poll: PollId, entry: Blob) -> Answer<()> {
    let (service, caller) = crate::ssr::door().await?;
    service.sign_opening(&caller, poll, entry.0).await?;
    Ok(())
}

#[component]
pub(super) fn Sign(opening: Opening, again: Callback<()>) -> impl IntoView {
    let what = tf(k::committee_poll::SIGN_WHAT, &[("n", &number(opening.counts.slots))]);
    let head = vec![t(k::committee::PERSON).to_owned(), t(k::committee::STATUS).to_owned()];
    let row = |clerk: ClerkProgress| {
        let state = if clerk.signed { k::committee_poll::SIGNED } else { k::committee_poll::NOT_SIGNED };
        view! { <tr><th scope="row" class="name">{clerk.name}</th> <td data-label=t(k::committee::STATUS)>{t(state)}</td></tr> }
    };
    let rows = opening.clerks.clone().into_iter().map(row).collect_view();
    let counts = opening.counts.clone();
    view! {
        <Frame title=t(k::committee_poll::SIGN_TITLE)>
            <p>{what}</p>
            <Table caption=t(k::committee_poll::SIGN_TITLE) head>{rows}</Table>
            <Mine opening again/>
            <noscript><p>{t(k::committee::NEEDS_SCRIPT)}</p></noscript>
        </Frame>
        <Frame title=t(k::committee_poll::ROLL_TITLE)><Counts counts/></Frame>
    }
}

/// What the caller can do: sign, fetch their key first, or leave it to others.
#[component]
fn Mine(opening: Opening, again: Callback<()>) -> impl IntoView {
    let Some(me) = opening.me else {
        return view! { <p class="quiet">{t(k::committee_poll::SIGN_NOT_ME)}</p> }.into_any();
    };
    let Some(mine) = opening.clerks.iter().find(|clerk| clerk.index == me) else { return ().into_any() };
    if mine.signed {
        return view! { <Notice kind=Kind::Good><p>{t(k::committee_poll::SIGN_ALREADY)}</p></Notice> }.into_any();
    }
    let (account, wanted) = (bench().me.account, mine.key);
    let problem = RwSignal::new(None::<String>);
    let busy = RwSignal::new(false);
    let missing = RwSignal::new(false);
    Effect::new(move |_| missing.set(keeper::read(account).is_none_or(|key| Hex32(key.public().0) != wanted)));
    let sign = move |_| {
        let opening = opening.clone();
        busy.set(true);
        spawn_local(async move {
            let outcome = match keeper::read(account)
                .ok_or(t(k::committee_poll::SIGN_NO_KEY))
                .and_then(|key| entry(&key, &opening))
            {
                Ok(entry) => opening_sign(opening.poll, entry).await.map_err(|error| error.sentence()),
                Err(words) => Err(words),
            };
            let _ = busy.try_set(false);
            match outcome {
                Ok(()) => again.run(()),
                Err(words) => problem.set(Some(words.to_owned())),
            }
        });
    };
    view! {
        {wrong(problem)}
        {move || missing.get().then(|| view! {
            <Notice kind=Kind::Care>
                <p>{t(k::committee_poll::SIGN_NO_KEY)} " " <a class="way" href=href("/committee/key")>{t(k::committee_key::RECOVER)}</a></p>
            </Notice>
        })}
        <p>
            <button type="button" class="button primary needs-alive" disabled=move || missing.get() || busy.get() on:click=sign>
                {move || t(if busy.get() { k::committee_poll::SIGNING } else { k::committee_poll::SIGN })}
            </button>
        </p>
    }
    .into_any()
}

/// The signed approval, made from the board's own entries; or why it cannot be made.
fn entry(key: &ClerkKey, opening: &Opening) -> Result<Blob, &'static str> {
    approval(key, opening).map(Blob).ok_or_else(|| t(k::committee_poll::SIGN_REFUSED))
}

fn approval(key: &ClerkKey, opening: &Opening) -> Option<Vec<u8>> {
    let mut course = Course::new();
    for entry in &opening.entries {
        let checked = course.check(&entry.bytes.0).ok()?;
        course.apply(&checked, entry.leaf).ok()?;
    }
    let manifest = course.manifest()?;
    let (joint_key, roll) = (course.joint_key()?, course.roll()?);
    let seen = u64::from(roll.slots) == opening.counts.slots && manifest.poll.0 == opening.poll.0;
    if !seen {
        return None;
    }
    key.approve(manifest, joint_key, roll.hash).ok()
}
