//! The roll of 青禾社区 as the file a clerk would upload.

use super::people::Resident;
use std::fmt::Write as _;

/// The template's headings.
pub const HEADINGS: &str = "姓名,性别,出生日期,证件号码,手机号,楼栋,单元,房号,户代表,备注\n";

/// The roll as CSV with the template's headings.
pub(super) fn csv(people: &[Resident]) -> Vec<u8> {
    let mut text = String::from(HEADINGS);
    for person in people {
        let (year, month, day) = person.birth;
        let _ = writeln!(
            text,
            "{},{},{year:04}-{month:02}-{day:02},,,{},{},{},{},",
            person.name,
            if person.woman { "女" } else { "男" },
            person.home.building,
            person.home.unit,
            person.home.room,
            if person.head { "是" } else { "" },
        );
    }
    text.into_bytes()
}
