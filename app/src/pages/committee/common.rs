//! What the workbench's pages share among themselves.

use super::frame::bench;
use crate::{
    error::UiError,
    i18n::{Key, k, t, tf},
    parts::failed,
};
use core::str::FromStr;
use leptos::prelude::*;
use types::{ErrorCode, identity::Role, ids::AreaId};

/// A page for an id in the address; "no such page" where it is none.
pub(super) fn with_id<Id: FromStr>(text: &str, page: impl FnOnce(Id) -> AnyView) -> AnyView {
    text.parse().map_or_else(|_| not_found(), page)
}

/// No such page.
pub(super) fn not_found() -> AnyView {
    failed(&UiError::from(ErrorCode::NotFound))
}

/// The way back to the page above.
pub(super) fn back(path: &str, words: Key) -> impl IntoView {
    view! { <p class="bench-back"><a href=href(path)>{t(words)}</a></p> }
}

/// What went wrong with something done without a form, if it did.
pub(super) fn wrong(problem: RwSignal<Option<String>>) -> impl IntoView {
    move || problem.get().map(|words| view! { <p class="wrong" role="alert">{words}</p> })
}

/// An address of the workbench, for the community that is chosen.
pub(super) fn href(path: &str) -> String {
    let bench = bench();
    if bench.areas.len() > 1 { href_to_area(path, bench.area.id) } else { path.to_owned() }
}

/// An address of the workbench for one community.
pub(super) fn href_to_area(path: &str, area: AreaId) -> String {
    let (path, place) = path.split_once('#').map_or((path, String::new()), |(path, place)| (path, format!("#{place}")));
    let sign = if path.contains('?') { '&' } else { '?' };
    format!("{path}{sign}area={area}{place}")
}

/// A home in words: building, unit, room.
pub(super) fn home(building: &str, unit: &str, room: &str) -> String {
    let said = |part: &str, key: Key| {
        let bare = !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        if bare { tf(key, &[("n", &part)]) } else { part.to_owned() }
    };
    let parts = [said(building, k::committee::BUILDING_N), said(unit, k::committee::UNIT_N), room.to_owned()];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// What a role is called.
pub(super) fn role_name(role: Role) -> &'static str {
    t(match role {
        Role::CommitteeLead => k::committee_people::ROLE_COMMITTEE_LEAD,
        Role::Supervisor => k::committee_people::ROLE_SUPERVISOR,
        Role::Coordinator => k::committee_people::ROLE_COORDINATOR,
        Role::Operator => k::committee_people::ROLE_OPERATOR,
        Role::Clerk | Role::Resident | Role::VerifiedResident => k::committee_people::ROLE_CLERK,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_community_is_named_before_the_place_on_the_page() {
        let area = AreaId([0; 16]);
        let zeros = "0".repeat(32);
        assert_eq!(href_to_area("/committee/desk#reissue", area), format!("/committee/desk?area={zeros}#reissue"));
        assert_eq!(href_to_area("/a?step=key", area), format!("/a?step=key&area={zeros}"));
    }
}
