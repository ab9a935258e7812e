//! Opening the totals.

use super::{
    Desk,
    calls::{fetch_tally, post_share},
    tally::{NoShare, Share, agree, share},
};
use crate::error::UiError;
use crate::i18n::{k, t, tf};
use crate::pages::polls::parts::focus_here;
use crate::parts;
use ballot::RecoveryCode;
use leptos::{prelude::*, task::spawn_local};
use types::{
    ErrorCode,
    bytes::Blob,
    polls::{PollState, TallyWork},
};

/// How far the opening is on this device.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Doing {
    /// Waits for the trustee.
    Idle,
    /// Reads and checks the board.
    Reading,
    /// The share is made; the trustee compares what it opens with the others.
    Comparing(Share),
    /// The share is on its way.
    Posting,
    /// The share is posted.
    Done(TallyWork),
    /// The network is away, or the server refused; in words.
    Failed(&'static str),
}

/// The explanation, the button, the progress.
#[component]
pub(super) fn TallyView(desk: Desk, code: String) -> impl IntoView {
    let doing = RwSignal::new(Doing::Idle);
    let progress = RwSignal::new((0_u64, 0_u64));
    let poll = desk.ceremony.with_untracked(|ceremony| ceremony.poll);
    Effect::new(move |_| {
        spawn_local(async move {
            if let Ok(work) = fetch_tally(poll).await
                && work.posted
            {
                let _ = doing.try_set(Doing::Done(work));
            }
        });
    });
    let code = StoredValue::new(code);
    let start = move |_| {
        if let Ok(code) = code.with_value(|code| code.parse()) {
            desk.alarm.set(None);
            spawn_local(open(desk, code, doing, progress));
        }
    };
    let hand_over = move |share: Share| spawn_local(post(desk, share, doing));
    view! {
        <section>
            <h2>{t(k::ceremony::TALLY_TITLE)}</h2>
            <p>{t(k::ceremony::TALLY_LEAD)}</p>
            {move || match doing.get() {
                Doing::Idle => view! { <button class="button primary wide" on:click=start>{t(k::ceremony::TALLY_START)}</button> }.into_any(),
                Doing::Reading => view! {
                    <parts::Progress
                        label=Signal::derive(|| t(k::verify::RECOUNT_BALLOTS_LABEL).to_owned())
                        done=Signal::derive(move || progress.get().0)
                        all=Signal::derive(move || progress.get().1)
                    />
                }.into_any(),
                Doing::Comparing(share) => view! { <Compare share hand_over/> }.into_any(),
                Doing::Posting => view! { <p role="status">{t(k::ceremony::TALLY_POST)}</p> }.into_any(),
                Doing::Done(work) => done(&work),
                Doing::Failed(reason) => view! {
                    <p role="alert">{tf(k::ceremony::FAILED, &[("reason", &reason)])}</p>
                    <button class="button primary wide" on:click=start>{t(k::ceremony::RETRY)}</button>
                }.into_any(),
            }}
        </section>
    }
}

/// What is about to be opened, in short, to be read to the other trustees: the board that this device was shown must be
/// the one that everybody is shown.
#[component]
fn Compare(share: Share, hand_over: impl Fn(Share) + 'static) -> impl IntoView {
    let title = focus_here();
    let code = parts::tracker(&share.print, share.print.clone()).into_any();
    view! {
        <h3 tabindex="-1" node_ref=title>{t(k::ceremony::COMPARE)}</h3>
        <p>{t(k::ceremony::COMPARE_LEAD)}</p>
        <div class="sheet">{code}</div>
        <p class="quiet">{t(k::ceremony::COMPARE_DIFFERS)}</p>
        <button class="button primary wide" on:click=move |_| hand_over(share.clone())>{t(k::ceremony::COMPARE_SAME)}</button>
    }
}

fn done(work: &TallyWork) -> AnyView {
    let finished = work.state == PollState::Finished;
    let have = tf(k::ceremony::TALLY_HAVE, &[("have", &work.shares.len()), ("need", &work.needed)]);
    let result = format!("/polls/{}/result", work.poll);
    view! {
        <parts::Notice kind=parts::Kind::Good>
            <p role="status"><strong>{t(k::ceremony::TALLY_DONE)}</strong></p>
            <p>{have}</p>
        </parts::Notice>
        {finished.then(|| parts::main_link(result, t(k::ceremony::TALLY_RESULT)))}
    }
    .into_any()
}

async fn open(desk: Desk, code: RecoveryCode, doing: RwSignal<Doing>, progress: RwSignal<(u64, u64)>) {
    doing.set(Doing::Reading);
    let (poll, me) = desk.ceremony.with_untracked(|ceremony| (ceremony.poll, ceremony.me.unwrap_or(0)));
    let work = match fetch_tally(poll).await {
        // The answer to an earlier try was lost on its way.
        Ok(work) if work.posted => return doing.set(Doing::Done(work)),
        Ok(work) => work,
        Err(error) => return doing.set(Doing::Failed(error.sentence())),
    };
    match share(poll, &work, &code, me, progress).await {
        Ok(share) => doing.set(Doing::Comparing(share)),
        Err(NoShare::Offline) => doing.set(Doing::Failed(UiError::Offline.sentence())),
        Err(NoShare::Alarm(alarm)) => {
            desk.alarm.set(Some(alarm));
            doing.set(Doing::Idle);
        }
    }
}

async fn post(desk: Desk, share: Share, doing: RwSignal<Doing>) {
    let poll = desk.ceremony.with_untracked(|ceremony| ceremony.poll);
    if let Err(alarm) = agree(poll, share.sums) {
        desk.alarm.set(Some(alarm));
        return doing.set(Doing::Idle);
    }
    doing.set(Doing::Posting);
    let mut answer = post_share(poll, Blob(share.entry)).await;
    if answer.as_ref().is_err_and(|error| error.code() == Some(ErrorCode::AlreadyPosted)) {
        answer = fetch_tally(poll).await;
    }
    doing.set(answer.map_or_else(|error| Doing::Failed(error.sentence()), Doing::Done));
}
