//! The committee's workbench: a place of its own, with its own navigation, loaded only by those who work in it.
//!
//! One lazy chunk holds all of it: [`Bench()`] is the view of every address under `/committee`, and [`page`] is its
//! table of contents. A page is one file: its component, its server functions, its parts.

mod asked;
mod audit;
mod browser;
mod common;
mod desk;
mod draft;
mod first_area;
mod frame;
mod key;
mod letters;
mod people;
mod poll;
mod polls;
mod roll;
mod today;
#[cfg(feature = "ssr")]
mod tree;
#[cfg(feature = "ssr")]
mod upload;

pub(crate) use frame::Bench;

use common::{not_found, with_id};
use leptos::prelude::*;

/// Every address of the workbench, what follows `/committee`.
fn page(path: &str) -> AnyView {
    let rest: Vec<&str> = path.trim_matches('/').split('/').skip(1).collect();
    match *rest.as_slice() {
        [] => view! { <today::TodayPage/> }.into_any(),
        ["roll"] => view! { <roll::list::RollPage/> }.into_any(),
        ["roll", "import"] => view! { <roll::upload::UploadPage/> }.into_any(),
        ["roll", "import", id] => with_id(id, |import| view! { <roll::import::ImportPage import/> }.into_any()),
        ["letters"] => view! { <letters::LettersPage/> }.into_any(),
        ["desk"] => view! { <desk::DeskPage/> }.into_any(),
        ["key"] => view! { <key::KeyPage/> }.into_any(),
        ["polls"] => view! { <polls::PollsPage/> }.into_any(),
        ["polls", "new"] => view! { <draft::new::NewPage/> }.into_any(),
        ["polls", id, "edit"] => with_id(id, |poll| view! { <draft::EditPage poll/> }.into_any()),
        ["polls", id, "preview"] => with_id(id, |poll| view! { <draft::preview::PreviewPage poll/> }.into_any()),
        ["polls", id] => with_id(id, |poll| view! { <poll::PollPage poll/> }.into_any()),
        ["people"] => view! { <people::PeoplePage/> }.into_any(),
        ["audit"] => view! { <audit::AuditPage/> }.into_any(),
        _ => not_found(),
    }
}
