//! The one encoding of a manifest: compact JSON with every field in its place. It is written and read token by token; a
//! reader that expects exactly what the writer writes has nothing to compare afterwards, and stays small in a browser.

use super::{
    Area, Attachment, Base, Choice, Clerk, Decides, Draft, Electorate, Fraction, KeyMode, Keys, Kind, Log, Pass,
    PollId, Preset, PublicKey, Question, Rule, Sha256, TieBreak, Unit,
};
use data_encoding::HEXLOWER;

/// What has one encoding.
pub(super) trait Canonical: Sized {
    /// Writes it.
    fn write(&self, to: &mut Vec<u8>);
    /// Reads it; anything where the text is another one, and the reader has then failed.
    fn read(from: &mut Reader<'_>) -> Self;
}

/// A text, read from its beginning. Once it has met what it did not expect, it has failed and stays where it is.
pub(super) struct Reader<'a> {
    text: &'a str,
    at: usize,
    failed: bool,
}

impl<'a> Reader<'a> {
    pub(super) const fn new(text: &'a str) -> Self {
        Self { text, at: 0, failed: false }
    }

    /// Bytes read so far.
    pub(super) const fn at(&self) -> usize {
        self.at
    }

    /// Whether everything has been read, as expected.
    pub(super) const fn is_done(&self) -> bool {
        !self.failed && self.at == self.text.len()
    }

    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    /// Whether this text comes next; it is read then.
    fn has(&mut self, token: &str) -> bool {
        let found = !self.failed && self.rest().starts_with(token);
        self.at += if found { token.len() } else { 0 };
        found
    }

    /// This text must come next.
    fn token(&mut self, token: &str) {
        self.failed |= !self.has(token);
    }

    /// What was read, or anything.
    fn need<T: Default>(&mut self, read: Option<T>) -> T {
        self.failed |= read.is_none();
        read.unwrap_or_default()
    }

    /// The longest run of such characters.
    fn run(&mut self, of: impl Fn(char) -> bool) -> &'a str {
        let rest = if self.failed { "" } else { self.rest() };
        let run = &rest[..rest.find(|c| !of(c)).unwrap_or(rest.len())];
        self.at += run.len();
        run
    }

    /// A whole number without leading zeros.
    fn number(&mut self) -> Option<u64> {
        let start = self.at;
        let digits = self.run(|c| c.is_ascii_digit());
        let number = digits.parse().ok().filter(|_| digits == "0" || !digits.starts_with('0'));
        // An error is told where it begins.
        self.at = if number.is_some() { self.at } else { start };
        number
    }

    /// What follows a backslash.
    fn escaped(&mut self) -> Option<char> {
        let short = ESCAPES.iter().find(|(_, letter)| self.rest().starts_with(*letter));
        if let Some((character, _)) = short {
            self.at += 1;
            return Some(*character);
        }
        if !self.has("u00") {
            return None;
        }
        let hex = |digits: &&str| digits.bytes().all(|digit| matches!(digit, b'0'..=b'9' | b'a'..=b'f'));
        let digits = self.rest().get(..2).filter(hex)?;
        let code = u8::from_str_radix(digits, 16).ok().filter(|code| *code < 0x20)?;
        self.at += 2;
        Some(char::from(code)).filter(|character| !ESCAPES.iter().any(|(short, _)| short == character))
    }
}

/// Characters with an escape of their own, and its letter.
const ESCAPES: [(char, char); 7] =
    [('"', '"'), ('\\', '\\'), ('\n', 'n'), ('\r', 'r'), ('\t', 't'), ('\u{8}', 'b'), ('\u{c}', 'f')];

fn must_be_escaped(character: char) -> bool {
    character < ' ' || character == '"' || character == '\\'
}

impl Canonical for String {
    fn write(&self, to: &mut Vec<u8>) {
        to.push(b'"');
        for character in self.chars() {
            if let Some((_, letter)) = ESCAPES.iter().find(|(short, _)| *short == character) {
                to.extend_from_slice(&[b'\\', *letter as u8]);
            } else if must_be_escaped(character) {
                to.extend_from_slice(b"\\u00");
                to.extend_from_slice(HEXLOWER.encode(&[character as u8]).as_bytes());
            } else {
                to.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
            }
        }
        to.push(b'"');
    }

