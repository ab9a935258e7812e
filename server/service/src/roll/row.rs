//! One row of a roll file: checked, every wrong place named.

use super::{columns::Column, idnumber, template};
use crate::text;
use store::Kept;
use types::roll::RowProblem;

/// A row that passed, as typed in one form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct CheckedRow {
    pub(super) row: u32,
    pub(super) name: String,
    pub(super) name_key: String,
    pub(super) building: String,
    pub(super) building_key: String,
    pub(super) unit: String,
    pub(super) room: String,
    pub(super) birth: String,
    pub(super) gender: &'static str,
    pub(super) id_number: Option<String>,
    pub(super) phone: Option<String>,
    pub(super) representative: bool,
    pub(super) note: String,
}

/// Where each column stands; the index of its cell.
pub(super) type Layout = [Option<usize>; Column::ALL.len()];

/// Finds the columns by the first row.
///
/// # Errors
/// What is missing or doubled.
pub(super) fn layout(number: u32, headings: &[String]) -> Result<Layout, Vec<RowProblem>> {
    let mut layout: Layout = [None; Column::ALL.len()];
    let mut problems = Vec::new();
    for (index, heading) in headings.iter().enumerate() {
        if let Some(column) = Column::of(heading)
            && layout[column as usize].replace(index).is_some()
        {
            problems.push(problem(number, column, heading, "column_twice"));
        }
    }
    for column in [Column::Name, Column::Building, Column::Room] {
        if layout[column as usize].is_none() {
            problems.push(problem(number, column, "", "column_missing"));
        }
    }
    if layout[Column::Birth as usize].is_none() && layout[Column::IdNumber as usize].is_none() {
        problems.push(problem(number, Column::Birth, "", "column_missing"));
    }
    if problems.is_empty() { Ok(layout) } else { Err(problems) }
}

/// What the file has no column for.
pub(super) fn kept(layout: &Layout) -> Kept {
    let absent = |column: Column| layout[column as usize].is_none();
    Kept { gender: absent(Column::Gender), representative: absent(Column::Representative), note: absent(Column::Note) }
}

pub(super) fn problem(row: u32, column: Column, value: &str, reason: &str) -> RowProblem {
    let value = text::clean(value).chars().take(40).collect();
    RowProblem { row, column: column.heading().to_owned(), value, reason: reason.to_owned() }
}

/// The cells of one row, and what is wrong with them.
struct Cells<'a> {
    row: u32,
    layout: &'a Layout,
    cells: &'a [String],
    problems: Vec<RowProblem>,
}

