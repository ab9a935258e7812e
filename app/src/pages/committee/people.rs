//! Who may do what here: roles given and withdrawn.

use super::{common::role_name, frame::bench};
use crate::{
    error::Answer,
    i18n::{Key, k, t, tf},
    parts::{Choice, Choices, Field, Form, Frame, Hidden, Select, Table, loaded, time, title},
};
use leptos::{prelude::*, server_fn::ServerFn as _};
use serde::{Deserialize, Serialize};
use types::{
    identity::{Role, RoleView},
    ids::{AccountId, AreaId},
    roll::AreaView,
};

/// What the page shows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct People {
    roles: Vec<RoleView>,
    areas: Vec<AreaView>,
    /// The roles that the caller may give.
    grantable: Vec<Role>,
}

#[server(prefix = "/ui", output = crate::wire::Reply)]
pub(crate) async fn people_page(area: AreaId) -> Answer<People> {
    let (service, caller) = crate::ssr::door().await?;
    let roles = service.roles(&caller, area).await?;
    let grantable = service.grantable_roles(&caller, area).await?;
    Ok(People { roles, areas: super::tree::within(service.areas(&caller).await?, area), grantable })
}

#[server(prefix = "/ui", output = crate::wire::Reply)]
pub(crate) async fn role_give(login: String, role: Role, area: AreaId) -> Answer<()> {
    let (service, caller) = crate::ssr::door().await?;
    Ok(service.grant_role(&caller, types::identity::RoleGrant { login, role, area }).await?)
}

#[server(prefix = "/ui", output = crate::wire::Reply)]
pub(crate) async fn role_withdraw(account: AccountId, role: Role, area: AreaId) -> Answer<()> {
    let (service, caller) = crate::ssr::door().await?;
    Ok(service.revoke_role(&caller, account, role, area).await?)
}

/// Roles of this community.
#[component]
pub(super) fn PeoplePage() -> impl IntoView {
    let area = bench().area.id;
    let people = crate::parts::fetched(move || area, people_page);
    let again = Callback::new(move |()| people.refetch());
    view! {
        <header class="bench-head">{title(t(k::committee_people::TITLE))}</header>
        <p class="quiet">{t(k::committee_people::LEAD)}</p>
        {loaded(people, move |people| view! { <Show people again/> })}
    }
}

#[component]
fn Show(people: People, again: Callback<()>) -> impl IntoView {
    let People { roles, areas, grantable } = people;
    let head = [
        k::committee_people::COL_PERSON,
        k::committee_people::COL_ROLE,
        k::committee_people::COL_AREA,
        k::committee_people::COL_SINCE,
        k::committee_today::COL_DO,
    ];
    let rows = roles.into_iter().map(|held| {
        let may = grantable.contains(&held.role);
        view! { <Held held may again/> }
    });
    let rows = rows.collect_view();
    let end = if grantable.is_empty() {
        view! { <p class="quiet">{t(k::committee_people::READ_ONLY)}</p> }.into_any()
    } else {
        view! { <Give areas grantable again/> }.into_any()
    };
    view! {
        <Table caption=t(k::committee_people::TITLE) head=head.map(|key| t(key).to_owned()).to_vec() stack=true>{rows}</Table>
        {end}
    }
}

#[component]
fn Held(held: RoleView, may: bool, again: Callback<()>) -> impl IntoView {
    let name = held.name.clone().unwrap_or_else(|| held.login.clone());
    let role = role_name(held.role);
    let sure = tf(k::committee_people::REVOKE_SURE, &[("name", &name), ("role", &role)]);
    let form = may.then(|| {
        view! {
            <details>
                <summary>{t(k::committee_people::REVOKE)}</summary>
                <p>{sure}</p>
                <Form to=RoleWithdraw::url() submit=t(k::committee_people::REVOKE) quiet=true done=again>
                    <Hidden name="account" value=held.account.to_string()/>
                    <Hidden name="role" value=held.role.as_str()/>
                    <Hidden name="area" value=held.area.to_string()/>
                </Form>
            </details>
        }
    });
    view! {
        <tr>
            <th scope="row"><span class="name">{name}</span> " " <small>{held.login}</small></th>
            <td data-label=t(k::committee_people::COL_ROLE)>{role}</td>
            <td data-label=t(k::committee_people::COL_AREA)>{held.area_name}</td>
            <td data-label=t(k::committee_people::COL_SINCE)>{time::date(held.granted_at)}</td>
            <td>{form}</td>
        </tr>
    }
}

#[component]
fn Give(areas: Vec<AreaView>, grantable: Vec<Role>, again: Callback<()>) -> impl IntoView {
    let role = |role: Role| Choice::new(role.as_str(), role_name(role)).with(t(role_note(role)));
    let area = |area: AreaView| Choice::new(area.id.to_string(), area.name);
    let roles = grantable.into_iter().map(role).collect();
    let areas = areas.into_iter().map(area).collect();
    view! {
        <Frame title=t(k::committee_people::GRANT_TITLE)>
            <Form to=RoleGive::url() submit=t(k::committee_people::GRANT) said=t(k::committee_people::GRANTED) empties=true done=again>
                <Field name="login" required=true label=t(k::committee_people::LOGIN_LABEL) hint=t(k::committee_people::LOGIN_HINT)/>
                <Choices name="role" label=t(k::committee_people::ROLE_LABEL) choices=roles/>
                <Select name="area" label=t(k::committee_people::AREA_LABEL) choices=areas/>
            </Form>
        </Frame>
    }
}

const fn role_note(role: Role) -> Key {
    match role {
        Role::CommitteeLead => k::committee_people::ROLE_COMMITTEE_LEAD_NOTE,
        Role::Supervisor => k::committee_people::ROLE_SUPERVISOR_NOTE,
        Role::Coordinator => k::committee_people::ROLE_COORDINATOR_NOTE,
        Role::Operator => k::committee_people::ROLE_OPERATOR_NOTE,
        Role::Clerk | Role::Resident | Role::VerifiedResident => k::committee_people::ROLE_CLERK_NOTE,
    }
}
