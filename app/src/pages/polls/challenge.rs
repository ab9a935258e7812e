//! `/polls/{id}/challenge/{tracker}`: a ballot that was opened as a test, computed again on any device.

use super::{
    board::Board,
    parts,
    poll::{PollView, paper},
    receipt::find_ballot,
};
use crate::i18n::{k, t};
use ballot::{Tracker, board::Course, sealed::reveal};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use types::{
    ids::PollId,
    polls::{BallotStanding, PollPage},
};

/// The page.
#[component]
pub(crate) fn ChallengePage() -> impl IntoView {
    crate::parts::loaded(paper(), |view| view! { <Challenge view/> })
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Outcome {
    /// It opens to these choices, by question.
    Opens(Vec<Vec<u16>>),
    /// It does not open to what was published.
    Differs,
    /// No opened ballot has this tracker.
    Unknown,
    /// The network is away.
    Offline,
}

#[component]
fn Challenge(view: PollView) -> impl IntoView {
    let tracker = use_params_map().read_untracked().get("tracker").unwrap_or_default().replace('-', " ");
    let page = view.page;
    let poll = page.card.poll;
    // Nothing that has to be dropped may be in a local action: on the server a page may end on another thread.
    let asked = StoredValue::new(tracker.clone());
    let compute = Action::new_local(move |(): &()| computed(poll, asked.get_value()));
    let shown = StoredValue::new(page.clone());
    let say = move || {
        if compute.pending().get() {
            return view! { <p class="small">{t(k::ballot::CHALLENGE_WORKING)}</p> <progress class="bar" aria-label=t(k::ballot::CHALLENGE_WORKING)></progress> }.into_any();
        }
        compute
            .value()
            .get()
            .map_or_else(|| ().into_any(), |outcome| shown.with_value(|page| outcome_view(page, &outcome)))
    };
    view! {
        <p class="over"><a href=format!("/polls/{poll}")>{page.card.title.clone()}</a></p>
        {crate::parts::title(t(k::ballot::CHALLENGE_TITLE))}
        <parts::SystemLabel key=page.card.key/>
        <p>{t(k::ballot::CHALLENGE_LEAD)}</p>
        {parts::tracker(&tracker)}
        <noscript><p class="notice">{t(k::ballot::RECEIPT_NOJS)}</p></noscript>
        <p class="needs-script">
            <button class="button" disabled=move || compute.pending().get() on:click=move |_| { compute.dispatch(()); }>{t(k::ballot::CHALLENGE_COMPUTE)}</button>
        </p>
        <div aria-live="polite">{say}</div>
    }
}

fn outcome_view(page: &PollPage, outcome: &Outcome) -> AnyView {
    match outcome {
        Outcome::Opens(choices) => {
            let rows = page.questions.iter().zip(choices).map(|(question, marks)| {
                let named = marks.iter().filter_map(|mark| question.options.get(usize::from(*mark)).cloned()).collect::<Vec<_>>();
                let named = if named.is_empty() { t(k::ballot::CHOSE_NONE).to_owned() } else { named.join(t(k::ballot::LIST_AND)) };
                view! { <div class="check-row"><dt>{question.title.clone()}</dt><dd><strong>{named}</strong></dd></div> }
            });
            view! {
                <p class="ok"><span aria-hidden="true">"✓ "</span> {t(k::ballot::CHALLENGE_OK)}</p>
                <h2>{t(k::ballot::CHALLENGE_HOLDS)}</h2>
                <dl class="sheet">{rows.collect_view()}</dl>
                <p>{t(k::ballot::CHALLENGE_YOURS)}</p>
            }
            .into_any()
        }
        Outcome::Differs => view! { <p class="notice alarm" role="alert">{t(k::ballot::CHALLENGE_BAD)}</p> }.into_any(),
        Outcome::Unknown => view! { <p class="notice">{t(k::ballot::CHALLENGE_UNKNOWN)}</p> }.into_any(),
        Outcome::Offline => view! { <p class="notice">{t(k::parts::OFFLINE)}</p> }.into_any(),
    }
}

/// Reads the poll and the opened ballot from the board, and encrypts again.
#[lazy]
async fn computed(poll: PollId, tracker: String) -> Outcome {
    let Ok(asked) = tracker.parse::<Tracker>() else { return Outcome::Unknown };
    let status = match find_ballot(poll, tracker, None).await {
        Ok(status) if status.standing == BallotStanding::Challenged => status,
        Ok(_) => return Outcome::Unknown,
        Err(error) => return if error.code().is_some() { Outcome::Unknown } else { Outcome::Offline },
    };
    let board = Board::of(poll);
    let mut course = Course::new();
    let Ok(()) = board.read_course(&mut course, status.proof.leaf).await else { return Outcome::Offline };
    let Some(context) = course.context() else { return Outcome::Differs };
    let Ok(entry) = board.entry(status.proof.leaf, status.proof.leaf + 1).await else { return Outcome::Offline };
    match reveal(context, &entry) {
        Ok(opened) if opened.tracker == asked && context.poll().0 == poll.0 => Outcome::Opens(opened.choices),
        _ => Outcome::Differs,
    }
}
