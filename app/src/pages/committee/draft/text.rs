//! Step 1: title, text, pictures and files, with the text as residents will see it.

use super::{
    Draft,
    autosave::{Saving, SavingLine},
    files,
    part::{Part, TextPart},
};
use crate::{
    error::Answer,
    i18n::{Lang, k, t},
    parts::{Choice, Field, Form, Frame, Select, TextArea, prose},
};
use leptos::{prelude::*, server_fn::ServerFn as _, task::spawn_local};
use types::ids::PollId;

#[server(prefix = "/ui", output = crate::wire::Reply)]
pub(crate) async fn draft_text(poll: PollId, version: i64, part: TextPart) -> Answer<()> {
    super::save::save_and_go(poll, version, Part::Text(part), |_| {}, super::Step::Questions).await
}

/// The text as residents will see it, safe HTML.
#[server(prefix = "/ui", output = crate::wire::Reply)]
pub(crate) async fn draft_html(poll: PollId, text: String) -> Answer<String> {
    crate::ssr::door().await?;
    Ok(html(poll, &text))
}

/// Markdown as safe HTML; pictures are written as `![what](attachment:<id>)`.
#[cfg(feature = "ssr")]
pub(super) fn html(poll: PollId, text: &str) -> String {
    crate::ssr::markdown(&text.replace("](attachment:", &format!("](/api/v1/polls/{poll}/attachments/")))
}

/// What the form holds now.
fn typed(form: &str) -> Option<TextPart> {
    let values = super::super::browser::values_of(form);
    let value = |name: &str| values.iter().find(|(field, _)| field == name).map(|(_, value)| value.clone());
    Some(TextPart { title: value("part[title]")?, text: value("part[text]")?, language: value("part[language]")? })
}

#[component]
pub(super) fn TextStep(draft: Draft) -> impl IntoView {
    let Draft { page, html } = draft;
    let (poll, written) = (page.poll, page.draft.clone());
    let saving = Saving::new(&page);
    let shown = RwSignal::new(html);
    let on_input = move |_| {
        saving.typed(move || {
            let part = typed("draft-text")?;
            let text = part.text.clone();
            spawn_local(async move {
                if let Ok(html) = draft_html(poll, text).await {
                    let _ = shown.try_set(html);
                }
            });
            Some(Part::Text(part))
        });
    };
    let languages = Lang::ALL.map(|lang| Choice::new(lang.tag(), lang.name())).to_vec();
    view! {
        <div class="bench-two bench-halves">
            <div>
                <Frame>
                    <div id="draft-text" on:input=on_input on:change=on_input>
                        <Form to=DraftText::url() submit=t(k::committee_draft::SAVE_NEXT) hold=saving.form()>
                            <Field name="part[title]" maxlength=120_u16 label=t(k::committee_draft::TITLE_LABEL)
                                hint=t(k::committee_draft::TITLE_HINT) value=written.title/>
                            <TextArea name="part[text]" rows=14 maxlength=20_000_u32 label=t(k::committee_draft::TEXT_LABEL)
                                hint=t(k::committee_draft::TEXT_HINT) value=written.text/>
                            <Select name="part[language]" label=t(k::committee_draft::LANGUAGE_LABEL) value=written.language choices=languages/>
                            <SavingLine saving/>
                        </Form>
                    </div>
                </Frame>
                <files::Files page hold=saving.before(|| typed("draft-text").map(Part::Text))/>
            </div>
            <Frame title=t(k::committee_draft::PREVIEW_TITLE)>
                {move || match shown.get() {
                    html if html.is_empty() => view! { <p class="quiet">{t(k::committee_draft::PREVIEW_EMPTY)}</p> }.into_any(),
                    html => prose(html).into_any(),
                }}
            </Frame>
        </div>
    }
}
