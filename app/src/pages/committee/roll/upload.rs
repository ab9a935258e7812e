//! A new import: the template, the file, and the imports of before.

use super::{
    common::{back, href},
    frame::bench,
};
use crate::{
    error::Answer,
    i18n::{Key, k, t},
    parts::{Actions, FileField, Form, Frame, Hidden, Stepper, loaded, tag, time, title},
};
use leptos::{
    prelude::*,
    server_fn::{
        ServerFn as _,
        codec::{MultipartData, MultipartFormData},
    },
};
use types::{
    ids::AreaId,
    roll::{ImportState, ImportView},
};

/// Takes the file and goes on to its import.
#[server(prefix = "/ui", output = crate::wire::Reply, input = MultipartFormData)]
pub(crate) async fn roll_upload(data: MultipartData) -> Answer<()> {
    let (service, caller) = crate::ssr::door().await?;
    let form = super::super::upload::read(data).await?;
    let import = service.import_preview(&caller, form.id("area")?, &form.file_name, form.bytes).await?;
    crate::ssr::redirect(&format!("/committee/roll/import/{import}"));
    Ok(())
}

#[server(prefix = "/ui", output = crate::wire::Reply)]
pub(crate) async fn roll_imports(area: AreaId) -> Answer<Vec<ImportView>> {
    let (service, caller) = crate::ssr::door().await?;
    Ok(service.imports(&caller, area).await?)
}

/// The four stations of an import.
const STATIONS: [Key; 4] = [
    k::committee_roll::STEP_TEMPLATE,
    k::committee_roll::STEP_UPLOAD,
    k::committee_roll::STEP_CHECK,
    k::committee_roll::STEP_DONE,
];

/// The stations of an import, at `now` from 0.
pub(super) fn stations(now: usize) -> impl IntoView {
    let steps = STATIONS.map(|key| t(key).to_owned()).to_vec();
    view! { <Stepper label=t(k::committee_roll::IMPORT_TITLE) steps now/> }
}

/// Template, file, history.
#[component]
pub(in crate::pages::committee) fn UploadPage() -> impl IntoView {
    let area = bench().area.id;
    let imports = crate::parts::fetched(move || area, roll_imports);
    view! {
        {back("/committee/roll", k::committee_roll::TITLE)}
        {title(t(k::committee_roll::IMPORT_TITLE))}
        <p class="quiet">{t(k::committee_roll::IMPORT_LEAD)}</p>
        {stations(0)}
        <Frame title=t(k::committee_roll::STEP_TEMPLATE)>
            <p>{t(k::committee_roll::TEMPLATE_TEXT)}</p>
            <Actions>
                <a class="button" rel="external" download href="/templates/roll.xlsx">{t(k::committee_roll::TEMPLATE_XLSX)}</a>
                <a class="button" rel="external" download href="/templates/roll.csv">{t(k::committee_roll::TEMPLATE_CSV)}</a>
            </Actions>
        </Frame>
        <Frame title=t(k::committee_roll::STEP_UPLOAD)>
            <Form to=RollUpload::url() files=true submit=t(k::committee_roll::UPLOAD)>
                <Hidden name="area" value=area.to_string()/>
                <FileField name="file" label=t(k::committee_roll::FILE_LABEL) hint=t(k::committee_roll::FILE_HINT) accept=".xlsx,.csv"/>
            </Form>
        </Frame>
        <Frame title=t(k::committee_roll::HISTORY)>{loaded(imports, |imports| view! { <History imports/> })}</Frame>
    }
}

#[component]
fn History(imports: Vec<ImportView>) -> impl IntoView {
    if imports.is_empty() {
        return view! { <p class="quiet">{t(k::committee_roll::HISTORY_EMPTY)}</p> }.into_any();
    }
    let line = |import: ImportView| {
        view! {
            <li>
                <a href=href(&format!("/committee/roll/import/{}", import.id))>{import.file_name}</a>
                " " {tag(t(state_name(import.state)))}
                " " <span class="quiet">{time::exact(import.created_at)}</span>
            </li>
        }
    };
    view! { <ul class="bench-lines">{imports.into_iter().map(line).collect_view()}</ul> }.into_any()
}

const fn state_name(state: ImportState) -> Key {
    match state {
        ImportState::Reading => k::committee_roll::STATE_READING,
        ImportState::Ready => k::committee_roll::STATE_READY,
        ImportState::Refused => k::committee_roll::STATE_REJECTED,
        ImportState::Applying => k::committee_roll::STATE_APPLYING,
        ImportState::Done => k::committee_roll::STATE_DONE,
        ImportState::Cancelled => k::committee_roll::STATE_DISCARDED,
    }
}
