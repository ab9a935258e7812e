//! Language, view, theme.

use crate::i18n::{k, t};
use crate::pages::prefs::PrefsForm;
use crate::parts::{Kind, Notice, PageHead};
use leptos::prelude::*;

/// `/me/settings`
#[component]
pub(crate) fn SettingsPage() -> impl IntoView {
    let saved = super::asked("done") == "yes";
    view! {
        <div class="narrow">
            <PageHead title=t(k::parts::SETTINGS) lead=t(k::me::SETTINGS_LEAD)/>
            {saved.then(|| view! { <Notice kind=Kind::Good><p>{t(k::me::SAVED)}</p></Notice> })}
            <PrefsForm/>
        </div>
    }
}
