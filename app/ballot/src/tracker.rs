//! The tracker: 16 characters that name a ballot, such as `K7QD 4M2X P9RA ZC83`.

use crate::hash::Digest;
use std::fmt;
use std::str::FromStr;

/// Crockford's base 32: no I, L, O, U.
pub(crate) const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// The value of a character; lower case counts, O is 0, I and L are 1.
pub(crate) fn value(c: char) -> Option<u8> {
    let c = match c.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        c => c,
    };
    ALPHABET.iter().position(|a| char::from(*a) == c).and_then(|i| u8::try_from(i).ok())
}

/// Characters for a multiple of 5 bytes, in groups of four with `separator` between.
pub(crate) fn write(bytes: &[u8], separator: char) -> String {
    let mut out = String::new();
    for five in bytes.as_chunks::<5>().0 {
        let bits = five.iter().fold(0u64, |bits, b| bits << 8 | u64::from(*b));
        for i in (0..8).rev() {
            let digit = (bits >> (5 * i)) & 31;
            if out.chars().filter(|c| *c != separator).count().is_multiple_of(4) && !out.is_empty() {
                out.push(separator);
            }
            out.push(ALPHABET.get(digit as usize).map_or('0', |c| char::from(*c)));
        }
    }
    out
}

/// The bytes behind characters; spaces and dashes are skipped. `None` unless there are exactly `N` bytes' worth.
pub(crate) fn read<const N: usize>(text: &str) -> Option<[u8; N]> {
    let digits: Vec<u8> = text.chars().filter(|c| !c.is_whitespace() && *c != '-').map(value).collect::<Option<_>>()?;
    let mut bytes = Vec::new();
    for eight in digits.as_chunks::<8>().0 {
        let bits = eight.iter().fold(0u64, |bits, d| bits << 5 | u64::from(*d));
        bytes.extend_from_slice(&bits.to_be_bytes()[3..]);
    }
    (digits.len() * 5 == N * 8).then_some(())?;
    bytes.try_into().ok()
}

/// The first 80 bits of a ballot's hash. Two dishonest devices can make two ballots with one tracker in 2⁴⁰
/// steps; the verifier then says so, and the whole hash, which the device keeps, tells them apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Tracker(pub [u8; 10]);

impl Tracker {
    /// The tracker of a ballot's hash.
    #[must_use]
    pub fn of(hash: &Digest) -> Self {
        let mut bytes = [0; 10];
        bytes.copy_from_slice(&hash[..10]);
        Self(bytes)
    }
}

/// Four groups of four characters with spaces between.
impl fmt::Display for Tracker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&write(&self.0, ' '))
    }
}

/// Not 16 characters of the tracker's alphabet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a tracker")]
pub struct NotATracker;

/// Tolerant: case, spaces and dashes do not matter; O is read as 0, I and L as 1.
impl FromStr for Tracker {
    type Err = NotATracker;

    fn from_str(text: &str) -> Result<Self, NotATracker> {
        read(text).map(Self).ok_or(NotATracker)
    }
}
