//! The first area of an installation: before it there is nothing that a role could be for.

use crate::{
    error::Answer,
    i18n::{k, t},
    parts::{Choice, Choices, Field, Form, Frame, title},
};
use leptos::{prelude::*, server_fn::ServerFn as _};
use types::roll::AreaKind;

#[server(FirstAreaForm, prefix = "/ui")]
pub(crate) async fn first_area(name: String, kind: AreaKind) -> Answer<()> {
    let (service, caller) = crate::ssr::door().await?;
    service.create_area(&caller, types::roll::NewArea { parent: None, kind, name }).await?;
    crate::ssr::redirect("/committee");
    Ok(())
}

/// For who runs the installation, as long as there is no area.
#[component]
pub(super) fn FirstArea() -> impl IntoView {
    let kinds = [
        (AreaKind::Community, k::committee_people::KIND_COMMUNITY),
        (AreaKind::Street, k::committee_people::KIND_STREET),
        (AreaKind::District, k::committee_people::KIND_DISTRICT),
        (AreaKind::City, k::committee_people::KIND_CITY),
    ];
    let choices = kinds.map(|(kind, words)| Choice::new(kind.as_str(), t(words))).to_vec();
    view! {
        <div class="bench-none">
            {title(t(k::committee_people::FIRST_AREA))}
            <p>{t(k::committee_people::FIRST_AREA_TEXT)}</p>
            <Frame>
                <Form to=FirstAreaForm::url() submit=t(k::committee_people::FIRST_AREA_MAKE) fresh=true>
                    <Field name="name" required=true maxlength=60_u16 label=t(k::committee_people::AREA_NAME)
                        hint=t(k::committee_people::AREA_NAME_HINT)/>
                    <Choices name="kind" label=t(k::committee_people::AREA_KIND) choices
                        values=vec![AreaKind::Community.as_str().to_owned()]/>
                </Form>
            </Frame>
        </div>
    }
}
