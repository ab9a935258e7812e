//! How far the trustees have come, and a nudge for those who are waited for.

use crate::{
    error::Answer,
    i18n::{Key, k, t, tf},
    parts::{Form, Frame, Hidden, Table, list, step_bars},
};
use leptos::{prelude::*, server_fn::ServerFn as _};
use types::{
    ids::PollId,
    polls::{Ceremony, CeremonyRound, TrusteeProgress},
};

/// Tells a trustee again that it is their turn.
#[server(prefix = "/ui", output = crate::wire::Reply)]
pub(crate) async fn trustee_remind(poll: PollId, index: u8) -> Answer<()> {
    let (service, caller) = crate::ssr::door().await?;
    Ok(service.remind_trustee(&caller, poll, index).await?)
}

#[component]
pub(super) fn Progress(ceremony: Ceremony) -> impl IntoView {
    let (poll, round) = (ceremony.poll, ceremony.round);
    let waited: Vec<String> =
        ceremony.trustees.iter().filter(|one| is_waited_for(one, round)).map(|one| one.name.clone()).collect();
    let head = [k::committee::PERSON, k::committee::STATUS, k::committee_today::COL_DO];
    let row = move |trustee: TrusteeProgress| view! { <Trustee poll trustee round/> };
    view! {
        <Frame title=t(k::committee_poll::TRUSTEES_TITLE)>
            {(!waited.is_empty()).then(|| view! { <p>{tf(k::committee_poll::WAITING_FOR, &[("names", &list(&waited))])}</p> })}
            <Table caption=t(k::committee_poll::TRUSTEES_TITLE) head=head.map(|key| t(key).to_owned()).to_vec() stack=true>
                {ceremony.trustees.into_iter().map(row).collect_view()}
            </Table>
        </Frame>
    }
}

/// Whether the round that runs waits for this trustee.
fn is_waited_for(trustee: &TrusteeProgress, round: Option<CeremonyRound>) -> bool {
    round.is_some_and(|round| trustee.done.is_none_or(|done| done < round))
}

#[component]
fn Trustee(poll: PollId, trustee: TrusteeProgress, round: Option<CeremonyRound>) -> impl IntoView {
    let all = CeremonyRound::ALL.len();
    let done = trustee.done.map_or(0, |done| done as usize + 1);
    let remind = is_waited_for(&trustee, round).then(|| {
        view! {
            <Form to=TrusteeRemind::url() quiet=true said=t(k::committee_poll::REMINDED)
                submit=tf(k::committee_poll::REMIND_NAMED, &[("name", &trustee.name)])>
                <Hidden name="poll" value=poll.to_string()/>
                <Hidden name="index" value=trustee.index.to_string()/>
            </Form>
        }
    });
    view! {
        <tr>
            <th scope="row" class="name">{trustee.name.clone()}</th>
            <td data-label=t(k::committee::STATUS)>
                {t(state(trustee.done))} " " <small>{tf(k::committee_poll::TRUSTEE_ROUND, &[("done", &done), ("all", &all)])}</small>
                {step_bars(done, all)}
            </td>
            <td>{remind}</td>
        </tr>
    }
}

const fn state(done: Option<CeremonyRound>) -> Key {
    match done {
        None => k::committee_poll::TRUSTEE_NONE,
        Some(CeremonyRound::Commit) => k::committee_poll::TRUSTEE_COMMIT,
        Some(CeremonyRound::Reveal) => k::committee_poll::TRUSTEE_REVEAL,
        Some(CeremonyRound::Deal) => k::committee_poll::TRUSTEE_DEAL,
        Some(CeremonyRound::Confirm) => k::committee_poll::TRUSTEE_CONFIRM,
        Some(CeremonyRound::Rehearse) => k::committee_poll::TRUSTEE_REHEARSE,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_round_waits_for_those_who_have_not_finished_it() {
        let trustee = |done| TrusteeProgress { index: 1, name: "甲".to_owned(), done };
        let round = Some(CeremonyRound::Reveal);
        assert!(is_waited_for(&trustee(None), round));
        assert!(is_waited_for(&trustee(Some(CeremonyRound::Commit)), round));
        assert!(!is_waited_for(&trustee(Some(CeremonyRound::Reveal)), round));
        assert!(!is_waited_for(&trustee(None), None));
    }
}
