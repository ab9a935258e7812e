//! What people type, brought to one form before it is compared: NFKC, so that full-width digits and letters, compatibility
//! forms and composed letters are the same (Unicode Standard Annex #15).

use unicode_normalization::UnicodeNormalization as _;

/// NFKC without control and invisible characters, inner white space single, ends trimmed.
pub(crate) fn clean(text: &str) -> String {
    let visible = text.nfkc().filter(|c| !is_invisible(*c)).collect::<String>();
    visible.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Zero-width and direction marks, soft hyphen, byte order mark, controls: they would make two names that look the same differ.
fn is_invisible(c: char) -> bool {
    (c.is_control() && !c.is_whitespace())
        || matches!(c, '\u{00AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}

/// A name as compared: no spaces, lower case, every middle dot the same (阿依古丽·买买提).
pub(crate) fn name_key(name: &str) -> String {
    let same = |c: char| if matches!(c, '•' | '・' | '‧' | '･' | '⋅' | '.' | '。') { '·' } else { c };
    clean(name).chars().filter(|c| !c.is_whitespace()).map(same).collect::<String>().to_lowercase()
}

/// Building, unit or room as compared and stored: without the word for it, without leading zeros.
pub(crate) fn place_key(text: &str) -> String {
    let text: String = clean(text).chars().filter(|c| !c.is_whitespace()).collect::<String>().to_uppercase();
    let mut text = text.as_str();
    for word in ["号楼", "号樓", "单元", "單元", "栋", "棟", "幢", "座", "楼", "樓", "室", "号", "號", "#"]
    {
        if let Some(rest) = text.strip_suffix(word)
            && !rest.is_empty()
        {
            text = rest;
            break;
        }
    }
    let numeric = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let bare = if numeric { text.trim_start_matches('0') } else { text };
    if bare.is_empty() { text.to_owned() } else { bare.to_owned() }
}

/// A login as compared: a mobile number without +86 and separators, or a user name in lower case.
///
/// # Errors
/// The reason, a key of `field_error`.
pub(crate) fn login(text: &str) -> Result<String, &'static str> {
    let text = clean(text).to_lowercase();
    let digits: String = text.chars().filter(|c| !matches!(c, ' ' | '-')).collect();
    let number = digits.strip_prefix("+86").or_else(|| digits.strip_prefix("0086")).unwrap_or(&digits);
    if number.len() == 11 && number.starts_with('1') && number.bytes().all(|b| b.is_ascii_digit()) {
        return Ok(number.to_owned());
    }
    let length = text.chars().count();
    if !(3..=40).contains(&length) {
        return Err("login_length");
    }
    let allowed = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.');
    if !text.chars().all(allowed) || text.bytes().all(|b| b.is_ascii_digit()) {
        return Err("login_characters");
    }
    Ok(text)
}

/// `138****0001`, `li…ng`, `张**`: enough to recognise one's own.
pub(crate) fn masked(text: &str) -> String {
    let all: Vec<char> = text.chars().collect();
    match all.len() {
        0 => String::new(),
        11 if all.iter().all(char::is_ascii_digit) => format!("{}****{}", &text[..3], &text[7..]),
        1 | 2 => format!("{}*", all[0]),
        n => format!("{}{}{}", all[0], "*".repeat(n - 2), all[n - 1]),
    }
}

/// Letters of Crockford's base 32, without I, L, O, U.
pub(crate) const CROCKFORD: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// A code as compared: O is 0, I and L are 1, everything but letters and digits dropped. Empty if it holds anything else.
pub(crate) fn code(text: &str) -> String {
    let typed = text.nfkc().filter(|c| c.is_alphanumeric()).flat_map(char::to_uppercase);
    let same = typed.map(|c| match c {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    });
    let code: String = same.take(33).collect();
    if code.bytes().all(|b| CROCKFORD.contains(&b)) { code } else { String::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_address_in_any_spelling_is_the_same() {
        for text in ["3", "3栋", "３栋", "03 栋", "3号楼", "3#", " 3 幢 ", "3座", "3\u{200B}栋"] {
            assert_eq!(place_key(text), "3", "{text}");
        }
        for text in ["a座", "A座", "Ａ 座"] {
            assert_eq!(place_key(text), "A", "{text}");
        }
        assert_eq!(place_key("0"), "0");
        assert_eq!(place_key("室"), "室");
    }

    #[test]
    fn the_same_name_in_any_spelling_is_the_same() {
        assert_eq!(name_key("阿依古丽•买买提"), name_key("阿依古丽·买买提"));
        assert_eq!(name_key(" 张　伟 "), name_key("张伟"));
        assert_eq!(name_key("张\u{200D}伟"), name_key("张伟"));
        assert_ne!(name_key("张伟"), name_key("章伟"));
    }

    #[test]
    fn logins_are_numbers_or_names() {
        for text in ["13800000001", "+86 138 0000 0001", "0086-138-0000-0001", "１３８０００００００１"] {
            assert_eq!(login(text), Ok("13800000001".to_owned()), "{text}");
        }
        assert_eq!(login("Li_Fang"), Ok("li_fang".to_owned()));
        assert_eq!(login("李芳芳"), Ok("李芳芳".to_owned()));
        for text in ["", "ab", "a b c", "a@b.c", "12345", &"x".repeat(41), "<script>", "a\u{0}bc/"] {
            assert!(login(text).is_err(), "{text:?}");
        }
    }

    #[test]
    fn codes_forgive_what_people_confuse() {
        assert_eq!(code("7k2qm-xn4rd"), "7K2QMXN4RD");
        assert_eq!(code("oil 0"), "0110");
        assert_eq!(code("7K2QM-U"), "");
        assert_eq!(code("码"), "");
    }

    #[test]
    fn masks_keep_only_the_ends() {
        assert_eq!(masked("13800000001"), "138****0001");
        assert_eq!(masked("张"), "张*");
        assert_eq!(masked("欧阳娜娜"), "欧**娜");
    }
}
