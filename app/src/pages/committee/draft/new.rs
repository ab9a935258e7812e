//! A new draft.

use super::{back, frame::bench};
use crate::{
    error::Answer,
    i18n::{k, t},
    parts::{Choice, Form, Frame, Select, title},
};
use leptos::{prelude::*, server_fn::ServerFn as _};
use types::ids::{AreaId, PollId};

/// Makes a draft, empty or as a correction of `from`, and goes on to it.
#[server(prefix = "/ui", output = crate::wire::Reply)]
pub(crate) async fn draft_create(area: AreaId, #[server(default)] from: Option<PollId>) -> Answer<()> {
    let (service, caller) = crate::ssr::door().await?;
    let page = service.create_draft(&caller, area, from).await?;
    crate::ssr::redirect(&format!("/committee/polls/{}/edit", page.poll));
    Ok(())
}

#[component]
pub(in crate::pages::committee) fn NewPage() -> impl IntoView {
    let bench = bench();
    let choices = bench.areas.into_iter().map(|area| Choice::new(area.id.to_string(), area.name)).collect::<Vec<_>>();
    view! {
        {back("/committee/polls", k::committee_polls::TITLE)}
        {title(t(k::committee_draft::TITLE_NEW))}
        <Frame>
            <Form to=DraftCreate::url() submit=t(k::committee_draft::START)>
                <Select name="area" label=t(k::committee_draft::AREA_LABEL) value=bench.area.id.to_string() choices/>
            </Form>
        </Frame>
    }
}
