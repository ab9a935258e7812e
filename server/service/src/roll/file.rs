//! A roll file of any of the kinds committees have, as rows of text: xlsx, xls, ods, and CSV in UTF-8, UTF-16 or GB 18030.

use calamine::{Data, Reader as _, Sheets, open_workbook_auto_from_rs};
use std::io::Cursor;

/// The first sheet's rows, each with its number as the spreadsheet shows it; empty rows are left out.
pub(super) type Rows = Vec<(u32, Vec<String>)>;

/// Rows a file may have; the 100,000 people that are promised, and some room.
const MOST_ROWS: usize = 120_000;
/// Columns that are looked at.
const MOST_COLUMNS: usize = 40;
/// What a spreadsheet may unpack to.
const MOST_UNPACKED: u64 = 512 << 20;

/// Reads a file.
///
/// # Errors
/// The reason for the whole file, a key of `roll_error`.
pub(super) fn read(bytes: &[u8]) -> Result<Rows, &'static str> {
    match bytes {
        [] => Err("file_empty"),
        // Zip: xlsx, xlsb, ods. Compound file: xls.
        [b'P', b'K', 3, 4, ..] => {
            unpacks_to_a_bearable_size(bytes)?;
            spreadsheet(bytes)
        }
        [0xd0, 0xcf, 0x11, 0xe0, ..] => spreadsheet(bytes),
        _ => separated(&decode(bytes)?),
    }
}

/// Whether it is worth reading: a spreadsheet, or text that is no picture, document or archive.
pub(super) fn may_be_a_roll(bytes: &[u8]) -> bool {
    let spreadsheet = matches!(bytes, [b'P', b'K', 3, 4, ..] | [0xd0, 0xcf, 0x11, 0xe0, ..]);
    spreadsheet || (!bytes.is_empty() && (infer::get(bytes).is_none() || core::str::from_utf8(bytes).is_ok()))
}

/// A zip's directory says what its files unpack to; one that claims too much is a bomb or not a roll.
fn unpacks_to_a_bearable_size(bytes: &[u8]) -> Result<(), &'static str> {
    let mut total = 0u64;
    let mut place = 0;
    // Central directory headers: signature, and the uncompressed size 24 bytes in (APPNOTE 4.3.12).
    while let Some(found) = bytes.get(place..).and_then(|rest| rest.windows(4).position(|four| four == b"PK\x01\x02")) {
        let at = place + found;
        let size: [u8; 4] = bytes.get(at + 24..at + 28).and_then(|four| four.try_into().ok()).ok_or("file_broken")?;
        total += u64::from(u32::from_le_bytes(size));
        place = at + 4;
    }
    if total > MOST_UNPACKED { Err("file_too_large") } else { Ok(()) }
}

fn spreadsheet(bytes: &[u8]) -> Result<Rows, &'static str> {
    let mut book: Sheets<_> = open_workbook_auto_from_rs(Cursor::new(bytes)).map_err(|_| "file_broken")?;
    let range = book.worksheet_range_at(0).ok_or("file_empty")?.map_err(|_| "file_broken")?;
    let (first, _) = range.start().ok_or("file_empty")?;
    let mut rows = Rows::new();
    for (index, cells) in range.rows().enumerate() {
        let cells: Vec<String> = cells.iter().take(MOST_COLUMNS).map(cell).collect();
        let number = u32::try_from(index).unwrap_or(u32::MAX).saturating_add(first + 1);
        keep(&mut rows, number, cells)?;
    }
    Ok(rows)
}

