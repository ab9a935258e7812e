//! Numbers and lists as residents read them.

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

#[cfg(test)]
mod tests {
    #[test]
    fn numbers_are_grouped() {
        let seen = [0, 12, 999, 1_000, 2_146, 1_000_000].map(super::number);
        assert_eq!(seen, ["0", "12", "999", "1,000", "2,146", "1,000,000"]);
    }
}
