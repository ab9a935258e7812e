//! Words in three languages.
//!
//! A text is named by a constant of [`k`], made from `locales/` at build time, so a missing word does not compile.
//! The server holds all words; a browser fetches those of its language, and of those the lists that its pages need,
//! because the byte budget of a first visit has no room for the others. `build.rs` says which area is in which list.

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

/// A part of the words: what a phone loads at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum List {
    /// Home, and what all pages share.
    First,
    /// The pages of residents, the public and trustees.
    Pages,
    /// The committee's workbench.
    Committee,
}

impl List {
    /// All.
    pub const ALL: [Self; 3] = [Self::First, Self::Pages, Self::Committee];

    /// What the page at this path needs.
    #[must_use]
    pub fn of(path: &str) -> &'static [Self] {
        if path.starts_with("/committee") {
            &Self::ALL
        } else if path == "/" {
            &[Self::First]
        } else {
            &[Self::First, Self::Pages]
        }
    }

    fn of_word(place: usize) -> Self {
        Self::ALL.into_iter().rev().find(|list| list.start() <= place).unwrap_or(Self::First)
    }

    const fn start(self) -> usize {
        k::STARTS[self as usize]
    }
}

/// The text of `key` in the reader's language.
#[must_use]
pub fn t(key: Key) -> &'static str {
    let list = List::of_word(key.0);
    words::list(list).get(key.0 - list.start()).map_or("", |text| text)
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

/// Where a browser finds the words of the reader's language; changes with their content. The list's number follows.
#[must_use]
pub fn words_url() -> String {
    words::url()
}

/// Where a browser finds one list.
pub(crate) fn list_url(list: List) -> String {
    format!("{}.{}", words_url(), list as usize)
}

pub use words::load;
#[cfg(feature = "ssr")]
pub use words::{json, version};

#[cfg(feature = "ssr")]
mod words {
    use super::{Lang, List};
    use leptos::prelude::use_context;
    use std::{hash::Hasher as _, sync::LazyLock};

    macro_rules! lists {
        ($language:literal) => {
            [
                include_str!(concat!(env!("OUT_DIR"), "/", $language, ".0.json")),
                include_str!(concat!(env!("OUT_DIR"), "/", $language, ".1.json")),
                include_str!(concat!(env!("OUT_DIR"), "/", $language, ".2.json")),
            ]
        };
    }

    const JSON: [[&str; 3]; 3] = [lists!("zh-Hans"), lists!("zh-Hant"), lists!("en")];
    static LISTS: LazyLock<[[Vec<String>; 3]; 3]> =
        LazyLock::new(|| JSON.map(|lists| lists.map(|json| serde_json::from_str(json).expect("written by build.rs"))));

    /// A list of a language's words as the browser fetches it: a JSON array of strings.
    #[must_use]
    pub const fn json(lang: Lang, list: List) -> &'static str {
        JSON[lang as usize][list as usize]
    }

    static VERSIONS: LazyLock<[String; 3]> = LazyLock::new(|| {
        JSON.map(|lists| {
            let mut hasher = std::hash::DefaultHasher::new();
            lists.iter().for_each(|json| hasher.write(json.as_bytes()));
            format!("{:016x}", hasher.finish())
        })
    });

    /// What changes when a word of the language changes; part of its lists' addresses.
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

    pub(super) fn list(list: List) -> &'static [String] {
        &LISTS[lang() as usize][list as usize]
    }

    /// All are there.
    pub async fn load(_: &[List]) -> bool {
        true
    }
}

#[cfg(feature = "hydrate")]
mod words {
    use super::{Lang, List, list_url};
    use std::sync::OnceLock;

    static LISTS: [OnceLock<Vec<String>>; 3] = [const { OnceLock::new() }; 3];

    pub(super) fn url() -> String {
        root_attribute("data-words").unwrap_or_default()
    }

    /// Fetches these lists from where the server said in `<html data-words>`, unless they are there; to be awaited before
    /// a page is made or brought to life. False where they do not come: without words a page would be blank, and what the
    /// server sent can be read and used as it is.
    pub async fn load(lists: &[List]) -> bool {
        for list in lists {
            let held = &LISTS[*list as usize];
            if held.get().is_none() {
                let url = list_url(*list);
                let words = match fetched(&url).await {
                    Some(words) => Some(words),
                    None => fetched(&url).await,
                };
                let Some(words) = words else { return false };
                held.get_or_init(|| words);
            }
        }
        true
    }

    async fn fetched(url: &str) -> Option<Vec<String>> {
        let text = gloo::net::http::Request::get(url).send().await.ok()?.text().await.ok()?;
        crate::wire::read(&text).ok()
    }

    fn root_attribute(name: &str) -> Option<String> {
        web_sys::window()?.document()?.document_element()?.get_attribute(name)
    }

    pub(super) fn lang() -> Lang {
        root_attribute("lang").and_then(|tag| Lang::from_tag(&tag)).unwrap_or_default()
    }

    pub(super) fn list(list: List) -> &'static [String] {
        LISTS[list as usize].get().map_or(&[], Vec::as_slice)
    }
}

#[cfg(not(any(feature = "ssr", feature = "hydrate")))]
mod words {
    use super::{Lang, List};
    pub(super) fn url() -> String {
        String::new()
    }
    pub(super) fn lang() -> Lang {
        Lang::default()
    }
    pub(super) fn list(_: List) -> &'static [String] {
        &[]
    }
    #[expect(missing_docs, reason = "neither a server nor a browser")]
    pub async fn load(_: &[List]) -> bool {
        true
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
