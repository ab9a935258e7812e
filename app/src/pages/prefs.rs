//! Language, theme and view: the reader's own choices, kept in cookies.

use crate::error::Answer;
use crate::i18n::{Lang, k, t};
use crate::page::{self, Theme, View};
use crate::parts::{Choice, Choices, Form, Hidden};
use leptos::{prelude::*, server_fn::ServerFn as _};

/// Keeps what was chosen; an empty value leaves a choice as it is. Goes `back` then.
#[server(prefix = "/ui", output = crate::wire::Reply)]
pub(crate) async fn set_prefs(
    #[server(default)] lang: String,
    #[server(default)] theme: String,
    #[server(default)] view: String,
    #[server(default)] back: String,
) -> Answer<()> {
    let known = [
        ("lang", &lang, Lang::from_tag(&lang).is_some()),
        ("theme", &theme, Theme::parse(&theme).is_some()),
        ("view", &view, View::parse(&view).is_some()),
    ];
    for (name, value, known) in known.into_iter().filter(|(_, value, _)| !value.is_empty()) {
        if !known {
            return Err(types::Problem::field(name, "invalid").into());
        }
        crate::ssr::remember(name, value);
    }
    crate::ssr::redirect(&back);
    Ok(())
}

/// The three choices.
#[component]
pub(crate) fn PrefsForm() -> impl IntoView {
    let now = page::prefs();
    let languages = Lang::ALL.map(|lang| Choice::new(lang.tag(), lang.name()));
    let themes = Theme::ALL.map(|theme| {
        let text = match theme {
            Theme::Auto => k::me::THEME_AUTO,
            Theme::Light => k::me::THEME_LIGHT,
            Theme::Dark => k::me::THEME_DARK,
            Theme::Contrast => k::me::THEME_CONTRAST,
        };
        Choice::new(theme.as_str(), t(text))
    });
    let views = View::ALL.map(|view| match view {
        View::Standard => Choice::new(view.as_str(), t(k::parts::STANDARD_VIEW)),
        View::Elder => Choice::new(view.as_str(), t(k::parts::ELDER_VIEW)).with(t(k::me::ELDER_MORE)),
    });
    view! {
        <Form to=SetPrefs::url() submit=t(k::me::SAVE) fresh=true>
            <Hidden name="back" value="/me/settings?done=yes"/>
            <Choices name="lang" label=t(k::common::LANGUAGE) values=vec![now.lang.tag().to_owned()] choices=languages.into()/>
            <Choices name="view" label=t(k::me::VIEW) values=vec![now.view.as_str().to_owned()] choices=views.into()/>
            <Choices name="theme" label=t(k::me::THEME) values=vec![now.theme.as_str().to_owned()] choices=themes.into()/>
        </Form>
    }
}
