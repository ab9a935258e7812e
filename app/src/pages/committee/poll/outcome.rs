//! After the close: whose share has arrived, and what came out.

use crate::{
    i18n::{Key, k, t, tf},
    parts::{Bar, Frame, Kind, Notice, Table, tag},
};
use leptos::prelude::*;
use types::polls::{Decision, PollResult, Published, QuestionResult, ShareLine};

#[component]
pub(super) fn Outcome(result: PollResult) -> impl IntoView {
    let PollResult { outcome, shares, turnout, .. } = result;
    let body = match outcome {
        Published::Pending => ().into_any(),
        Published::Withheld { voted, needed } => {
            let words = tf(k::committee_poll::OUTCOME_WITHHELD, &[("voted", &voted), ("needed", &needed)]);
            view! { <Notice kind=Kind::Care><p>{words}</p></Notice> }.into_any()
        }
        Published::Totals { questions } => {
            let voted = turnout.voted;
            questions.into_iter().map(|question| view! { <Question question voted/> }).collect_view().into_any()
        }
    };
    view! { {body} <Shares shares/> }
}

#[component]
fn Question(question: QuestionResult, voted: u64) -> impl IntoView {
    let bars = question.options.into_iter().map(|option| {
        view! { <Bar label=option.text part=option.votes whole=voted first=option.chosen/> }
    });
    let bars = bars.collect_view();
    view! { <Frame title=question.title><p>{tag(t(decision(question.decision)))}</p> {bars}</Frame> }
}

const fn decision(decision: Decision) -> Key {
    match decision {
        Decision::NoQuorum => k::committee_poll::NO_QUORUM,
        Decision::Passed => k::committee_poll::PASSED,
        Decision::NotPassed => k::committee_poll::NOT_PASSED,
        Decision::Tie => k::committee_poll::TIE,
        Decision::Each => k::committee_poll::EACH,
        Decision::Ranked => k::committee_poll::RANKED,
    }
}

#[component]
fn Shares(shares: Vec<ShareLine>) -> impl IntoView {
    let named: Vec<ShareLine> = shares.into_iter().filter(|share| !share.name.is_empty()).collect();
    if named.is_empty() {
        return ().into_any();
    }
    let row = |share: ShareLine| {
        let state = if share.leaf.is_some() { k::committee_poll::SHARE_IN } else { k::committee_poll::SHARE_MISSING };
        view! { <tr><th scope="row" class="name">{share.name}</th> <td>{t(state)}</td></tr> }
    };
    let head = vec![t(k::committee::PERSON).to_owned(), t(k::committee::STATUS).to_owned()];
    view! {
        <Frame title=t(k::committee_poll::SHARES_TITLE)>
            <Table caption=t(k::committee_poll::SHARES_TITLE) head>{named.into_iter().map(row).collect_view()}</Table>
        </Frame>
    }
    .into_any()
}
