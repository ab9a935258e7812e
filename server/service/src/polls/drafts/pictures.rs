//! Pictures without what a camera or phone wrote into them. Each function answers nothing for what it cannot follow.

/// What ends a JPEG.
const JPEG_END: [u8; 2] = [0xff, 0xd9];
/// How an Exif segment and a colour profile begin.
const EXIF: &[u8] = b"Exif\0\0";
const PROFILE: &[u8] = b"ICC_PROFILE\0";

/// JPEG (ITU-T T.81, annex B): comments and application data are left out, and whatever follows the end of the picture,
/// where phones put previews with all that was left out. What it takes to show the picture stays: APP14 and the colour
/// profile say what its colours are, and of the Exif data the orientation is written anew.
pub(super) fn jpeg(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut out = bytes.get(..2)?.to_vec();
    let mut rest = bytes.get(2..)?;
    loop {
        if rest.starts_with(&JPEG_END) {
            out.extend_from_slice(&JPEG_END);
            return Some(out);
        }
        let [0xff, marker, high, low, ..] = *rest else { return None };
        let segment = rest.get(..2 + usize::from(u16::from_be_bytes([high, low])))?;
        let data = segment.get(4..)?;
        match marker {
            0xe1 if data.starts_with(EXIF) => {
                out.extend(orientation(&data[EXIF.len()..]).map(exif).unwrap_or_default())
            }
            0xe2 if data.starts_with(PROFILE) => out.extend_from_slice(segment),
            0xe1..=0xed | 0xef | 0xfe => {}
            _ => out.extend_from_slice(segment),
        }
        rest = &rest[segment.len()..];
        if marker == 0xda {
            let scan = scan(rest);
            out.extend_from_slice(&rest[..scan]);
            rest = &rest[scan..];
            if rest.is_empty() {
                // Cut short: browsers show such a picture as far as it goes.
                return Some(out);
            }
        }
    }
}

/// Bytes of the coded picture before the next marker; an escaped FF and the restarts are part of it.
fn scan(bytes: &[u8]) -> usize {
    let marker = |pair: &[u8]| pair[0] == 0xff && !matches!(pair[1], 0x00 | 0xd0..=0xd7 | 0xff);
    bytes.windows(2).position(marker).unwrap_or(bytes.len())
}

/// How the picture is to be turned (TIFF 6.0, tag 274), from the first directory of Exif data.
fn orientation(tiff: &[u8]) -> Option<u8> {
    let big = match tiff.get(..2)? {
        b"MM" => true,
        b"II" => false,
        _ => return None,
    };
    let short = |at: usize| {
        let bytes = *tiff.get(at..)?.first_chunk()?;
        Some(if big { u16::from_be_bytes(bytes) } else { u16::from_le_bytes(bytes) })
    };
    let bytes = *tiff.get(4..)?.first_chunk()?;
    let directory = usize::try_from(if big { u32::from_be_bytes(bytes) } else { u32::from_le_bytes(bytes) }).ok()?;
    let fields = (0..usize::from(short(directory)?)).map_while(|n| directory.checked_add(2 + 12 * n));
    let field = fields.into_iter().find(|at| short(*at) == Some(274))?;
    u8::try_from(short(field + 8)?).ok().filter(|turn| (1..=8).contains(turn))
}

/// An Exif segment that says the orientation and nothing else.
fn exif(orientation: u8) -> Vec<u8> {
    let tiff = [0, 1, 1, 18, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0];
    [&[0xff, 0xe1, 0, 34], EXIF, b"MM\0*\0\0\0\x08", &tiff].concat()
}

/// PNG (third edition, section 11.3): text, time and Exif chunks are left out, and what follows the end.
pub(super) fn png(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut out = bytes.get(..8)?.to_vec();
    let mut rest = bytes.get(8..)?;
    while !rest.is_empty() {
        let length = usize::try_from(u32::from_be_bytes(*rest.first_chunk()?)).ok()?;
        let chunk = rest.get(..length.checked_add(12)?)?;
        let kind = chunk.get(4..8)?;
        if !matches!(kind, b"tEXt" | b"zTXt" | b"iTXt" | b"tIME" | b"eXIf") {
            out.extend_from_slice(chunk);
        }
        if kind == b"IEND" {
            break;
        }
        rest = &rest[chunk.len()..];
    }
    Some(out)
}

