//! What the shell and every page know of the reader and the place, the same on the server and in the browser.

use crate::{error::UiError, i18n::Lang};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// Whether an address is a page of ours and stays one in every browser: they read `\\` as `/`, and drop tabs and breaks.
#[must_use]
pub(crate) fn is_local(address: &str) -> bool {
    address.starts_with('/') && !address.starts_with("//") && !address.contains(|c: char| c == '\\' || c.is_control())
}

/// What the reader has chosen for themselves; kept in the cookies `lang`, `theme` and `view`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Prefs {
    /// The language of words.
    pub lang: Lang,
    /// Light or dark.
    pub theme: Theme,
    /// Ordinary or for elders.
    pub view: View,
}

/// Light or dark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Theme {
    /// As the device is set.
    #[default]
    Auto,
    /// Paper.
    Light,
    /// Night.
    Dark,
    /// The strongest contrast.
    Contrast,
}

/// Ordinary or for elders.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum View {
    /// The ordinary size.
    #[default]
    Standard,
    /// 长辈版: large text, large touch areas.
    Elder,
}

impl Theme {
    /// All, in the order they are offered.
    pub const ALL: [Self; 4] = [Self::Auto, Self::Light, Self::Dark, Self::Contrast];

    /// As in the cookie and in `data-theme`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Light => "light",
            Self::Dark => "dark",
            Self::Contrast => "contrast",
        }
    }

    /// The theme of this name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|theme| theme.as_str() == name)
    }
}

impl View {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Standard, Self::Elder];

    /// As in the cookie and in `data-view`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Standard => "standard",
            Self::Elder => "elder",
        }
    }

    /// The view of this name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|view| view.as_str() == name)
    }
}

/// The place the portal is for.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Site {
    /// Its name, e.g. 青禾社区; empty before the first area exists.
    pub name: String,
    /// What stands below the name: the area above it.
    pub above: String,
    /// Households on the roll.
    pub households: u64,
    /// Minutes that local time is ahead of UTC; 480 in China.
    pub offset_minutes: i32,
    /// The clock does not show the real time: a rehearsal.
    pub rehearsal: bool,
    /// Everybody and everything here is invented.
    pub demonstration: bool,
    /// Where residents reach the portal, without a slash at the end.
    pub public_url: String,
}

/// A form that was posted without JavaScript and not accepted: what was typed, and why not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Posted {
    /// The server function's address.
    pub to: String,
    /// Names and values as typed, without passwords and codes.
    pub values: Vec<(String, String)>,
    /// Why it was not accepted.
    pub problem: UiError,
}

/// Values of a form without a server function, posted to a page that answers it itself: a search for a name, a code.
/// Such things must not stand in an address.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Asked {
    /// The page's path.
    pub path: String,
    /// Names and values as typed.
    pub values: Vec<(String, String)>,
}

impl Asked {
    /// The value of a field, empty if there is none.
    #[must_use]
    pub fn get(&self, name: &str) -> &str {
        self.values.iter().find(|(field, _)| field == name).map_or("", |(_, value)| value)
    }
}

/// What the server tells the browser with the document.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(crate) struct Ground {
    pub(crate) prefs: Prefs,
    pub(crate) site: Site,
    pub(crate) posted: Option<Posted>,
    pub(crate) asked: Asked,
}

impl Ground {
    /// Takes it from the contexts on the server, and from the document in the browser.
    pub(crate) fn provide() {
        let ground = SharedValue::<Self, crate::wire::Wire>::new_with_encoding(|| Self {
            prefs: use_context().unwrap_or_default(),
            site: use_context().unwrap_or_default(),
            posted: use_context(),
            asked: use_context().unwrap_or_default(),
        });
        provide_context(StoredValue::new(ground.into_inner()));
    }
}

fn ground<T>(of: impl FnOnce(&Ground) -> T) -> T {
    match use_context::<StoredValue<Ground>>() {
        Some(ground) => ground.with_value(of),
        None => of(&Ground::default()),
    }
}

/// The place.
pub(crate) fn site() -> Site {
    ground(|ground| ground.site.clone())
}

/// Minutes that local time is ahead of UTC.
pub(crate) fn offset_minutes() -> i32 {
    ground(|ground| ground.site.offset_minutes)
}

/// The reader's choices.
pub(crate) fn prefs() -> Prefs {
    ground(|ground| ground.prefs)
}

/// What was posted to this server function without JavaScript and not accepted.
pub(crate) fn posted_to(to: &str) -> Option<Posted> {
    ground(|ground| ground.posted.clone().filter(|posted| posted.to == to))
}

/// What was posted to the page at `path` for it to answer.
pub(crate) fn asked_of(path: &str) -> Asked {
    ground(|ground| if ground.asked.path == path { ground.asked.clone() } else { Asked::default() })
}

#[cfg(test)]
mod tests {
    use super::is_local;

    #[test]
    fn an_address_that_a_browser_takes_elsewhere_is_not_ours() {
        for ours in ["/", "/polls/1?next=/me#top", "/搜索"] {
            assert!(is_local(ours), "{ours}");
        }
        for other in
            ["", "polls", "https://x.example", "//x.example", "/\\x.example", "/\t/x.example", "/\n/x", "/a\\b"]
        {
            assert!(!is_local(other), "{other:?}");
        }
    }
}
