//! Pages in chunks of their own: a first visit loads the shell and the first page, and what else is opened when it is
//! opened, code and words. One chunk holds pages that are used together; the path says which of them is meant. Every further
//! chunk multiplies the files that chunks share, so there are few.

use super::{committee, help, later, me, missing, polls, style};
use crate::{
    error::UiError,
    i18n::{self, List},
    parts::{self, live},
};
use leptos::prelude::*;
use leptos_router::{LazyRoute, hooks::use_location};

macro_rules! chunk {
    ($(#[$doc:meta])* $name:ident = $view:ident, $words:expr, { $($path:pat => $page:expr,)* }) => {
        $(#[$doc])*
        #[derive(Debug)]
        pub(crate) struct $name;

        impl LazyRoute for $name {
            fn data() -> Self {
                Self
            }

            async fn view(_: Self) -> AnyView {
                if i18n::load($words).await { $view().await } else { parts::failed(&UiError::Offline).into_any() }
            }
        }

        #[lazy]
        fn $view() -> AnyView {
            Effect::new(live::alive);
            let path = use_location().pathname.get_untracked();
            let parts: Vec<&str> = path.trim_matches('/').split('/').collect();
            match *parts.as_slice() {
                $($path => $page().into_any(),)*
                _ => missing(),
            }
        }
    };
}

chunk! {
    /// The reader's own, and what is only read.
    Mine = mine, &[List::First, List::Pages], {
        ["sign-in"] => me::SignInPage,
        ["sign-up"] => me::SignUpPage,
        ["me"] => me::AccountPage,
        ["me", "verify"] => me::VerifyPage,
        ["me", "desk"] => me::DeskTicketPage,
        ["me", "notices"] => me::InboxPage,
        ["me", "sessions"] => me::SessionsPage,
        ["me", "password"] => me::PasswordPage,
        ["me", "mail"] => me::MailPage,
        ["me", "settings"] => me::SettingsPage,
        ["mail", "confirm"] => me::ConfirmPage,
        ["mail", "unsubscribe"] => me::UnsubscribePage,
        ["consultations"] => later::ConsultationsPage,
        ["volunteering"] => later::VolunteeringPage,
        ["help"] => help::HelpPage,
        ["help", "ballot"] => help::BallotHelpPage,
        ["help", "privacy"] => help::PrivacyPage,
        ["help", "limits"] => help::LimitsPage,
        ["style"] => style::StylePage,
    }
}

chunk! {
    /// Polls, and what is kept of one's own ballot.
    Polls = polls, &[List::First, List::Pages], {
        ["polls"] => polls::PollsPage,
        ["polls", _] => polls::PollPage,
        ["polls", _, "receipt"] => polls::ReceiptPage,
    }
}

chunk! {
    /// The public record of a poll; a trustee's duties.
    Record = record, &[List::First, List::Pages], {
        ["polls", _, "poster"] => polls::PosterPage,
        ["polls", _, "result"] => polls::ResultPage,
        ["polls", _, "challenge", _] => polls::ChallengePage,
        ["trustee"] => polls::DutiesPage,
    }
}

chunk! {
    /// Casting a ballot; nothing else needs to encrypt.
    Vote = vote, &[List::First, List::Pages], {
        ["polls", _, "vote"] => polls::VotePage,
    }
}

chunk! {
    /// A trustee's part in one poll.
    Trustee = trustee, &[List::First, List::Pages], {
        ["trustee", _] => polls::TrusteePage,
    }
}

chunk! {
    /// Every address under `/committee`.
    Workbench = workbench, &List::ALL, {
        ["committee", ..] => committee::Bench,
    }
}