impl Cells<'_> {
    fn text(&self, column: Column) -> String {
        let cell = self.layout[column as usize].and_then(|index| self.cells.get(index));
        cell.map(|cell| text::clean(cell.trim_start_matches('\''))).unwrap_or_default()
    }

    fn wrong(&mut self, column: Column, reason: &str) {
        let value = self.text(column);
        self.problems.push(problem(self.row, column, &value, reason));
    }

    /// A text that must be there, of at most `most` characters.
    fn required(&mut self, column: Column, most: usize) -> String {
        let text = self.text(column);
        match text.chars().count() {
            0 => self.wrong(column, "empty"),
            n if n > most => self.wrong(column, "long"),
            _ => {}
        }
        text
    }

    fn id_number(&mut self, today: &str) -> Option<idnumber::IdNumber> {
        let text: String = self.text(Column::IdNumber).chars().filter(|c| !c.is_whitespace()).collect();
        if text.is_empty() {
            return None;
        }
        // 18 digits typed as a number lose the last three in Excel.
        let rounded = text.len() == 18 && text.ends_with("000") || text.contains("E+");
        match idnumber::parse(&text, today) {
            Ok(id) => Some(id),
            Err(reason) => {
                self.wrong(Column::IdNumber, if rounded { "id_rounded" } else { reason });
                None
            }
        }
    }

    fn birth(&mut self, id: Option<&idnumber::IdNumber>, today: &str) -> String {
        let text = self.text(Column::Birth);
        if text.is_empty() {
            if id.is_none() && self.text(Column::IdNumber).is_empty() {
                self.wrong(Column::Birth, "empty");
            }
            return id.map(|id| id.birth.clone()).unwrap_or_default();
        }
        let Some(birth) = date(&text) else {
            self.wrong(Column::Birth, "date");
            return String::new();
        };
        if birth.as_str() > today || birth.as_str() < "1880" {
            self.wrong(Column::Birth, "date_range");
        }
        if id.is_some_and(|id| id.birth != birth) {
            self.wrong(Column::Birth, "birth_differs");
        }
        birth
    }

    fn gender(&mut self, id: Option<&idnumber::IdNumber>) -> &'static str {
        let text = self.text(Column::Gender).to_lowercase();
        let gender = match text.trim_end_matches(['性', '生']) {
            "" => return id.map_or("", |id| id.gender),
            "男" | "m" | "male" => "m",
            "女" | "f" | "female" => "f",
            _ => {
                self.wrong(Column::Gender, "gender");
                ""
            }
        };
        if id.is_some_and(|id| !gender.is_empty() && id.gender != gender) {
            self.wrong(Column::Gender, "gender_differs");
        }
        gender
    }

    fn phone(&mut self) -> Option<String> {
        let text = self.text(Column::Phone);
        let digits: String = text.chars().filter(|c| !matches!(c, ' ' | '-')).collect();
        let digits = digits.strip_prefix("+86").unwrap_or(&digits);
        if digits.is_empty() {
            return None;
        }
        if !(7..=12).contains(&digits.len()) || !digits.bytes().all(|b| b.is_ascii_digit()) {
            self.wrong(Column::Phone, "phone");
        }
        Some(digits.to_owned())
    }

    fn representative(&mut self) -> bool {
        match self.text(Column::Representative).to_lowercase().as_str() {
            "是" | "y" | "yes" | "1" | "true" | "√" | "户主" | "戶主" | "户代表" => true,
            "" | "否" | "n" | "no" | "0" | "false" => false,
            _ => {
                self.wrong(Column::Representative, "yes_no");
                false
            }
        }
    }
}

/// Checks a row; `today` is `YYYY-MM-DD`.
///
/// # Errors
/// Every wrong place.
pub(super) fn check(row: u32, layout: &Layout, cells: &[String], today: &str) -> Result<CheckedRow, Vec<RowProblem>> {
    let mut cells = Cells { row, layout, cells, problems: Vec::new() };
    let name = cells.required(Column::Name, 50);
    let building = cells.required(Column::Building, 30);
    let room = cells.required(Column::Room, 30);
    let unit = cells.text(Column::Unit);
    if unit.chars().count() > 30 {
        cells.wrong(Column::Unit, "long");
    }
    let id = cells.id_number(today);
    let (birth, gender) = (cells.birth(id.as_ref(), today), cells.gender(id.as_ref()));
    let (phone, representative) = (cells.phone(), cells.representative());
    let note = cells.text(Column::Note);
    if note == text::clean(template::EXAMPLE_NOTE) {
        cells.wrong(Column::Note, "example");
    } else if note.chars().count() > 200 {
        cells.wrong(Column::Note, "long");
    }
    if !cells.problems.is_empty() {
        return Err(cells.problems);
    }
    Ok(CheckedRow {
        row,
        name_key: text::name_key(&name),
        name,
        building_key: text::place_key(&building),
        building,
        unit: text::place_key(&unit),
        room: text::place_key(&room),
        birth,
        gender,
        id_number: id.map(|id| id.number),
        phone,
        representative,
        note,
    })
}

