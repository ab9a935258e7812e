//! Signed out: what goes on here, and how to join.

use super::{Home, today};
use crate::i18n::{k, t};
use crate::page;
use crate::parts::{Actions, PageHead, main_link, side_link};
use leptos::prelude::*;

pub(super) fn public(home: Home) -> AnyView {
    let Home { now, first, polls, .. } = home;
    let site = page::site();
    let title = if site.name.is_empty() { t(k::common::SITE_NAME).to_owned() } else { site.name };
    // One filled button per screen: the poll has it, where there is one.
    let join = match first {
        Some(_) => side_link("/sign-up", t(k::home::JOIN_DO)).into_any(),
        None => main_link("/sign-up", t(k::home::JOIN_DO)).into_any(),
    };
    view! {
        <PageHead title lead=t(k::common::TAGLINE) description=t(k::home::DESCRIPTION)/>
        {first.map(|first| today::lead_poll(first, now))}
        <section class="frame">
            <div class="sheet calm">
                <h2>{t(k::home::JOIN)}</h2>
                <p>{t(k::home::JOIN_TEXT)}</p>
                <Actions>{join} {side_link("/sign-in", t(k::parts::SIGN_IN))}</Actions>
            </div>
        </section>
        {today::poll_rows(polls, now, k::home::POLLS_PUBLIC)}
        <p class="foot-links">
            <a href="/help/ballot">{t(k::parts::BALLOT_TITLE)}</a> " "
            <a href="/help/privacy">{t(k::parts::PRIVACY_TITLE)}</a> " "
            <a href="/help/limits">{t(k::parts::LIMITS_TITLE)}</a> " "
            <a href="/me/settings">{t(k::parts::SETTINGS)}</a>
        </p>
    }
    .into_any()
}
