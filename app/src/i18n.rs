//! Words in three languages.
//!
//! A text is named by a constant of [`k`], made from `locales/` at build time, so a missing word does not compile.
//! The server holds all three lists; a browser fetches the one it needs before hydration, because the byte budget
//! of a first visit has no room for the others.

/// The keys, one module per file of `locales/zh-Hans`.
pub mod k {
    include!(concat!(env!("OUT_DIR"), "/keys.rs"));
}

/// A text's place in the word lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Key(pub(crate) usize);

/// A language of the interface.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
pub enum Lang {
    /// 简体中文
    #[default]
    ZhHans,
    /// 繁體中文
    ZhHant,
    /// English
    En,
}

impl Lang {
    /// All, in the order they are offered.
    pub const ALL: [Self; 3] = [Self::ZhHans, Self::ZhHant, Self::En];

    /// The BCP 47 tag.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::ZhHans => "zh-Hans",
            Self::ZhHant => "zh-Hant",
            Self::En => "en",
        }
    }

    /// Its name for itself.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::ZhHans => "简体中文",
            Self::ZhHant => "繁體中文",
            Self::En => "English",
        }
    }

    /// The language with this tag.
    #[must_use]
    pub fn from_tag(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|lang| lang.tag() == tag)
    }
}

/// The text of `key` in the reader's language.
#[must_use]
pub fn t(key: Key) -> &'static str {
    words::list().get(key.0).map_or("", |text| text)
}

/// The text whose key is `area.name`, if there is one: for names that arrive at run time, such as error codes.
/// `build.rs` says for which areas that is possible.
#[must_use]
pub fn t_named(name: &str) -> Option<&'static str> {
    let place = k::NAMED.binary_search_by_key(&name, |(name, _)| *name).ok()?;
    Some(t(Key(k::NAMED[place].1)))
}

/// The text of `key` with `{name}` replaced by what `args` gives for it.
///
/// `{n?one:other}` chooses by whether `n` is 1, for languages that count so.
#[must_use]
pub fn tf(key: Key, args: &[(&str, &dyn core::fmt::Display)]) -> String {
    fill(t(key), args)
}

/// `text` with its placeholders filled; for texts that are not named by a constant.
pub(crate) fn fill(mut text: &str, args: &[(&str, &dyn core::fmt::Display)]) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    while let Some((before, rest)) = text.split_once('{') {
        let Some((inside, after)) = rest.split_once('}') else { break };
        out.push_str(before);
        let (name, forms) = inside.split_once('?').map_or((inside, None), |(name, forms)| (name, Some(forms)));
        let value =
            args.iter().find(|(given, _)| *given == name).map(|(_, value)| value.to_string()).unwrap_or_default();
        match forms.and_then(|forms| forms.split_once(':')) {
            Some((one, other)) => out.push_str(if value == "1" { one } else { other }),
            None => out.push_str(&value),
        }
        text = after;
    }
    out.push_str(text);
    out
}

/// The reader's language.
#[must_use]
pub fn lang() -> Lang {
    words::lang()
}

/// Where a browser finds the word list of the reader's language; changes with its content.
#[must_use]
pub fn words_url() -> String {
    words::url()
}

#[cfg(feature = "ssr")]
pub use words::{json, version};

#[cfg(feature = "ssr")]
mod words {
    use super::Lang;
    use leptos::prelude::use_context;
    use std::sync::LazyLock;

    const JSON: [&str; 3] = [
        include_str!(concat!(env!("OUT_DIR"), "/zh-Hans.json")),
        include_str!(concat!(env!("OUT_DIR"), "/zh-Hant.json")),
        include_str!(concat!(env!("OUT_DIR"), "/en.json")),
    ];
    static LISTS: LazyLock<[Vec<String>; 3]> =
        LazyLock::new(|| JSON.map(|json| serde_json::from_str(json).expect("written by build.rs")));

    /// The word list of a language as the browser fetches it: a JSON array of strings.
    #[must_use]
    pub const fn json(lang: Lang) -> &'static str {
        JSON[lang as usize]
    }

    static VERSIONS: LazyLock<[String; 3]> = LazyLock::new(|| {
        JSON.map(|json| {
            let mut hasher = std::hash::DefaultHasher::new();
            std::hash::Hasher::write(&mut hasher, json.as_bytes());
            format!("{:016x}", std::hash::Hasher::finish(&hasher))
        })
    });

    /// What changes when a word of the language changes; part of the list's address.
    #[must_use]
    pub fn version(lang: Lang) -> &'static str {
        &VERSIONS[lang as usize]
    }

    pub(super) fn url() -> String {
        let lang = lang();
        format!("/words/{}.{}", lang.tag(), version(lang))
    }

    pub(super) fn lang() -> Lang {
        use_context::<crate::page::Prefs>().map_or_else(Lang::default, |prefs| prefs.lang)
    }

    pub(super) fn list() -> &'static [String] {
        &LISTS[lang() as usize]
    }
}

#[cfg(feature = "hydrate")]
pub use words::load;

#[cfg(feature = "hydrate")]
mod words {
    use super::Lang;
    use std::sync::OnceLock;

    static LIST: OnceLock<Vec<String>> = OnceLock::new();

    pub(super) fn url() -> String {
        root_attribute("data-words").unwrap_or_default()
    }

    /// Fetches the words that the server named in `<html data-words>`; to be awaited before hydration. False where they
    /// do not come: hydration without words would blank the page, which can be read and used as the server sent it.
    pub async fn load() -> bool {
        let Some(url) = root_attribute("data-words") else { return false };
        let list = match fetched(&url).await {
            Some(list) => Some(list),
            None => fetched(&url).await,
        };
        list.is_some_and(|list| LIST.set(list).is_ok())
    }

    async fn fetched(url: &str) -> Option<Vec<String>> {
        gloo::net::http::Request::get(url).send().await.ok()?.json().await.ok()
    }

    fn root_attribute(name: &str) -> Option<String> {
        web_sys::window()?.document()?.document_element()?.get_attribute(name)
    }

    pub(super) fn lang() -> Lang {
        root_attribute("lang").and_then(|tag| Lang::from_tag(&tag)).unwrap_or_default()
    }

    pub(super) fn list() -> &'static [String] {
        LIST.get().map_or(&[], Vec::as_slice)
    }
}

#[cfg(not(any(feature = "ssr", feature = "hydrate")))]
mod words {
    use super::Lang;
    pub(super) fn url() -> String {
        String::new()
    }
    pub(super) fn lang() -> Lang {
        Lang::default()
    }
    pub(super) fn list() -> &'static [String] {
        &[]
    }
}

#[cfg(test)]
mod tests {
    use super::fill;

    #[test]
    fn placeholders_are_filled_and_forms_chosen_by_number() {
        let text = "{n} {n?vote:votes} for {name}";
        assert_eq!(fill(text, &[("n", &1), ("name", &"A")]), "1 vote for A");
        assert_eq!(fill(text, &[("n", &2), ("name", &"{n}")]), "2 votes for {n}");
    }
}
