//! What a file of a poll may be.

use crate::{
    Result,
    polls::convert::{count, hex},
};
use store::polls::AttachmentRecord;
use types::{ErrorCode, Problem, polls::Attachment};

/// Characters of a file's name.
const NAME_MAX: usize = 120;

/// The media type, found from the content; everything else is refused.
pub(super) fn kind(bytes: &[u8]) -> Result<&'static str> {
    match infer::get(bytes).map(|kind| kind.mime_type()) {
        Some("image/png") => Ok("image/png"),
        Some("image/jpeg") => Ok("image/jpeg"),
        Some("image/webp") => Ok("image/webp"),
        Some("application/pdf") => Ok("application/pdf"),
        _ => Err(ErrorCode::WrongFile.into()),
    }
}

/// The name without path and control characters.
pub(super) fn name(name: &str) -> Result<String> {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let clean: String = last.chars().filter(|c| !c.is_control() && *c != '"').take(NAME_MAX).collect();
    let clean = clean.trim().to_owned();
    if clean.is_empty() { Err(Problem::field("file", "required")) } else { Ok(clean) }
}

/// The picture without what a camera or phone wrote into it (place, device, time); other kinds as they are.
///
/// JPEG: the APP1 to APP15 and comment segments are left out, but for APP14, which says how colours are coded (ITU-T T.81,
/// B.1.1.3). PNG: text, time and Exif chunks are left out (PNG, third edition, section 11.3). WebP: Exif and XMP chunks.
pub(super) fn without_metadata(mime: &str, bytes: Vec<u8>) -> Vec<u8> {
    let stripped = match mime {
        "image/jpeg" => jpeg(&bytes),
        "image/png" => png(&bytes),
        "image/webp" => webp(&bytes),
        _ => None,
    };
    stripped.unwrap_or(bytes)
}

fn jpeg(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut out = bytes.get(..2)?.to_vec();
    let mut rest = bytes.get(2..)?;
    while let [0xff, marker, high, low, ..] = *rest {
        let segment = rest.get(..2 + usize::from(u16::from_be_bytes([high, low])))?;
        if marker == 0xda {
            out.extend_from_slice(rest);
            return Some(out);
        }
        if !(matches!(marker, 0xe1..=0xed | 0xef) || marker == 0xfe) {
            out.extend_from_slice(segment);
        }
        rest = &rest[segment.len()..];
    }
    None
}

fn png(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut out = bytes.get(..8)?.to_vec();
    let mut rest = bytes.get(8..)?;
    while !rest.is_empty() {
        let length = usize::try_from(u32::from_be_bytes(*rest.first_chunk()?)).ok()?;
        let chunk = rest.get(..length.checked_add(12)?)?;
        let kind = chunk.get(4..8)?;
        if !matches!(kind, b"tEXt" | b"zTXt" | b"iTXt" | b"tIME" | b"eXIf") {
            out.extend_from_slice(chunk);
        }
        rest = &rest[chunk.len()..];
    }
    Some(out)
}

fn webp(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut out = bytes.get(..12)?.to_vec();
    let mut rest = bytes.get(12..)?;
    while !rest.is_empty() {
        let length = usize::try_from(u32::from_le_bytes(*rest.get(4..)?.first_chunk()?)).ok()?;
        let chunk = rest.get(..(8 + length.checked_add(length % 2)?).min(rest.len()))?;
        match chunk.get(..4)? {
            b"EXIF" | b"XMP " => {}
            b"VP8X" => {
                // The flags say that Exif (bit 3) and XMP (bit 2) follow.
                let mut header = chunk.to_vec();
                *header.get_mut(8)? &= !0b1100;
                out.extend_from_slice(&header);
            }
            _ => out.extend_from_slice(chunk),
        }
        rest = &rest[chunk.len()..];
    }
    let size = u32::try_from(out.len().checked_sub(8)?).ok()?;
    out.get_mut(4..8)?.copy_from_slice(&size.to_le_bytes());
    Some(out)
}

/// A file as it travels.
pub(super) fn travelling(file: AttachmentRecord) -> Attachment {
    Attachment { id: file.id, name: file.name, mime: file.mime, bytes: count(file.size), sha256: hex(file.sha256) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_kind_follows_from_the_content_and_not_from_the_name() {
        assert_eq!(kind(b"\x89PNG\r\n\x1a\n").as_deref(), Ok("image/png"));
        assert_eq!(kind(b"%PDF-1.7").as_deref(), Ok("application/pdf"));
        for other in [&b"<svg xmlns='http://www.w3.org/2000/svg'/>"[..], b"<html>", b"PK\x03\x04", b"MZ", b""] {
            assert_eq!(kind(other), Err(ErrorCode::WrongFile.into()));
        }
    }

    #[test]
    fn a_name_has_no_path_and_no_controls() {
        assert_eq!(name("..\\..\\C:\\方案\r\n.pdf").as_deref(), Ok("方案.pdf"));
        assert_eq!(name("/"), Err(Problem::field("file", "required")));
    }

    #[test]
    fn a_picture_loses_what_the_camera_wrote() {
        let jpeg = [
            &b"\xff\xd8\xff\xe0\x00\x04AB"[..],
            b"\xff\xe1\x00\x08GPS!!!",
            b"\xff\xfe\x00\x03c",
            b"\xff\xda\x00\x02data\xff\xd9",
        ]
        .concat();
        assert_eq!(without_metadata("image/jpeg", jpeg), b"\xff\xd8\xff\xe0\x00\x04AB\xff\xda\x00\x02data\xff\xd9");
        let chunk =
            |kind: &[u8; 4], data: &[u8]| [&(data.len() as u32).to_be_bytes()[..], kind, data, b"crc!"].concat();
        let head = b"\x89PNG\r\n\x1a\n".to_vec();
        let png =
            [head.clone(), chunk(b"IHDR", b"x"), chunk(b"eXIf", b"GPS"), chunk(b"IDAT", b"y"), chunk(b"IEND", b"")]
                .concat();
        let clean = [head, chunk(b"IHDR", b"x"), chunk(b"IDAT", b"y"), chunk(b"IEND", b"")].concat();
        assert_eq!(without_metadata("image/png", png), clean);
        let webp = |parts: &[u8]| [b"RIFF", &(parts.len() as u32 + 4).to_le_bytes()[..], b"WEBP", parts].concat();
        let dirty = webp(b"VP8X\x02\x00\x00\x00\x0c\x00VP8 \x01\x00\x00\x00x\x00EXIF\x04\x00\x00\x00GPS!");
        assert_eq!(
            without_metadata("image/webp", dirty),
            webp(b"VP8X\x02\x00\x00\x00\x00\x00VP8 \x01\x00\x00\x00x\x00")
        );
    }

    #[test]
    fn a_broken_picture_stays_as_it_is() {
        for (mime, bytes) in
            [("image/jpeg", &b"\xff\xd8\xff\xe1\xff\xff"[..]), ("image/png", b"\x89PNG"), ("image/webp", b"RIFF")]
        {
            assert_eq!(without_metadata(mime, bytes.to_vec()), bytes);
        }
    }
}
