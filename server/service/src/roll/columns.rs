//! The columns of a roll file, found by their headings wherever they stand.

/// A column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Column {
    Name,
    Building,
    Unit,
    Room,
    Birth,
    Gender,
    IdNumber,
    Phone,
    Representative,
    Note,
}

impl Column {
    /// Every column, in the template's order.
    pub(super) const ALL: [Self; 10] = [
        Self::Name,
        Self::Building,
        Self::Unit,
        Self::Room,
        Self::Birth,
        Self::Gender,
        Self::IdNumber,
        Self::Phone,
        Self::Representative,
        Self::Note,
    ];

    /// The heading in the template: part of the file format, not of the interface, so the same in every language.
    pub(super) const fn heading(self) -> &'static str {
        match self {
            Self::Name => "姓名",
            Self::Building => "楼栋",
            Self::Unit => "单元",
            Self::Room => "房号",
            Self::Birth => "出生日期",
            Self::Gender => "性别",
            Self::IdNumber => "身份证号",
            Self::Phone => "手机",
            Self::Representative => "户代表",
            Self::Note => "备注",
        }
    }

    /// Other headings that committees' files have.
    const fn also(self) -> &'static [&'static str] {
        match self {
            Self::Name => &["居民姓名", "name"],
            Self::Building => &["樓棟", "楼号", "栋号", "幢号", "楼幢", "building"],
            Self::Unit => &["單元", "单元号", "unit"],
            Self::Room => &["房號", "室号", "门牌号", "房间号", "房屋号", "room"],
            Self::Birth => &["生日", "出生年月日", "birth"],
            Self::Gender => &["性別", "gender"],
            Self::IdNumber => &["身份证", "身份證號", "身份证号码", "公民身份号码", "证件号码", "idnumber"],
            Self::Phone => &["手機", "手机号", "手机号码", "联系电话", "电话", "phone"],
            Self::Representative => {
                &["户主", "戶主", "戶代表", "户主/户代表", "是否户主", "是否户代表", "representative"]
            }
            Self::Note => &["備註", "说明", "note"],
        }
    }

    /// The column that a heading means; what stands in brackets does not count.
    pub(super) fn of(heading: &str) -> Option<Self> {
        let clean = crate::text::clean(heading).to_lowercase();
        let bare = clean.split(['(', '（', '[']).next().unwrap_or_default();
        let bare: String = bare.chars().filter(|c| !c.is_whitespace() && *c != '*').collect();
        Self::ALL.into_iter().find(|column| column.heading() == bare || column.also().contains(&bare.as_str()))
    }
}
