//! The draft as a resident will see it.

use super::{Step, address, draft_preview};
use crate::{
    i18n::{k, t},
    pages::polls::poll::Poll,
    parts::{Kind, Notice, loaded},
};
use leptos::prelude::*;
use types::ids::PollId;

#[component]
pub(in crate::pages::committee) fn PreviewPage(poll: PollId) -> impl IntoView {
    let view = crate::parts::fetched(move || poll, draft_preview);
    view! {
        <Notice kind=Kind::Info>
            <p>{t(k::committee_draft::PREVIEW_BANNER)} " " <a href=address(poll, Step::Publish)>{t(k::committee_draft::PREVIEW_BACK)}</a></p>
        </Notice>
        <div class="bench-preview">{loaded(view, |view| view! { <Poll view/> })}</div>
    }
}
