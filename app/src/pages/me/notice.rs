//! One notice: its sentence, when, and the way to the thing itself.

use crate::i18n::{fill, k, t, t_named};
use crate::parts::time;
use leptos::prelude::*;
use types::{Timestamp, identity::NoticeView};

/// A row of the inbox, or of the first page.
pub(crate) fn line(notice: NoticeView, now: Timestamp) -> AnyView {
    let sentence = sentence(&notice);
    let text = match way(&notice) {
        Some(href) => view! { <a class="row-title" href=href>{sentence}</a> }.into_any(),
        None => view! { <span class="row-title">{sentence}</span> }.into_any(),
    };
    let fresh = !notice.read;
    view! {
        <li class:fresh=fresh>
            {text}
            <p class="small">{time::moment(notice.at, now)} " " {fresh.then(|| view! { <span class="now-word">{t(k::parts::NEW)}</span> })}</p>
        </li>
    }
    .into_any()
}

fn sentence(notice: &NoticeView) -> String {
    let words = t_named(&format!("notice.{}", notice.kind)).unwrap_or_else(|| t(k::notice::OTHER));
    let args: Vec<(&str, &dyn core::fmt::Display)> =
        notice.args.iter().map(|(name, value)| (name.as_str(), value as &dyn core::fmt::Display)).collect();
    fill(words, &args)
}

fn way(notice: &NoticeView) -> Option<String> {
    let poll = notice.poll.map(|poll| format!("/polls/{poll}"));
    match (notice.kind.as_str(), poll) {
        ("poll-result", Some(poll)) => Some(format!("{poll}/result")),
        ("trustee-turn", Some(_)) => notice.poll.map(|poll| format!("/trustee/{poll}")),
        (_, Some(poll)) => Some(poll),
        ("codes-locked" | "import-done", None) => Some("/committee/roll".to_owned()),
        ("role-granted", None) => Some("/committee".to_owned()),
        ("verified" | "verification-released", None) => Some("/me".to_owned()),
        (_, None) => None,
    }
}
