//! Turns `locales/<language>/<area>.json` into key constants, and word lists in key order.
//!
//! `{"greeting": "Hello {name}"}` in `home.json` becomes `k::home::GREETING`. The build fails where a language lacks a
//! key or a placeholder that 简体中文 has. A phone loads the lists it needs: [`LISTS`] says which area is in which.

use std::{collections::BTreeMap, env, fmt::Write as _, fs, path::Path};

const LANGUAGES: [&str; 3] = ["zh-Hans", "zh-Hant", "en"];

/// The areas of each list, in the order of `i18n::List`; an area that is named nowhere is in the last.
const LISTS: [&[&str]; 3] = [
    &["common", "error", "home", "notice", "parts"],
    &["ballot", "ceremony", "field_error", "help", "me", "polls", "refusal", "style", "verify"],
    &[],
];

/// Words by place: list, area, key.
type Words = BTreeMap<(usize, String, String), String>;

fn main() {
    println!("cargo:rerun-if-changed=locales");
    let languages = LANGUAGES.map(read);
    let [reference, ..] = &languages;
    for (language, words) in LANGUAGES.iter().zip(&languages).skip(1) {
        compare(language, reference, words);
    }
    let out = env::var("OUT_DIR").expect("cargo sets OUT_DIR");
    fs::write(Path::new(&out).join("keys.rs"), keys(reference)).expect("OUT_DIR is writable");
    for (language, words) in LANGUAGES.iter().zip(&languages) {
        for list in 0..LISTS.len() {
            let texts = words.iter().filter(|((at, ..), _)| *at == list).map(|(_, text)| text).collect::<Vec<_>>();
            let json = serde_json::to_string(&texts).expect("strings serialise");
            fs::write(Path::new(&out).join(format!("{language}.{list}.json")), json).expect("OUT_DIR is writable");
        }
    }
}

/// All words of a language.
fn read(language: &str) -> Words {
    let folder = Path::new("locales").join(language);
    let mut all = Words::new();
    for entry in fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display())) {
        let path = entry.expect("a readable folder").path();
        let area = path.file_stem().and_then(|stem| stem.to_str()).expect("a UTF-8 name").to_owned();
        let text = fs::read_to_string(&path).expect("a readable file");
        let list = LISTS.iter().position(|areas| areas.contains(&area.as_str())).unwrap_or(LISTS.len() - 1);
        let words: BTreeMap<String, String> =
            serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        all.extend(words.into_iter().map(|(key, text)| ((list, area.clone(), key), text)));
    }
    all
}

fn compare(language: &str, reference: &Words, words: &Words) {
    let missing: Vec<_> = reference.keys().filter(|key| !words.contains_key(*key)).collect();
    let extra: Vec<_> = words.keys().filter(|key| !reference.contains_key(*key)).collect();
    assert!(missing.is_empty() && extra.is_empty(), "{language}: missing {missing:?}, not in zh-Hans {extra:?}");
    for (key, text) in reference {
        assert_eq!(placeholders(text), placeholders(&words[key]), "{language}: placeholders of {key:?}");
    }
}

fn placeholders(text: &str) -> Vec<String> {
    let mut names: Vec<_> =
        text.split('{').skip(1).filter_map(|rest| rest.split(['}', '?']).next()).map(str::to_owned).collect();
    names.sort();
    names.dedup();
    names
}

/// Texts that are looked up by a name that arrives at run time. The others are known by their constants alone, which
/// keeps their names out of the browser.
fn is_named(name: &str) -> bool {
    let areas = ["audit.", "error.", "field_error.", "notice.", "refusal.", "roll_error."];
    let keys = ["me.role_", "parts.month_", "parts.weekday_"];
    areas.iter().chain(&keys).any(|start| name.starts_with(start))
}

fn keys(words: &Words) -> String {
    let mut code = String::new();
    let mut area = "";
    for (index, ((_, this, key), text)) in words.iter().enumerate() {
        if this != area {
            let close = if area.is_empty() { "" } else { "}\n" };
            writeln!(code, "{close}#[expect(missing_docs, reason = \"each is documented by its text\")]\npub mod {this} {{\n    use crate::i18n::Key;").expect("a String");
            area = this;
        }
        let constant = key.replace(['.', '-'], "_").to_uppercase();
        let doc = if text.is_empty() { "(empty)".to_owned() } else { text.replace('\n', " ") };
        writeln!(code, "    /// {doc}\n    pub const {constant}: Key = Key({index});").expect("a String");
    }
    code.push_str("}\n");
    let names = words.keys().map(|(_, area, key)| format!("{area}.{key}"));
    let mut named: Vec<_> =
        names.enumerate().filter(|(_, name)| is_named(name)).map(|(index, name)| (name, index)).collect();
    named.sort();
    writeln!(code, "pub(crate) static NAMED: [(&str, usize); {}] = {named:?};", named.len()).expect("a String");
    let starts: Vec<_> = (0..LISTS.len()).map(|list| words.keys().filter(|(at, ..)| *at < list).count()).collect();
    writeln!(
        code,
        "/// The place of each list's first word.\npub(crate) const STARTS: [usize; {}] = {starts:?};",
        LISTS.len()
    )
    .expect("a String");
    code
}
