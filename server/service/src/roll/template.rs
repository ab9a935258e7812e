//! The roll's template: the headings, and two rows to show how they are filled.

use super::columns::Column;
use crate::{Result, Service};
use rust_xlsxwriter::{Format, Workbook, XlsxError};
use types::{ErrorCode, roll::TemplateKind};

/// The remark of the examples. A row that still has it is refused: the people on it do not exist.
pub(super) const EXAMPLE_NOTE: &str = "示例，请删除";

/// Examples, to be deleted by who fills it in. The number is the example of GB 11643-1999.
const EXAMPLES: [[&str; 10]; 2] = [
    ["张三", "1", "2", "301", "1949-12-31", "女", "11010519491231002X", "13800000001", "是", EXAMPLE_NOTE],
    ["李四", "1", "2", "301", "1980-05-01", "男", "", "", "否", EXAMPLE_NOTE],
];

impl Service {
    /// The template as a file.
    ///
    /// # Errors
    /// `Internal` if it cannot be written.
    #[expect(clippy::unused_async, reason = "use cases are called alike")]
    pub async fn roll_template(&self, kind: TemplateKind) -> Result<Vec<u8>> {
        match kind {
            TemplateKind::Csv => Ok(csv()),
            TemplateKind::Xlsx => xlsx().map_err(|error| {
                tracing::error!(%error, "the template could not be written");
                ErrorCode::Internal.into()
            }),
        }
    }
}

fn csv() -> Vec<u8> {
    let line = |cells: &[&str]| cells.join(",") + "\r\n";
    let mut text = "\u{FEFF}".to_owned();
    text += &line(&Column::ALL.map(Column::heading));
    EXAMPLES.iter().for_each(|row| text += &line(row));
    text.into_bytes()
}

fn xlsx() -> core::result::Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    // Everything is text, so that Excel rounds no number of 18 digits.
    let (text, bold) = (Format::new().set_num_format("@"), Format::new().set_bold().set_num_format("@"));
    for (column, name) in (0..).zip(Column::ALL) {
        let width = if matches!(name, Column::IdNumber) { 24 } else { 12 };
        sheet.set_column_width(column, width)?.set_column_format(column, &text)?;
        sheet.write_string_with_format(0, column, name.heading(), &bold)?;
    }
    for (row, cells) in (1..).zip(EXAMPLES) {
        for (column, cell) in (0..).zip(cells) {
            sheet.write_string_with_format(row, column, cell, &text)?;
        }
    }
    sheet.set_freeze_panes(1, 0)?;
    book.save_to_buffer()
}

#[cfg(test)]
mod tests {
    use super::super::{file, row};

    #[test]
    fn both_templates_read_back_and_only_the_examples_remark_is_wrong() {
        for bytes in [super::csv(), super::xlsx().expect("written")] {
            let rows = file::read(&bytes).expect("reads");
            let layout = row::layout(1, &rows[0].1).expect("complete");
            assert_eq!(rows.len(), 3);
            for (number, cells) in &rows[1..] {
                let wrong = row::check(*number, &layout, cells, "2026-11-23").expect_err("an example");
                let wrong: Vec<_> = wrong.iter().map(|problem| (&*problem.column, &*problem.reason)).collect();
                assert_eq!(wrong, [("备注", "example")]);
            }
        }
    }
}