/// A cell as text: whole numbers without a point, dates as `YYYY-MM-DD`.
fn cell(data: &Data) -> String {
    match data {
        Data::Empty | Data::Error(_) => String::new(),
        Data::String(text) => text.clone(),
        Data::Bool(true) => "是".to_owned(),
        Data::Bool(false) => "否".to_owned(),
        Data::Int(n) => n.to_string(),
        Data::Float(n) if n.fract() == 0.0 && n.abs() < 1e15 => format!("{n:.0}"),
        Data::Float(n) => n.to_string(),
        Data::DateTime(date) => {
            let (year, month, day, ..) = date.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        Data::DateTimeIso(text) | Data::DurationIso(text) => text.split('T').next().unwrap_or_default().to_owned(),
    }
}

/// Text in whichever encoding: by its byte order mark, else UTF-8 if it is, else GB 18030, which Excel writes in China.
fn decode(bytes: &[u8]) -> Result<String, &'static str> {
    if let Some((encoding, mark)) = encoding_rs::Encoding::for_bom(bytes) {
        let (text, wrong) = encoding.decode_without_bom_handling(&bytes[mark..]);
        return if wrong { Err("file_encoding") } else { Ok(text.into_owned()) };
    }
    if let Ok(text) = core::str::from_utf8(bytes) {
        return Ok(text.to_owned());
    }
    let (text, wrong) = encoding_rs::GB18030.decode_without_bom_handling(bytes);
    if wrong { Err("file_encoding") } else { Ok(text.into_owned()) }
}

fn separated(text: &str) -> Result<Rows, &'static str> {
    if text.contains('\0') {
        return Err("file_kind");
    }
    let first = text.lines().next().unwrap_or_default();
    let separator =
        [b',', b'\t', b';'].into_iter().max_by_key(|mark| first.bytes().filter(|byte| byte == mark).count());
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator.unwrap_or(b','))
        .from_reader(text.as_bytes());
    let mut rows = Rows::new();
    for record in reader.records() {
        let record = record.map_err(|_| "file_broken")?;
        let number = record.position().map_or(0, |position| position.line() + empty_lines(text, position.byte()));
        let cells = record.iter().take(MOST_COLUMNS).map(str::to_owned).collect();
        keep(&mut rows, u32::try_from(number).unwrap_or(u32::MAX), cells)?;
    }
    if rows.is_empty() { Err("file_empty") } else { Ok(rows) }
}

/// A record's position is before the empty lines that the reader skips.
fn empty_lines(text: &str, byte: u64) -> u64 {
    let rest = usize::try_from(byte).ok().and_then(|at| text.as_bytes().get(at..)).unwrap_or_default();
    rest.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).filter(|byte| **byte == b'\n').count() as u64
}

fn keep(rows: &mut Rows, number: u32, cells: Vec<String>) -> Result<(), &'static str> {
    if cells.iter().all(|cell| cell.trim().is_empty()) {
        return Ok(());
    }
    if rows.len() >= MOST_ROWS {
        return Err("file_too_long");
    }
    rows.push((number, cells));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn csv_reads_the_same_in_every_encoding() {
        let text = "姓名,楼栋\n张伟,3栋\n\n㐂,4栋\n";
        let expected =
            vec![(1, vec!["姓名".to_owned(), "楼栋".to_owned()]), (2, vec!["张伟".to_owned(), "3栋".to_owned()])];
        let (gb, ..) = encoding_rs::GB18030.encode(text);
        let utf16: Vec<u8> = [0xfeff_u16].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
        for bytes in [text.as_bytes().to_vec(), [b"\xef\xbb\xbf", text.as_bytes()].concat(), gb.to_vec(), utf16] {
            let rows = read(&bytes).expect("reads");
            assert_eq!(rows[..2], expected);
            assert_eq!(rows[2].0, 4, "the empty line counts");
        }
    }

    #[test]
    fn what_is_no_roll_file_is_refused_without_panic() {
        for (bytes, reason) in [
            (&b""[..], "file_empty"),
            (b"\n\n", "file_empty"),
            (b"PK\x03\x04 not a zip", "file_broken"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 not a book", "file_broken"),
            (b"\x89PNG\r\n\x1a\n\0\0", "file_kind"),
            (b"\xff\xff\xff", "file_encoding"),
            (b"a\0b", "file_kind"),
        ] {
            assert_eq!(read(bytes), Err(reason), "{bytes:?}");
        }
    }
}
