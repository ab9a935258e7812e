//! The audit log, and whether its chain holds.

use super::{common::href, frame::bench};
use crate::{
    error::Answer,
    i18n::{k, t, t_named, tf},
    parts::{Kind, More, Notice, Table, empty, loaded, number, side_link, time, title},
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use serde::{Deserialize, Serialize};
use types::{
    identity::{AuditCheck, AuditLine, AuditPage as Lines},
    ids::AreaId,
};

/// What the page shows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Audit {
    log: Lines,
    /// The outcome of the check, if it was asked for.
    check: Option<AuditCheck>,
}

#[server(prefix = "/ui", output = crate::wire::Reply)]
pub(crate) async fn audit_page(area: AreaId, before: Option<i64>, check: bool) -> Answer<Audit> {
    let (service, caller) = crate::ssr::door().await?;
    let log = service.audit_log(&caller, area, before).await?;
    let check = if check { Some(service.audit_verify(&caller).await?) } else { None };
    Ok(Audit { log, check })
}

/// `/committee/audit?before=&check=`.
#[component]
pub(super) fn AuditPage() -> impl IntoView {
    let area = bench().area.id;
    let query = use_query_map();
    let asked = Memo::new(move |_| {
        let query = query.read();
        (query.get("before").and_then(|seq| seq.parse::<i64>().ok()), query.get("check").is_some())
    });
    let audit = crate::parts::fetched(move || asked.get(), move |(before, check)| audit_page(area, before, check));
    view! {
        <header class="bench-head">
            {title(t(k::committee_audit::TITLE))}
            {side_link(href("/committee/audit?check=yes"), t(k::committee_audit::CHECK))}
        </header>
        <p class="quiet">{t(k::committee_audit::LEAD)}</p>
        {loaded(audit, |audit| view! { <Show audit/> })}
    }
}

#[component]
fn Show(audit: Audit) -> impl IntoView {
    let Audit { log, check } = audit;
    if log.lines.is_empty() {
        return empty(t(k::committee_audit::EMPTY_TITLE), t(k::committee_audit::EMPTY_TEXT));
    }
    let head = [
        k::committee_audit::COL_WHEN,
        k::committee_audit::COL_WHO,
        k::committee_audit::COL_WHAT,
        k::committee_audit::COL_OBJECT,
        k::committee_audit::COL_HASH,
    ];
    let next = log.next.map(|before| href(&format!("/committee/audit?before={before}")));
    view! {
        <div role="status">{check.map(checked)}</div>
        <Table caption=t(k::committee_audit::TITLE) head=head.map(|key| t(key).to_owned()).to_vec() stack=true>
            {log.lines.into_iter().map(line).collect_view()}
        </Table>
        <More href=next/>
    }
    .into_any()
}

fn checked(check: AuditCheck) -> impl IntoView {
    let (kind, key, n) = match check.broken_at {
        None => (Kind::Good, k::committee_audit::CHECK_OK, check.entries),
        Some(seq) => (Kind::Bad, k::committee_audit::CHECK_BAD, seq),
    };
    view! { <Notice kind><p>{tf(key, &[("n", &number(n.unsigned_abs()))])}</p></Notice> }
}

/// The circumstances of an entry: a flat JSON object, ids shortened.
fn circumstances(detail: &str) -> String {
    let Ok(serde_json::Value::Object(fields)) = serde_json::from_str(detail) else { return detail.to_owned() };
    let said = fields.into_iter().map(|(name, value)| {
        let value = value.as_str().map_or_else(|| value.to_string(), |text| text.chars().take(8).collect());
        let name = t_named(&format!("audit.in-{name}")).map_or(name, str::to_owned);
        format!("{name} {value}")
    });
    said.collect::<Vec<_>>().join(" · ")
}

fn line(line: AuditLine) -> impl IntoView {
    let what = t_named(&format!("audit.{}", line.action)).map_or(line.action, str::to_owned);
    let who = if line.who.is_empty() { t(k::committee_audit::SYSTEM).to_owned() } else { line.who };
    let (kind, id) = line.object.split_once(':').unwrap_or((line.object.as_str(), ""));
    let kind = t_named(&format!("audit.of-{kind}")).map_or(kind.to_owned(), str::to_owned);
    let short = |text: &str| text.chars().take(8).collect::<String>();
    let (id, hash) = (short(id), short(&line.hash));
    view! {
        <tr>
            <td data-label=t(k::committee_audit::COL_WHEN) >{time::exact(line.at)}</td>
            <td data-label=t(k::committee_audit::COL_WHO) >{who}</td>
            <th scope="row">{what} " " <small>{circumstances(&line.detail)}</small></th>
            <td data-label=t(k::committee_audit::COL_OBJECT)>{kind} " " <span class="code">{id}</span></td>
            <td data-label=t(k::committee_audit::COL_HASH)><span class="num">{line.seq}</span> " " <span class="code">{hash}</span></td>
        </tr>
    }
}
