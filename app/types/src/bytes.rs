//! Bytes inside JSON: digests and keys as hexadecimal, longer things as base64.

use core::{fmt, str::FromStr};
use data_encoding::{BASE64, HEXLOWER};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

/// The text does not stand for the bytes asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InvalidBytes;

impl fmt::Display for InvalidBytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not the canonical text of these bytes")
    }
}

impl core::error::Error for InvalidBytes {}

/// 32 bytes: a digest, a public key, a group element. Written as 64 lower-case hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(value_type = String, pattern = "^[0-9a-f]{64}$"))]
pub struct Hex32(pub [u8; 32]);

impl fmt::Display for Hex32 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&HEXLOWER.encode(&self.0))
    }
}

impl fmt::Debug for Hex32 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Hex32({self})")
    }
}

impl FromStr for Hex32 {
    type Err = InvalidBytes;
    fn from_str(text: &str) -> Result<Self, InvalidBytes> {
        let bytes = HEXLOWER.decode(text.as_bytes()).map_err(|_| InvalidBytes)?;
        bytes.try_into().map(Self).map_err(|_| InvalidBytes)
    }
}

impl Serialize for Hex32 {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Hex32 {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        String::deserialize(d)?.parse().map_err(D::Error::custom)
    }
}

/// Bytes of any length. Written as base64 with padding (RFC 4648, section 4).
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(value_type = String, format = Byte))]
pub struct Blob(pub Vec<u8>);

impl Serialize for Blob {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(&BASE64.encode(&self.0))
    }
}

impl<'de> Deserialize<'de> for Blob {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let text = String::deserialize(d)?;
        BASE64.decode(text.as_bytes()).map(Self).map_err(D::Error::custom)
    }
}

impl From<Vec<u8>> for Blob {
    fn from(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thirty_two_bytes_have_one_text() {
        let digest = Hex32([0xab; 32]);
        assert_eq!(digest.to_string().parse(), Ok(digest));
        for text in ["", "ab", &"AB".repeat(32), &"ab".repeat(33)] {
            assert_eq!(text.parse::<Hex32>(), Err(InvalidBytes), "{text}");
        }
    }
}
