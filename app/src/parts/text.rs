//! Numbers and lists as residents read them, and addresses as browsers do.

use crate::i18n::{k, t};

/// A number in groups of three: 2,146.
pub(crate) fn number(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// Names one after the other: 甲、乙、丙.
pub(crate) fn list(names: &[String]) -> String {
    names.join(t(k::parts::LIST_SEPARATOR))
}

/// The address of a page that leads on to `next` afterwards, which may have a query of its own.
pub(crate) fn with_next(page: &str, next: &str) -> String {
    let mut out = format!("{page}?next=");
    for byte in next.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'/' | b'-' | b'_' | b'.' | b'~' => out.push(char::from(byte)),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_page_with_a_query_comes_back_whole() {
        let address = super::with_next("/sign-in", "/committee/polls?area=1&step=key");
        assert_eq!(address, "/sign-in?next=/committee/polls%3Farea%3D1%26step%3Dkey");
    }

    #[test]
    fn numbers_are_grouped() {
        let seen = [0, 12, 999, 1_000, 2_146, 1_000_000].map(super::number);
        assert_eq!(seen, ["0", "12", "999", "1,000", "2,146", "1,000,000"]);
    }
}
