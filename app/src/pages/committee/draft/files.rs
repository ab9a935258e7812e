//! Pictures and files of a draft.

use crate::{
    error::Answer,
    i18n::{k, t, tf},
    parts::{FileField, Form, Frame, Hidden, Then},
};
use leptos::{
    prelude::*,
    server_fn::{
        ServerFn as _,
        codec::{MultipartData, MultipartFormData},
    },
};
use types::{
    ids::{AttachmentId, PollId},
    polls::{Attachment, DraftPage},
};

/// Adds a file and comes back to the text.
#[server(prefix = "/ui", output = crate::wire::Reply, input = MultipartFormData)]
pub(crate) async fn draft_attach(data: MultipartData) -> Answer<()> {
    let (service, caller) = crate::ssr::door().await?;
    let form = super::super::upload::read(data).await?;
    let poll: PollId = form.id("poll")?;
    service.attach_file(&caller, poll, &form.file_name, form.bytes).await?;
    crate::ssr::redirect(&format!("/committee/polls/{poll}/edit?step=text&file=added"));
    Ok(())
}

#[server(prefix = "/ui", output = crate::wire::Reply)]
pub(crate) async fn draft_detach(poll: PollId, file: AttachmentId) -> Answer<()> {
    let (service, caller) = crate::ssr::door().await?;
    service.detach_file(&caller, poll, file).await?;
    crate::ssr::redirect(&format!("/committee/polls/{poll}/edit?step=text"));
    Ok(())
}

#[component]
pub(super) fn Files(
    page: DraftPage,
    /// Saves the text, which the forms here would lose by drawing the page anew.
    hold: Callback<Then>,
) -> impl IntoView {
    let poll = page.poll.to_string();
    let files = page.attachments.into_iter().map(|file| view! { <Line file poll=poll.clone() hold/> }).collect_view();
    view! {
        <Frame title=t(k::committee_draft::FILES_TITLE)>
            <ul class="bench-lines">{files}</ul>
            <Form to=DraftAttach::url() hold files=true quiet=true fresh=true submit=t(k::committee_draft::FILE_ADD)>
                <Hidden name="poll" value=poll.clone()/>
                <FileField name="file" label=t(k::committee_draft::FILE_LABEL) hint=t(k::committee_draft::FILES_HINT)
                    accept=".png,.jpg,.jpeg,.webp,.pdf"/>
            </Form>
        </Frame>
    }
}

#[component]
fn Line(file: Attachment, poll: String, hold: Callback<Then>) -> impl IntoView {
    let kb = file.bytes.div_ceil(1024);
    let code = format!("![{}](attachment:{})", file.name, file.id);
    let picture = file.mime.starts_with("image/");
    view! {
        <li>
            <a rel="external" href=format!("/api/v1/polls/{poll}/attachments/{}", file.id)>{file.name.clone()}</a>
            " " <span class="quiet num">{tf(k::committee_draft::FILE_SIZE, &[("kb", &kb)])}</span>
            {picture.then(|| view! { <p class="quiet breakable">{tf(k::committee_draft::FILE_USE, &[("code", &code)])}</p> })}
            <Form to=DraftDetach::url() hold quiet=true fresh=true submit=tf(k::committee_draft::FILE_REMOVE, &[("name", &file.name)])>
                <Hidden name="poll" value=poll/>
                <Hidden name="file" value=file.id.to_string()/>
            </Form>
        </li>
    }
}