    fn read(from: &mut Reader<'_>) -> Self {
        from.token("\"");
        let mut text = Self::new();
        while !from.failed {
            text.push_str(from.run(|character| !must_be_escaped(character)));
            if from.has("\"") {
                break;
            }
            from.token("\\");
            let character = from.escaped();
            text.push(from.need(character));
        }
        text
    }
}

impl Canonical for u64 {
    fn write(&self, to: &mut Vec<u8>) {
        to.extend_from_slice(self.to_string().as_bytes());
    }

    fn read(from: &mut Reader<'_>) -> Self {
        let number = from.number();
        from.need(number)
    }
}

macro_rules! numbers {
    ($($number:ty)+) => {
        $(impl Canonical for $number {
            fn write(&self, to: &mut Vec<u8>) {
                u64::from(*self).write(to);
            }

            fn read(from: &mut Reader<'_>) -> Self {
                let number = from.number().and_then(|number| number.try_into().ok());
                from.need(number)
            }
        })+
    };
}

numbers! { u8 u16 u32 }

impl Canonical for bool {
    fn write(&self, to: &mut Vec<u8>) {
        to.extend_from_slice(if *self { b"true" } else { b"false" });
    }

    fn read(from: &mut Reader<'_>) -> Self {
        let yes = from.has("true");
        if !yes {
            from.token("false");
        }
        yes
    }
}

impl<const N: usize> Canonical for [u8; N] {
    fn write(&self, to: &mut Vec<u8>) {
        HEXLOWER.encode(self).write(to);
    }

    fn read(from: &mut Reader<'_>) -> Self {
        from.token("\"");
        let digits = from.run(|c| c.is_ascii_hexdigit());
        let bytes = HEXLOWER.decode(digits.as_bytes()).ok().and_then(|bytes| Self::try_from(bytes).ok());
        from.failed |= bytes.is_none();
        from.token("\"");
        bytes.unwrap_or([0; N])
    }
}

impl<T: Canonical> Canonical for Option<T> {
    fn write(&self, to: &mut Vec<u8>) {
        match self {
            Some(value) => value.write(to),
            None => to.extend_from_slice(b"null"),
        }
    }

    fn read(from: &mut Reader<'_>) -> Self {
        if from.has("null") { None } else { Some(T::read(from)) }
    }
}

impl<T: Canonical> Canonical for Vec<T> {
    fn write(&self, to: &mut Vec<u8>) {
        to.push(b'[');
        for (i, item) in self.iter().enumerate() {
            to.extend_from_slice(if i == 0 { b"" } else { b"," });
            item.write(to);
        }
        to.push(b']');
    }

    fn read(from: &mut Reader<'_>) -> Self {
        from.token("[");
        let mut items = Self::new();
        while !from.failed && !from.has("]") {
            if !items.is_empty() {
                from.token(",");
            }
            items.push(T::read(from));
        }
        items
    }
}

macro_rules! record {
    ($name:ident { $first:ident $(, $field:ident)* }) => {
        impl Canonical for $name {
            fn write(&self, to: &mut Vec<u8>) {
                to.extend_from_slice(concat!("{\"", stringify!($first), "\":").as_bytes());
                self.$first.write(to);
                $(
                    to.extend_from_slice(concat!(",\"", stringify!($field), "\":").as_bytes());
                    self.$field.write(to);
                )*
                to.push(b'}');
            }

            fn read(from: &mut Reader<'_>) -> Self {
                from.token(concat!("{\"", stringify!($first), "\":"));
                let $first = Canonical::read(from);
                $(
                    from.token(concat!(",\"", stringify!($field), "\":"));
                    let $field = Canonical::read(from);
                )*
                from.token("}");
                Self { $first $(, $field)* }
            }
        }
    };
}

record! { Draft {
    format, poll, corrects, area, title, text, attachments, questions, rule, electorate, min_group, opens_at, closes_at,
    keys, clerks, clerk_signatures, log
} }
record! { Area { id, name } }
record! { Attachment { name, media_type, size, sha256 } }
record! { Question { text, kind, options, min, max, decides, yes } }
record! { Choice { text, detail } }
record! { Rule { preset, quorum, pass, tie } }
record! { Fraction { num, den, strict } }
record! { Pass { fraction, base } }
record! { Electorate { kind, min_age, areas, description } }
record! { Keys { mode, k, n, names } }
record! { Clerk { name, key } }
record! { Log { origin, key } }

