//! The reader's own: signing in and up, who they are, their devices, their mail, what they were told.

mod account;
mod desk;
mod inbox;
mod mail;
mod mail_link;
pub(crate) mod notice;
mod password;
mod sessions;
mod settings;
mod sign_in;
mod sign_up;
mod verify;

pub(crate) use account::AccountPage;
pub(crate) use desk::DeskTicketPage;
pub(crate) use inbox::InboxPage;
pub(crate) use mail::MailPage;
pub(crate) use mail_link::{ConfirmPage, UnsubscribePage};
pub(crate) use password::PasswordPage;
pub(crate) use sessions::SessionsPage;
pub(crate) use settings::SettingsPage;
pub(crate) use sign_in::SignInPage;
pub(crate) use sign_up::SignUpPage;
pub(crate) use verify::VerifyPage;

use crate::page::is_local;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// A value of the address's query; empty if there is none.
fn asked(name: &'static str) -> String {
    use_query_map().with_untracked(|query| query.get(name)).unwrap_or_default()
}

/// Where to go afterwards: the page that sent the reader here.
fn next_or(otherwise: &str) -> String {
    Some(asked("next")).filter(|next| is_local(next)).unwrap_or_else(|| otherwise.to_owned())
}
