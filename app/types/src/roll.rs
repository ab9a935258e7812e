//! Areas, the people on a community's roll, its import, and the letters with codes.

use crate::{
    Timestamp,
    ids::{AreaId, HouseholdId, ImportId, PersonId},
};
use serde::{Deserialize, Serialize};

/// What an area is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AreaKind {
    /// 市
    City,
    /// 县/区
    District,
    /// 乡镇/街道
    Street,
    /// 社区/村
    Community,
    /// 小区
    Estate,
    /// 楼栋
    Building,
}

impl AreaKind {
    /// Every kind, from the top.
    pub const ALL: [Self; 6] =
        [Self::City, Self::District, Self::Street, Self::Community, Self::Estate, Self::Building];

    /// The stable name; the locale key is `area.<name>`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::City => "city",
            Self::District => "district",
            Self::Street => "street",
            Self::Community => "community",
            Self::Estate => "estate",
            Self::Building => "building",
        }
    }

    /// The kind with this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }
}

/// An area in the tree.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AreaView {
    /// The area.
    pub id: AreaId,
    /// The area above, none for the top.
    pub parent: Option<AreaId>,
    /// What it is.
    pub kind: AreaKind,
    /// Its name; for a building the number or name as on the roll.
    pub name: String,
    /// How many areas stand above it.
    pub depth: u32,
}

/// A new area.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewArea {
    /// The area above; none for the top of the tree (operator only).
    pub parent: Option<AreaId>,
    /// What it is; must be below its parent's kind.
    pub kind: AreaKind,
    /// 1–60 characters, unique under its parent.
    pub name: String,
}

/// A person on the roll, as a clerk sees them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonView {
    /// The person.
    pub id: PersonId,
    /// Name.
    pub name: String,
    /// Birth date `YYYY-MM-DD`.
    pub birth: String,
    /// `f`, `m`, or empty if not given.
    pub gender: String,
    /// The identity number masked to its first and last characters, e.g. `3************4X`.
    pub id_number: Option<String>,
    /// The phone masked, e.g. `138****0001`.
    pub phone: Option<String>,
    /// The household.
    pub household: HouseholdId,
    /// The home's area (the building).
    pub area: AreaId,
    /// Building.
    pub building: String,
    /// Unit, may be empty.
    pub unit: String,
    /// Room.
    pub room: String,
    /// Whether the person represents the household.
    pub representative: bool,
    /// Whether an account is verified as this person.
    pub verified: bool,
    /// The committee's remark.
    pub note: String,
}

/// A page of the roll, ordered by name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonPage {
    /// Up to 50.
    pub persons: Vec<PersonView>,
    /// Where the next page begins, if there is one.
    pub next: Option<String>,
}

/// What to look for on the roll.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonQuery {
    /// In this area and below.
    pub area: AreaId,
    /// The beginning of a name, or a room such as `401`; empty for all.
    pub text: String,
    /// The page, from [`PersonPage::next`].
    pub after: Option<String>,
}

/// How much of a roll there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct RollCounts {
    /// Persons on the roll.
    pub persons: u32,
    /// Households.
    pub households: u32,
    /// Persons with a verified account.
    pub verified: u32,
}

/// Kind of template.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TemplateKind {
    /// Excel workbook.
    Xlsx,
    /// CSV, UTF-8 with byte order mark, so that Excel reads it.
    Csv,
}

/// Where an import stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ImportState {
    /// The file is being read and checked.
    Reading,
    /// Checked, without errors: may be applied.
    Ready,
    /// Checked, with errors: nothing can be applied.
    Refused,
    /// Being written.
    Applying,
    /// Written.
    Done,
    /// Given up by a clerk, or failed on our side.
    Cancelled,
}

impl ImportState {
    /// Every state.
    pub const ALL: [Self; 6] = [Self::Reading, Self::Ready, Self::Refused, Self::Applying, Self::Done, Self::Cancelled];

    /// The stable name; the locale key is `import.<name>`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Reading => "reading",
            Self::Ready => "ready",
            Self::Refused => "refused",
            Self::Applying => "applying",
            Self::Done => "done",
            Self::Cancelled => "cancelled",
        }
    }

    /// The state with this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == name)
    }

    /// Whether background work is still to come, so that asking again makes sense.
    #[must_use]
    pub const fn is_moving(self) -> bool {
        matches!(self, Self::Reading | Self::Applying)
    }
}

/// What is wrong in one place of a file. The sentence is the locale key `roll_error.<reason>`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowProblem {
    /// The row as the spreadsheet numbers it, from 1; 0 for the whole file.
    pub row: u32,
    /// The column's heading, empty for the whole row.
    pub column: String,
    /// What is there, at most 40 characters; empty if nothing is.
    #[serde(default)]
    pub value: String,
    /// The stable reason, kebab-case.
    pub reason: String,
}

/// An import, from the upload to the written roll.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportView {
    /// The import.
    pub id: ImportId,
    /// Into this area.
    pub area: AreaId,
    /// The file's name as uploaded.
    pub file_name: String,
    /// Where it stands.
    pub state: ImportState,
    /// Rows in the file, once known.
    pub rows: u32,
    /// Rows checked, then rows written: for the progress bar, out of `rows`.
    pub rows_done: u32,
    /// Persons it would add, or added.
    pub added: u32,
    /// Persons it would change, or changed.
    pub changed: u32,
    /// Persons already on the roll just so.
    pub unchanged: u32,
    /// Wrong places in all.
    pub problem_count: u32,
    /// The first 200 of them.
    pub problems: Vec<RowProblem>,
    /// When it was uploaded.
    pub created_at: Timestamp,
}

/// Which letters to make. Codes made earlier for the same people stop working.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LetterRequest {
    /// For this area and below.
    pub area: AreaId,
    /// Only for this household.
    pub household: Option<HouseholdId>,
    /// Leave out people who are verified already.
    pub unverified_only: bool,
}

/// The letters of one print run. Shown once: the codes are stored hashed.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LetterBatch {
    /// The area's name.
    pub area_name: String,
    /// When they were made.
    pub issued_at: Timestamp,
    /// Until when the codes work.
    pub expires_at: Timestamp,
    /// One per household, ordered by building, unit, room.
    pub letters: Vec<Letter>,
}

/// One household's letter.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Letter {
    /// The household.
    pub household: HouseholdId,
    /// Building.
    pub building: String,
    /// Unit, may be empty.
    pub unit: String,
    /// Room.
    pub room: String,
    /// One code per adult.
    pub codes: Vec<LetterCode>,
}

/// One person's code.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LetterCode {
    /// The person's name.
    pub name: String,
    /// Ten Crockford characters in two groups, e.g. `7K2QM-XN4RD`.
    pub code: String,
}

impl core::fmt::Debug for LetterBatch {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "LetterBatch({} letters, hidden)", self.letters.len())
    }
}
