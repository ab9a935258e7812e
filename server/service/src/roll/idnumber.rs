//! Citizen identification numbers: GB 11643-1999. Six digits of region (GB/T 2260), eight of birth date, three of sequence
//! (odd for men), one check character by ISO 7064 MOD 11-2.

/// A valid number and what it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct IdNumber {
    /// 17 digits and a digit or `X`.
    pub(super) number: String,
    /// `YYYY-MM-DD`
    pub(super) birth: String,
    /// `m` or `f`.
    pub(super) gender: &'static str,
}

/// First two digits: provinces, municipalities, autonomous regions; 81–83 are the residence permits of Hong Kong, Macao and Taiwan.
const REGIONS: [u8; 35] = [
    11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46, 50, 51, 52, 53, 54, 61, 62, 63,
    64, 65, 71, 81, 82, 83,
];

/// Reads a number; `today` is `YYYY-MM-DD`.
///
/// # Errors
/// The reason, a key of `roll_error`.
pub(super) fn parse(text: &str, today: &str) -> Result<IdNumber, &'static str> {
    let number = text.to_ascii_uppercase();
    let bytes: &[u8; 18] = number.as_bytes().try_into().map_err(|_| "id_length")?;
    if !bytes[..17].iter().all(u8::is_ascii_digit) || !(bytes[17].is_ascii_digit() || bytes[17] == b'X') {
        return Err("id_characters");
    }
    if check_character(bytes) != bytes[17] {
        return Err("id_check");
    }
    if !REGIONS.contains(&((bytes[0] - b'0') * 10 + bytes[1] - b'0')) {
        return Err("id_region");
    }
    let birth = format!("{}-{}-{}", &number[6..10], &number[10..12], &number[12..14]);
    if !is_date(&birth) || birth.as_str() > today || birth.as_str() < "1880" {
        return Err("id_birth");
    }
    let gender = if (bytes[16] - b'0') % 2 == 1 { "m" } else { "f" };
    Ok(IdNumber { number, birth, gender })
}

/// ISO 7064 MOD 11-2 over the first 17 digits.
fn check_character(bytes: &[u8; 18]) -> u8 {
    let sum = bytes[..17].iter().fold(0u32, |sum, digit| ((sum + u32::from(digit - b'0')) * 2) % 11);
    b"10X98765432"[(sum % 11) as usize]
}

/// Whether `YYYY-MM-DD` is a day of the Gregorian calendar.
pub(super) fn is_date(text: &str) -> bool {
    let number = |range: core::ops::Range<usize>| text.get(range).and_then(|part| part.parse::<u32>().ok());
    let (Some(year), Some(month), Some(day)) = (number(0..4), number(5..7), number(8..10)) else { return false };
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let days = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => return false,
    };
    text.len() == 10 && text.as_bytes()[4] == b'-' && text.as_bytes()[7] == b'-' && (1..=days).contains(&day)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TODAY: &str = "2026-11-23";

    #[test]
    fn the_standards_own_examples_are_valid() {
        // Annex of GB 11643-1999.
        let woman = parse("11010519491231002X", TODAY).expect("valid");
        assert_eq!((woman.birth.as_str(), woman.gender), ("1949-12-31", "f"));
        let man = parse("440524188001010014", TODAY).expect("valid");
        assert_eq!((man.birth.as_str(), man.gender), ("1880-01-01", "m"));
        assert_eq!(parse("11010519491231002x", TODAY).map(|id| id.number), Ok("11010519491231002X".to_owned()));
    }

    #[test]
    fn every_single_wrong_digit_and_every_swap_of_neighbours_is_noticed() {
        let good = b"11010519491231002X";
        for place in 0..17 {
            for digit in b'0'..=b'9' {
                let mut wrong = *good;
                wrong[place] = digit;
                let text = core::str::from_utf8(&wrong).expect("ASCII");
                assert_eq!(parse(text, TODAY).is_ok(), wrong == *good, "{text}");
            }
            let mut swapped = *good;
            swapped.swap(place, place + 1);
            let text = core::str::from_utf8(&swapped).expect("ASCII");
            assert_eq!(parse(text, TODAY).is_ok(), swapped == *good, "{text}");
        }
    }

    /// 17 digits with their right check character.
    fn with_check(digits: &str) -> String {
        let mut bytes = [b'0'; 18];
        bytes[..17].copy_from_slice(digits.as_bytes());
        format!("{digits}{}", check_character(&bytes) as char)
    }

    #[test]
    fn impossible_regions_and_dates_are_refused_although_the_check_fits() {
        assert_eq!(parse(&with_check("99010519491231002"), TODAY), Err("id_region"));
        assert_eq!(parse(&with_check("11010519490230002"), TODAY), Err("id_birth"));
        assert_eq!(parse(&with_check("11010520261124002"), TODAY), Err("id_birth"));
        assert!(parse(&with_check("11010520000229002"), TODAY).is_ok());
        for text in ["", "110105491231002", "11010519491231002XX", "1101051949123100ＡX", "X1010519491231002X"] {
            assert!(parse(text, TODAY).is_err(), "{text}");
        }
    }

    #[test]
    fn days_of_the_calendar() {
        for good in ["2024-02-29", "2000-02-29", "1999-12-31"] {
            assert!(is_date(good), "{good}");
        }
        for bad in ["2023-02-29", "1900-02-29", "2024-13-01", "2024-04-31", "2024-1-1", "2024/01/01", "", "日日日"] {
            assert!(!is_date(bad), "{bad}");
        }
    }
}
