//! The result: what came out, by which rule, and a recount in the visitor's own browser.

mod headline;
mod pending;
mod proofs;
mod recount;
mod rule;
mod totals;

use super::{
    parts::{SystemLabel, of_poll, poll_id},
    words,
};
use crate::error::Answer;
use crate::i18n::{k, t};
use crate::parts::{self, Gauge, time};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use types::{
    ErrorCode, Timestamp,
    ids::PollId,
    polls::{PollResult, PollState, Published},
};

/// A result as its page shows it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct ResultView {
    /// The result.
    result: PollResult,
    /// The server's clock.
    now: Timestamp,
    /// Where residents reach the portal.
    site: String,
}

/// A poll's result, or what is missing to it.
#[server(prefix = "/ui", output = crate::wire::Reply)]
pub(crate) async fn fetch_result(poll: PollId) -> Answer<ResultView> {
    let (service, caller) = crate::ssr::door().await?;
    let result = service.poll_result(&caller, poll).await?;
    Ok(ResultView { result, now: service.now(), site: service.public_url().to_owned() })
}

/// `/polls/{id}/result`.
#[component]
pub(crate) fn ResultPage() -> impl IntoView {
    let id = poll_id();
    let result = of_poll(fetch_result);
    let shown = move |answer: Answer<ResultView>| match answer {
        Ok(view) => view! { <Show view/> }.into_any(),
        Err(error) if error.code() == Some(ErrorCode::WrongState) => pending::not_closed(id.get_untracked()),
        Err(error) => parts::failed(&error),
    };
    parts::answered(result, || parts::Skeleton().into_any(), shown)
}

#[component]
fn Show(view: ResultView) -> impl IntoView {
    let ResultView { result, now, site } = view;
    let poll = result.poll;
    let over = if result.state == PollState::Finished { k::verify::PUBLISHED } else { k::verify::PENDING };
    let at = result.finished_at.map(|at| time::moment(at, now).into_any());
    let label = words::turnout(&result.turnout);
    let need = parts::quorum(result.rule);
    let inside = match &result.outcome {
        Published::Pending => pending::waiting(&result),
        Published::Withheld { voted, needed } => pending::withheld(*voted, *needed),
        Published::Totals { questions } => {
            let blocks = questions
                .iter()
                .cloned()
                .map(|question| view! { <totals::Totals question voted=result.turnout.voted/> });
            let rules = questions.iter().cloned().map(|question| view! { <rule::Applied question rule=result.rule/> });
            view! { {blocks.collect_view()} {rules.collect_view()} }.into_any()
        }
    };
    let finished = result.state == PollState::Finished;
    view! {
        <p class="over"><strong>{t(over)}</strong> " " {at}</p>
        {parts::title(headline::headline(&result))}
        <p class="quiet"><a href=format!("/polls/{poll}")>{result.title.clone()}</a></p>
        <SystemLabel key=result.key/>
        <div class="sheet">
            <h2>{t(k::verify::TURNOUT)}</h2>
            <Gauge label part=result.turnout.voted whole=result.turnout.slots need/>
        </div>
        {inside}
        {finished.then(|| view! { <recount::Recount poll ballots=result.ballots size=result.proof.as_ref().map(|proof| proof.size) site/> })}
        <proofs::Proofs result=result.clone()/>
        <p class="no-print"><parts::PrintButton/></p>
    }
}
