//! What I was told.

use super::{asked, notice};
use crate::error::Answer;
use crate::i18n::{k, t, tf};
use crate::parts::{self, Form, More, PageHead, empty};
use leptos::{prelude::*, server_fn::ServerFn as _};
use serde::{Deserialize, Serialize};
use types::{Timestamp, identity::NoticePage};

/// A page of notices.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Inbox {
    page: NoticePage,
    now: Timestamp,
}

#[server(prefix = "/ui", output = crate::wire::Reply)]
pub(crate) async fn my_inbox(after: Option<String>) -> Answer<Inbox> {
    let (service, caller) = crate::ssr::door().await?;
    Ok(Inbox { page: service.notices(&caller, after).await?, now: service.now() })
}

#[server(prefix = "/ui", output = crate::wire::Reply)]
pub(crate) async fn mark_all_read() -> Answer<()> {
    let (service, caller) = crate::ssr::door().await?;
    Ok(service.mark_read(&caller, None).await?)
}

/// `/me/notices?after=…`
#[component]
pub(crate) fn InboxPage() -> impl IntoView {
    let query = leptos_router::hooks::use_query_map();
    let page = parts::fetched(move || query.read().get("after"), my_inbox);
    let done = Callback::new(move |()| page.refetch());
    parts::loaded(page, move |inbox| show(inbox, done))
}

fn show(inbox: Inbox, done: Callback<()>) -> AnyView {
    let Inbox { page: NoticePage { notices, next, unread }, now } = inbox;
    let lead = if unread > 0 { tf(k::me::UNREAD, &[("n", &unread)]) } else { t(k::me::ALL_READ).to_owned() };
    let lines = if notices.is_empty() && asked("after").is_empty() {
        empty(t(k::me::INBOX_EMPTY), t(k::me::INBOX_EMPTY_TEXT))
    } else {
        let lines = notices.into_iter().map(|one| notice::line(one, now)).collect_view();
        view! { <ul class="rows">{lines}</ul> }.into_any()
    };
    view! {
        <PageHead title=t(k::me::INBOX) lead/>
        <div class="sheet">{lines}</div>
        <More href=next.map(|after| format!("/me/notices?after={after}"))/>
        {(unread > 0).then(|| view! { <Form to=MarkAllRead::url() submit=t(k::me::MARK_ALL_READ) quiet=true done>""</Form> })}
    }
    .into_any()
}
