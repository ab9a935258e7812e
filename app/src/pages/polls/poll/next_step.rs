//! The one thing a visitor can do with a poll now.

use crate::i18n::{Key, k, t};
use leptos::prelude::*;
use types::{
    ids::PollId,
    polls::{PollAction, PollPage, PollState, Standing},
};

/// One filled button, and what else there is to do.
#[component]
pub(crate) fn NextStep(page: PollPage, voting: bool) -> impl IntoView {
    let poll = page.card.poll;
    let has_voted = page.card.mine.as_ref().is_some_and(|mine| mine.voted_at.is_some());
    let counted = matches!(page.card.state, PollState::Counting | PollState::Finished);
    let main = match (page.card.state, page.standing) {
        (PollState::Counting | PollState::Finished, _) => button(format!("/polls/{poll}/result"), k::polls::GO_RESULT),
        (PollState::Lapsed | PollState::Draft, _) => ().into_any(),
        (_, Standing::SignedOut) => button(back_to("/sign-in", poll), k::polls::GO_SIGN_IN),
        (_, Standing::NotVerified) => button(back_to("/me/verify", poll), k::polls::GO_VERIFY),
        (PollState::Open, Standing::OnRoll) if voting && has_voted => view! {
            <p class="voted">{t(k::parts::VOTED)}</p>
            {button(format!("/polls/{poll}/receipt"), k::polls::GO_RECEIPT)}
            <a class="button wide" href=format!("/polls/{poll}/vote")>{t(k::polls::GO_REVOTE)}</a>
        }
        .into_any(),
        (PollState::Open, Standing::OnRoll) if voting => button(format!("/polls/{poll}/vote"), k::parts::GO_VOTE),
        (PollState::Scheduled | PollState::Open, Standing::NotOnRoll) => {
            view! { <p class="small">{t(k::polls::NOT_ON_ROLL)}</p> }.into_any()
        }
        _ => ().into_any(),
    };
    let trustee = page.actions.iter().any(|action| matches!(action, PollAction::Ceremony | PollAction::PostShare));
    view! {
        <div class="next-step">
            {main}
            {trustee.then(|| view! { <a class="button wide" href=format!("/trustee/{poll}")>{t(k::ceremony::DUTY_TURN)} " · " {t(k::polls::TRUSTEES)}</a> })}
            {(counted && has_voted).then(|| view! { <a class="button wide" href=format!("/polls/{poll}/receipt")>{t(k::polls::GO_RECEIPT)}</a> })}
        </div>
    }
}

fn button(href: String, text: Key) -> AnyView {
    view! { <a class="button primary wide" href=href>{t(text)}</a> }.into_any()
}

fn back_to(to: &str, poll: PollId) -> String {
    crate::parts::with_next(to, &format!("/polls/{poll}"))
}