/// `1949-12-31`, `1949/12/31`, `1949.12.31`, `19491231`, `1949年12月31日` → `1949-12-31`.
fn date(text: &str) -> Option<String> {
    let text = text.split(' ').next().unwrap_or_default();
    let date = if text.len() == 8 && text.bytes().all(|b| b.is_ascii_digit()) {
        format!("{}-{}-{}", &text[..4], &text[4..6], &text[6..])
    } else {
        let parts: Vec<u32> = text
            .split(['-', '/', '.', '年', '月', '日'])
            .filter(|part| !part.is_empty())
            .map(str::parse)
            .collect::<Result<_, _>>()
            .ok()?;
        let [year, month, day] = parts.try_into().ok()?;
        format!("{year:04}-{month:02}-{day:02}")
    };
    idnumber::is_date(&date).then_some(date)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TODAY: &str = "2026-11-23";

    fn row(cells: &[&str]) -> Result<CheckedRow, Vec<RowProblem>> {
        let headings: Vec<String> = Column::ALL.iter().map(|column| column.heading().to_owned()).collect();
        let cells: Vec<String> = cells.iter().map(|cell| (*cell).to_owned()).collect();
        check(7, &layout(1, &headings).expect("complete"), &cells, TODAY)
    }

    fn reasons(cells: &[&str]) -> Vec<(String, String)> {
        row(cells).expect_err("wrong").into_iter().map(|problem| (problem.column, problem.reason)).collect()
    }

    #[test]
    fn a_row_with_an_id_number_needs_neither_birth_date_nor_gender() {
        let row = row(&["张伟", "3栋", "2单元", "401室", "", "", "11010519491231002x", "138 0000 0001", "是", ""])
            .expect("right");
        assert_eq!((row.building_key.as_str(), row.unit.as_str(), row.room.as_str()), ("3", "2", "401"));
        assert_eq!((row.birth.as_str(), row.gender), ("1949-12-31", "f"));
        assert_eq!(row.phone.as_deref(), Some("13800000001"));
        assert!(row.representative);
    }

    #[test]
    fn dates_are_read_as_people_write_them() {
        for text in ["1949-12-31", "1949/12/31", "1949.12.31", "19491231", "1949年12月31日", "1949-12-31 00:00:00"] {
            assert_eq!(date(text).as_deref(), Some("1949-12-31"), "{text}");
        }
        for text in ["31.12.1949", "1949-02-30", "昨天", "1949", ""] {
            assert_eq!(date(text), None, "{text}");
        }
    }

    #[test]
    fn every_wrong_place_of_a_row_is_named() {
        let wrong = reasons(&["", "", "1", "", "昨天", "x", "11010519491231002", "12", "也许", ""]);
        let expected = [
            ("姓名", "empty"),
            ("楼栋", "empty"),
            ("房号", "empty"),
            ("身份证号", "id_length"),
            ("出生日期", "date"),
            ("性别", "gender"),
            ("手机", "phone"),
            ("户代表", "yes_no"),
        ];
        assert_eq!(wrong, expected.map(|(column, reason)| (column.to_owned(), reason.to_owned())));
    }

    #[test]
    fn contradictions_and_rounded_numbers_are_named() {
        let wrong = reasons(&["张伟", "3", "", "1", "1950-01-01", "男", "11010519491231002X", "", "", ""]);
        assert_eq!(wrong[0].1, "birth_differs");
        assert_eq!(wrong[1].1, "gender_differs");
        let rounded = reasons(&["张伟", "3", "", "1", "", "", "110105194912310000", "", "", ""]);
        assert_eq!(rounded[0].1, "id_rounded");
    }

    #[test]
    fn missing_and_doubled_columns_are_named() {
        let headings = |all: &[&str]| layout(1, &all.iter().map(|h| (*h).to_owned()).collect::<Vec<_>>());
        let missing = headings(&["姓名", "房号", "身份证号（可空）"]).expect_err("no building");
        assert_eq!((missing[0].column.as_str(), missing[0].reason.as_str()), ("楼栋", "column_missing"));
        let twice = headings(&["姓名", "楼栋", "楼号", "房号", "出生日期"]).expect_err("two buildings");
        assert_eq!(twice[0].reason, "column_twice");
    }
}
