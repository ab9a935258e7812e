//! The workbench's frame: who works here and for which community, the side bar, and the page beside it.

use super::{
    common::{href, role_name},
    first_area::FirstArea,
};
use crate::{
    error::Answer,
    i18n::{Key, k, t},
    parts::{Fetched, answered, empty, fetched, loaded, seal, time, title},
};
use leptos::prelude::*;
use leptos_router::hooks::{use_location, use_query_map};
use serde::{Deserialize, Serialize};
use types::{
    Timestamp,
    committee::Today,
    identity::{Me, Role},
    ids::AreaId,
    roll::AreaView,
};

/// Who works here, and for which areas.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Frame {
    me: Me,
    areas: Vec<AreaView>,
}

#[server(prefix = "/ui", output = crate::wire::Reply)]
pub(crate) async fn bench_frame() -> Answer<Frame> {
    let (service, caller) = crate::ssr::door().await?;
    Ok(Frame { me: service.me(&caller).await?, areas: service.my_areas(&caller).await? })
}

#[server(prefix = "/ui", output = crate::wire::Reply)]
pub(crate) async fn bench_today(area: AreaId) -> Answer<Today> {
    let (service, caller) = crate::ssr::door().await?;
    Ok(service.today(&caller, area).await?)
}

/// What every page of the workbench knows.
#[derive(Clone)]
pub(super) struct Bench {
    pub(super) me: Me,
    pub(super) area: AreaView,
    pub(super) areas: Vec<AreaView>,
    pub(super) today: Fetched<Today>,
}

/// What every page of the workbench knows; only inside [`Bench()`].
pub(super) fn bench() -> Bench {
    expect_context::<Bench>()
}

/// "李娟 · 居委干事　11 月 23 日 周一".
pub(super) fn signature(now: Timestamp) -> String {
    let me = bench().me;
    let name = me.identity.map_or(me.login, |who| who.name);
    let role = me.roles.iter().map(|held| held.role).filter(|role| *role != Role::Operator).max();
    format!("{name} · {}\u{3000}{}", role.map(role_name).unwrap_or_default(), time::day(now))
}

/// Every address under `/committee`.
#[component]
pub(crate) fn Bench() -> impl IntoView {
    loaded(fetched(|| (), |()| bench_frame()), |frame| view! { <Framed frame/> })
}

#[component]
fn Framed(frame: Frame) -> impl IntoView {
    let query = use_query_map();
    let Frame { me, areas } = frame;
    if areas.is_empty() && me.roles.iter().any(|held| held.role == Role::Operator) {
        return view! { <FirstArea/> }.into_any();
    }
    if areas.is_empty() {
        return view! {
            <div class="bench-none">
                {title(t(k::committee::NO_ACCESS_TITLE))}
                {empty(t(k::committee::NO_ACCESS_TITLE), t(k::committee::NO_ACCESS_TEXT))}
                <p><a class="way" href="/">{t(k::committee::TO_SITE)}</a></p>
            </div>
        }
        .into_any();
    }
    let chosen = {
        let areas = areas.clone();
        Memo::new(move |_| {
            let asked: Option<AreaId> = query.read().get("area").and_then(|id| id.parse().ok());
            areas.iter().find(|area| Some(area.id) == asked).or(areas.first()).cloned()
        })
    };
    (move || {
        let area = chosen.get()?;
        let id = area.id;
        let today = fetched(move || id, bench_today);
        provide_context(Bench { me: me.clone(), area, areas: areas.clone(), today });
        let path = use_location().pathname;
        Some(view! {
            <div class="bench">
                <SideBar/>
                <div class="bench-page">{move || super::page(&path.get())}</div>
            </div>
        })
    })
    .into_any()
}

#[component]
fn SideBar() -> impl IntoView {
    let Bench { area, areas, today, .. } = bench();
    // Only a phone folds the bar; after each step it is folded again.
    let unfolded = RwSignal::new(false);
    let count = answered(
        today,
        || ().into_any(),
        |today| {
            let n = today.map_or(0, |today| today.tasks.len());
            (n > 0).then(|| view! { <span class="bench-count num">{n}</span> }).into_any()
        },
    );
    view! {
        <div class="bench-side no-print">
            <p class="bench-place">{seal()} <span>{area.name}</span></p>
            {(areas.len() > 1).then(|| view! { <AreaChoice areas current=area.id/> })}
            <label class="bench-menu">
                <input type="checkbox" prop:checked=unfolded on:change=move |event| unfolded.set(event_target_checked(&event))/>
                {t(k::committee::NAV_OPEN)}
            </label>
            <nav class="bench-nav" aria-label=t(k::committee::NAV_LABEL) on:click=move |_| unfolded.set(false)>
                    <ul>
                        <Entry to="" text=k::committee::NAV_TODAY>{count}</Entry>
                        <Entry to="/polls" text=k::committee::NAV_POLLS/>
                    </ul>
                    <p class="bench-group">{t(k::committee::NAV_GROUP_ROLL)}</p>
                    <ul>
                        <Entry to="/roll" text=k::committee::NAV_ROLL/>
                        <Entry to="/letters" text=k::committee::NAV_LETTERS/>
                        <Entry to="/desk" text=k::committee::NAV_DESK/>
                    </ul>
                    <p class="bench-group">{t(k::committee::NAV_GROUP_AREA)}</p>
                    <ul>
                        <Entry to="/people" text=k::committee::NAV_PEOPLE/>
                        <Entry to="/key" text=k::committee_key::TITLE/>
                        <Entry to="/audit" text=k::committee::NAV_AUDIT/>
                        <li><a href="/">{t(k::committee::TO_SITE)}</a></li>
                    </ul>
            </nav>
        </div>
    }
}

/// One line of the side bar; marked where its page, or one below it, is open.
#[component]
fn Entry(to: &'static str, text: Key, #[prop(optional)] children: Option<Children>) -> impl IntoView {
    let path = use_location().pathname;
    let here = move || mark(&path.read(), to);
    view! {
        <li>
            <a href=href(&format!("/committee{to}")) aria-current=here>
                <span>{t(text)}</span> {children.map(|children| children())}
            </a>
        </li>
    }
}

/// `page` where the address is that of the entry, `true` where it lies below it.
fn mark(path: &str, to: &str) -> Option<&'static str> {
    let rest = path.trim_end_matches('/').strip_prefix("/committee")?;
    let below = !to.is_empty() && rest.strip_prefix(to).is_some_and(|rest| rest.starts_with('/'));
    if rest == to { Some("page") } else { below.then_some("true") }
}

#[component]
fn AreaChoice(areas: Vec<AreaView>, current: AreaId) -> impl IntoView {
    let line = |area: AreaView| {
        let here = (area.id == current).then_some("true");
        view! { <li><a href=format!("/committee?area={}", area.id) aria-current=here>{area.name}</a></li> }
    };
    view! { <ul class="bench-areas" aria-label=t(k::committee::AREA)>{areas.into_iter().map(line).collect_view()}</ul> }
}

#[cfg(test)]
mod tests {
    use super::mark;

    #[test]
    fn an_entry_is_marked_on_its_page_and_below_it() {
        assert_eq!(mark("/committee", ""), Some("page"));
        assert_eq!(mark("/committee/polls/", "/polls"), Some("page"));
        assert_eq!(mark("/committee/polls/new", "/polls"), Some("true"));
        assert_eq!(mark("/committee/polls", ""), None);
        assert_eq!(mark("/committee/pollsters", "/polls"), None);
    }
}
