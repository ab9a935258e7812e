//! Rolls on their way in: uploaded, checked row by row, then written at once or not at all.

use crate::{AuditEntry, NewJob, Result};
use async_trait::async_trait;
use types::{
    Timestamp,
    ids::{AccountId, AreaId, HouseholdId, ImportId, PersonId},
    roll::ImportState,
};

/// An import.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Import {
    /// The import.
    pub id: ImportId,
    /// Into this area.
    pub area: AreaId,
    /// By whom; none for a command on the server.
    pub account: Option<AccountId>,
    /// The file's name.
    pub file_name: String,
    /// Where it stands.
    pub state: ImportState,
    /// Counts so far.
    pub counts: ImportCounts,
    /// The first problems, encrypted.
    pub problems: Vec<u8>,
    /// When it was uploaded.
    pub created_at: Timestamp,
}

/// Counts of an import.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ImportCounts {
    /// Rows in the file.
    pub rows: i64,
    /// Rows dealt with.
    pub done: i64,
    /// New people.
    pub added: i64,
    /// Changed people.
    pub changed: i64,
    /// People already there just so.
    pub unchanged: i64,
    /// Wrong places.
    pub problems: i64,
}

/// A checked row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportRow {
    /// As the spreadsheet numbers it.
    pub row: i64,
    /// The person's id if new.
    pub person: PersonId,
    /// The household's id if new: the same for all rows of an address.
    pub household: HouseholdId,
    /// The building's id if new: the same for all its rows.
    pub area: AreaId,
    /// The building's name.
    pub building: String,
    /// The building's name as compared.
    pub building_key: String,
    /// Unit, may be empty.
    pub unit: String,
    /// Room.
    pub room: String,
    /// Name.
    pub name: String,
    /// The name as compared.
    pub name_key: String,
    /// `YYYY-MM-DD`
    pub birth: String,
    /// `f`, `m` or empty.
    pub gender: String,
    /// The identity number, hashed.
    pub id_hash: Option<Vec<u8>>,
    /// The identity number, encrypted.
    pub id_sealed: Option<Vec<u8>>,
    /// The phone number, encrypted.
    pub phone_sealed: Option<Vec<u8>>,
    /// Whether the person represents the household.
    pub representative: bool,
    /// The committee's remark.
    pub note: String,
    /// Keyed hash of the row as imported.
    pub fingerprint: Vec<u8>,
}

/// Columns that the file lacks: what the roll says there stays.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Kept {
    /// A person's gender, unless the identity number tells it.
    pub gender: bool,
    /// Whether a person represents the household.
    pub representative: bool,
    /// The committee's remark.
    pub note: bool,
}

/// What comparing the rows with the roll gave.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Matched {
    /// New people.
    pub added: i64,
    /// Changed people.
    pub changed: i64,
    /// People already there just so.
    pub unchanged: i64,
    /// Rows whose person is on a roll outside the import's area.
    pub elsewhere: Vec<i64>,
    /// Rows that mean the same person as another row.
    pub twice: Vec<i64>,
}

/// Imports.
#[async_trait]
pub trait Imports: Send + Sync {
    /// Keeps an uploaded file (encrypted) and the job that reads it.
    async fn create_import(&self, import: &Import, content: &[u8], job: &NewJob, audit: &AuditEntry) -> Result<()>;

    /// The import.
    async fn import(&self, import: ImportId) -> Result<Option<Import>>;

    /// The uploaded file, encrypted; none once it was read.
    async fn import_content(&self, import: ImportId) -> Result<Option<Vec<u8>>>;

    /// The area's imports, newest first, at most 20.
    async fn imports(&self, area: AreaId) -> Result<Vec<Import>>;

    /// Forgets rows staged by an attempt that was cut off.
    async fn restart_import(&self, import: ImportId) -> Result<()>;

    /// Stages checked rows and notes how far it is; false if the import was cancelled.
    async fn stage_rows(&self, import: ImportId, rows: &[ImportRow], total: i64, done: i64) -> Result<bool>;

    /// Compares the staged rows with the roll.
    async fn match_import(&self, import: ImportId) -> Result<Matched>;

    /// Ends the reading: ready, or refused with problems and the rows forgotten. The file is forgotten either way.
    /// `kept` says what writing the rows will leave as it is.
    async fn import_checked(
        &self,
        import: ImportId,
        state: ImportState,
        counts: ImportCounts,
        kept: Kept,
        problems: &[u8],
    ) -> Result<()>;

    /// From ready to applying, with the job that does it; false if it is not ready.
    async fn begin_apply(&self, import: ImportId, job: &NewJob, audit: &AuditEntry) -> Result<bool>;

    /// Writes all rows to the roll, or none: compares again first, as the roll may have changed, and gives back who stands
    /// in the way; nothing is changed then, and [`Self::refuse_import`] is due. `None`: there is nothing to apply (any more).
    async fn apply_import(
        &self,
        import: ImportId,
        now: Timestamp,
        audit: &AuditEntry,
        notice: &NewJob,
    ) -> Result<Option<Matched>>;

    /// From applying to refused, with so many problems and the first of them, encrypted; the rows are forgotten.
    async fn refuse_import(&self, import: ImportId, count: i64, problems: &[u8]) -> Result<()>;

    /// Gives it up, unless it is being written or over; false then.
    async fn cancel_import(&self, import: ImportId, audit: &AuditEntry) -> Result<bool>;

    /// Gives up those that were uploaded before `before` and never applied.
    async fn sweep_imports(&self, before: Timestamp) -> Result<()>;
}