/// WebP: Exif and XMP chunks are left out, and what follows the end.
pub(super) fn webp(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut out = bytes.get(..12)?.to_vec();
    let size = usize::try_from(u32::from_le_bytes(*bytes.get(4..)?.first_chunk()?)).ok()?;
    let mut rest = bytes.get(12..size.checked_add(8)?.min(bytes.len()))?;
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

#[cfg(test)]
mod tests {
    use super::*;

    fn segment(marker: u8, data: &[u8]) -> Vec<u8> {
        [&[0xff, marker][..], &(data.len() as u16 + 2).to_be_bytes(), data].concat()
    }

    #[test]
    fn a_jpeg_keeps_colours_and_orientation_and_nothing_else_that_a_phone_wrote() {
        let exif = |tiff: &[u8]| segment(0xe1, &[EXIF, tiff].concat());
        // Two fields: the maker, and the orientation (6: turn right); then the place, somewhere.
        let phone = b"II*\0\x08\0\0\0\x02\0\x0f\x01\x02\0\x04\0\0\0ABC\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0GPS!";
        let tables = [segment(0xe0, b"JFIF"), segment(0xee, b"Adobe"), segment(0xdb, b"quantised")].concat();
        let profile = segment(0xe2, b"ICC_PROFILE\0\x01\x01profile");
        let scans = [segment(0xda, b"1"), b"a\xff\0b\xff\xd0c".to_vec(), segment(0xc4, b"huffman")].concat();
        let last = [segment(0xda, b"2"), b"d".to_vec(), JPEG_END.to_vec()].concat();
        let start = vec![0xff, 0xd8];
        let dirty = [
            start.clone(),
            exif(phone),
            segment(0xe1, b"http://ns.adobe.com/xap/1.0/\0GPS"),
            segment(0xe2, b"MPF\0GPS"),
            tables.clone(),
            profile.clone(),
            segment(0xfe, b"a comment"),
            scans.clone(),
            segment(0xed, b"between scans"),
            last.clone(),
            b"\xff\xd8 a preview with GPS".to_vec(),
        ];
        let turned = exif(b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0");
        let clean = [start, turned, tables, profile, scans, last].concat();
        assert_eq!(jpeg(&dirty.concat()), Some(clean.clone()));
        assert_eq!(jpeg(&clean), Some(clean), "a clean picture stays as it is");
    }

    #[test]
    fn strange_exif_data_has_no_orientation() {
        for tiff in [
            &b""[..],
            b"XX",
            b"MM\0*\xff\xff\xff\xff",
            b"II*\0\x08\0\0\0\xff\xff\x12\x01",
            b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x09",
        ] {
            assert_eq!(orientation(tiff), None, "{tiff:?}");
        }
    }

    #[test]
    fn png_and_webp_lose_what_the_camera_wrote_and_what_follows_the_end() {
        let chunk =
            |kind: &[u8; 4], data: &[u8]| [&(data.len() as u32).to_be_bytes()[..], kind, data, b"crc!"].concat();
        let head = b"\x89PNG\r\n\x1a\n".to_vec();
        let clean = [head.clone(), chunk(b"IHDR", b"x"), chunk(b"IDAT", b"y"), chunk(b"IEND", b"")].concat();
        let dirty = [
            head,
            chunk(b"IHDR", b"x"),
            chunk(b"eXIf", b"GPS"),
            chunk(b"IDAT", b"y"),
            chunk(b"IEND", b""),
            b"GPS".to_vec(),
        ];
        assert_eq!(png(&dirty.concat()), Some(clean));
        let file = |parts: &[u8]| [b"RIFF", &(parts.len() as u32 + 4).to_le_bytes()[..], b"WEBP", parts].concat();
        let mut dirty = file(b"VP8X\x02\0\0\0\x0c\0VP8 \x01\0\0\0x\0EXIF\x04\0\0\0GPS!");
        dirty.extend_from_slice(b"GPS");
        assert_eq!(webp(&dirty), Some(file(b"VP8X\x02\0\0\0\0\0VP8 \x01\0\0\0x\0")));
    }
}
