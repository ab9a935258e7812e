//! What a file of a poll may be.

use super::pictures;
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
pub(super) fn without_metadata(mime: &str, bytes: Vec<u8>) -> Vec<u8> {
    let stripped = match mime {
        "image/jpeg" => pictures::jpeg(&bytes),
        "image/png" => pictures::png(&bytes),
        "image/webp" => pictures::webp(&bytes),
        _ => None,
    };
    stripped.unwrap_or(bytes)
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
    fn a_broken_picture_stays_as_it_is() {
        for (mime, bytes) in
            [("image/jpeg", &b"\xff\xd8\xff\xe1\xff\xff"[..]), ("image/png", b"\x89PNG"), ("image/webp", b"RIFF")]
        {
            assert_eq!(without_metadata(mime, bytes.to_vec()), bytes);
        }
    }
}