macro_rules! bytes {
    ($($name:ident)+) => {
        $(impl Canonical for $name {
            fn write(&self, to: &mut Vec<u8>) {
                self.0.write(to);
            }

            fn read(from: &mut Reader<'_>) -> Self {
                Self(Canonical::read(from))
            }
        })+
    };
}

bytes! { PollId PublicKey Sha256 }

macro_rules! words {
    ($name:ident { $first:ident = $first_word:literal $(, $variant:ident = $word:literal)* }) => {
        impl Canonical for $name {
            fn write(&self, to: &mut Vec<u8>) {
                to.extend_from_slice(match self {
                    Self::$first => concat!("\"", $first_word, "\"").as_bytes(),
                    $(Self::$variant => concat!("\"", $word, "\"").as_bytes(),)*
                });
            }

            fn read(from: &mut Reader<'_>) -> Self {
                $(if from.has(concat!("\"", $word, "\"")) {
                    return Self::$variant;
                })*
                from.token(concat!("\"", $first_word, "\""));
                Self::$first
            }
        }
    };
}

words! { Kind { Single = "single", Approval = "approval" } }
words! { Decides { Yes = "yes", Plurality = "plurality", Each = "each", Ranking = "ranking" } }
words! { Preset {
    ResidentsMeeting = "residents-meeting", Households = "households", HouseholdsVillage = "households-village",
    Advisory = "advisory", Custom = "custom"
} }
words! { Base { Ballots = "ballots", Roll = "roll" } }
words! { TieBreak { None = "none", ListedFirst = "listed-first" } }
words! { Unit { Residents = "residents", Households = "households" } }
words! { KeyMode { Trustees = "trustees", System = "system" } }

#[cfg(test)]
mod tests {
    use super::{Canonical, Reader};
    use proptest::prelude::*;

    fn written<T: Canonical>(value: &T) -> String {
        let mut bytes = Vec::new();
        value.write(&mut bytes);
        String::from_utf8(bytes).expect("text")
    }

    fn read<T: Canonical>(text: &str) -> Option<T> {
        let mut from = Reader::new(text);
        let value = T::read(&mut from);
        from.is_done().then_some(value)
    }

    proptest! {
        #[test]
        fn a_text_is_written_as_every_json_library_does_and_read_back(text in any::<String>()) {
            prop_assert_eq!(&written(&text), &serde_json::to_string(&text).expect("a text"));
            prop_assert_eq!(read::<String>(&written(&text)), Some(text));
        }

        #[test]
        fn what_can_be_read_has_no_other_spelling(spelled in r#""([ -~]|\\[nrtbfu"\\/]|\\u00[0-9a-fA-F]{2}|\n|语){0,12}""#) {
            if let Some(text) = read::<String>(&spelled) {
                prop_assert_eq!(written(&text), spelled);
            }
        }

        #[test]
        fn numbers_fit_or_are_refused(number: u64) {
            prop_assert_eq!(read::<u64>(&number.to_string()), Some(number));
            prop_assert_eq!(read::<u8>(&number.to_string()), u8::try_from(number).ok());
        }
    }

    #[test]
    fn other_spellings_are_refused() {
        for control in (0..0x20).map(char::from) {
            let text = control.to_string();
            assert_eq!(written(&text), serde_json::to_string(&text).expect("a text"));
            assert_eq!(read::<String>(&written(&text)), Some(text));
        }
        for spelled in [
            r#""\u0041""#,
            r#""\u000a""#,
            r#""\u001F""#,
            r#""\/""#,
            "\"\t\"",
            r#""a"#,
            r#""\"#,
            r#""\u00"#,
            r#""\u00+f""#,
            "a",
        ] {
            assert_eq!(read::<String>(spelled), None, "{spelled}");
        }
        for spelled in ["01", "-1", "1.0", "1e3", "", "00", "+1", "18446744073709551616"] {
            assert_eq!(read::<u64>(spelled), None, "{spelled}");
        }
        for spelled in ["[1,]", "[,1]", "[1 ,2]", "[1", "[1,2]]"] {
            assert_eq!(read::<Vec<u64>>(spelled), None, "{spelled}");
        }
        for spelled in [r#""00FF""#, r#""00f""#, r#""00ff00""#, r#""""#] {
            assert_eq!(read::<[u8; 2]>(spelled), None, "{spelled}");
        }
    }
}
