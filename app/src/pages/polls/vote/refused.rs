//! The server refused a ballot: what happened, and what to do.

use super::{
    booth::{Booth, Phase},
    screen::{bar, heading, line, main_button, small},
};
use crate::i18n::{Key, k, t, t_named, tf};
use leptos::prelude::*;
use types::ErrorCode;

/// The refusal in words.
pub(super) fn refused(booth: Booth, code: ErrorCode) -> AnyView {
    let what = t_named(&format!("refusal.{}", code.as_str()));
    let what = what.map_or_else(|| tf(k::refusal::OTHER, &[("code", &code.as_str())]), str::to_owned);
    let poll = booth.page.with_value(|page| page.card.poll);
    let next = match code {
        ErrorCode::SignInNeeded => link("/sign-in", poll, k::polls::GO_SIGN_IN),
        ErrorCode::Duplicate => link_to(format!("/polls/{poll}/receipt"), k::polls::GO_RECEIPT),
        ErrorCode::PollNotOpen => link_to(format!("/polls/{poll}"), k::ballot::TO_POLL),
        _ => main_button(t(k::ballot::AGAIN), move || {
            booth.get_ready();
            booth.phase.set(Phase::Check);
        }),
    };
    view! {
        <section role="alert" class="notice alarm">
            {heading(t(k::ballot::REFUSED_TITLE))}
            {line(what)}
            {line(t(what_to_do(code)))}
            {small(t(k::ballot::REFUSED_NOTHING))}
        </section>
        {bar(vec![next])}
    }
    .into_any()
}

fn link(to: &str, poll: types::ids::PollId, text: Key) -> AnyView {
    link_to(crate::parts::with_next(to, &format!("/polls/{poll}/vote")), text)
}

fn link_to(href: String, text: Key) -> AnyView {
    view! { <a class="button primary wide" href=href>{t(text)}</a> }.into_any()
}

fn what_to_do(code: ErrorCode) -> Key {
    match code {
        ErrorCode::PollNotOpen => k::refusal::DO_CLOSED,
        ErrorCode::SignInNeeded => k::refusal::DO_SIGN_IN,
        ErrorCode::VerificationNeeded => k::refusal::DO_VERIFY,
        ErrorCode::NotYourSlot | ErrorCode::WrongSlot | ErrorCode::CredentialReused => k::refusal::DO_OTHER_ACCOUNT,
        ErrorCode::SupersededCredential | ErrorCode::CredentialExists | ErrorCode::UnknownCredential => {
            k::refusal::DO_LOST
        }
        ErrorCode::Busy | ErrorCode::Internal => k::refusal::DO_WAIT,
        ErrorCode::Duplicate => k::refusal::DO_RECEIPT,
        ErrorCode::WrongNumber | ErrorCode::WrongPrevious | ErrorCode::ReusedPoint => k::refusal::DO_AGAIN,
        _ => k::refusal::DO_TELL,
    }
}
