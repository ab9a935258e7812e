//! Importing a roll: upload, look, apply or give up. Reading and writing run in the background.

use super::{columns::Column, file};
use crate::{Caller, Job, Result, Service, policy::Action, text};
use store::{Import, ImportCounts};
use types::{
    ErrorCode, Problem,
    ids::{AreaId, ImportId},
    roll::{AreaKind, ImportState, ImportView, RowProblem},
};

/// A file of 100,000 people has about 10 MB as xlsx, 15 MB as CSV.
pub(super) const MOST_BYTES: usize = 32 << 20;

impl Service {
    /// Takes a file in, to be read in the background; ask [`Self::import_status`] for what it holds.
    ///
    /// # Errors
    /// `TooLarge`; `WrongFile` for what cannot be a roll; `Invalid` (`area`: `kind`) for a building; what the policy says.
    pub async fn import_preview(
        &self,
        caller: &Caller,
        area: AreaId,
        file_name: &str,
        bytes: Vec<u8>,
    ) -> Result<ImportId> {
        let (clerk, area) = self.allowed_in(caller, Action::ImportRoll, area).await?;
        if area.kind == AreaKind::Building {
            return Err(Problem::field("area", "kind"));
        }
        if bytes.len() > MOST_BYTES {
            return Err(ErrorCode::TooLarge.into());
        }
        if !file::may_be_a_roll(&bytes) {
            return Err(ErrorCode::WrongFile.into());
        }
        let import = Import {
            id: ImportId(self.new_id()),
            area: area.id,
            account: Some(clerk),
            file_name: text::clean(file_name).chars().take(120).collect(),
            state: ImportState::Reading,
            counts: ImportCounts::default(),
            problems: Vec::new(),
            created_at: self.now(),
        };
        let job = self.job_row(&Job::ReadImport { import: import.id }, self.now(), None);
        let entry = self.entry(Some(clerk), "upload-roll", &format!("import:{}", import.id), Some(area.id));
        self.store().create_import(&import, &self.seal("import", &bytes), &job, &entry).await?;
        Ok(import.id)
    }

    /// Where an import stands.
    ///
    /// # Errors
    /// `NotFound`; what the policy says.
    pub async fn import_status(&self, caller: &Caller, import: ImportId) -> Result<ImportView> {
        let import = self.own_import(caller, import).await?;
        Ok(self.import_view(import, true))
    }

    /// An area's imports, newest first.
    ///
    /// # Errors
    /// What the policy says.
    pub async fn imports(&self, caller: &Caller, area: AreaId) -> Result<Vec<ImportView>> {
        let (_, area) = self.allowed_in(caller, Action::ImportRoll, area).await?;
        let imports = self.store().imports(area.id).await?;
        Ok(imports.into_iter().map(|import| self.import_view(import, false)).collect())
    }

    /// Writes the checked rows to the roll, in the background.
    ///
    /// # Errors
    /// `WrongState` unless it is ready; what the policy says.
    pub async fn import_apply(&self, caller: &Caller, import: ImportId) -> Result<()> {
        let import = self.own_import(caller, import).await?;
        let job = self.job_row(&Job::ApplyImport { import: import.id }, self.now(), None);
        let entry = self.entry(
            Some(self.signed_in(caller)?),
            "apply-roll",
            &format!("import:{}", import.id),
            Some(import.area),
        );
        if self.store().begin_apply(import.id, &job, &entry).await? {
            Ok(())
        } else {
            Err(ErrorCode::WrongState.into())
        }
    }

    /// Gives it up.
    ///
    /// # Errors
    /// `WrongState` if it is being written or over; what the policy says.
    pub async fn import_cancel(&self, caller: &Caller, import: ImportId) -> Result<()> {
        let import = self.own_import(caller, import).await?;
        let entry = self.entry(
            Some(self.signed_in(caller)?),
            "cancel-roll",
            &format!("import:{}", import.id),
            Some(import.area),
        );
        if self.store().cancel_import(import.id, &entry).await? { Ok(()) } else { Err(ErrorCode::WrongState.into()) }
    }

    async fn own_import(&self, caller: &Caller, import: ImportId) -> Result<Import> {
        let Some(import) = self.store().import(import).await? else {
            self.signed_in(caller)?;
            return Err(ErrorCode::NotFound.into());
        };
        self.allowed_in(caller, Action::ImportRoll, import.area).await?;
        Ok(import)
    }

    pub(super) fn import_view(&self, import: Import, with_problems: bool) -> ImportView {
        let small = |n: i64| u32::try_from(n).unwrap_or(u32::MAX);
        let problems: Vec<RowProblem> = self
            .unseal("problems", &import.problems)
            .filter(|_| with_problems)
            .and_then(|json| serde_json::from_slice(&json).ok())
            .unwrap_or_default();
        ImportView {
            id: import.id,
            area: import.area,
            file_name: import.file_name,
            state: import.state,
            rows: small(import.counts.rows),
            rows_done: small(import.counts.done),
            added: small(import.counts.added),
            changed: small(import.counts.changed),
            unchanged: small(import.counts.unchanged),
            problem_count: small(import.counts.problems),
            problems,
            created_at: import.created_at,
        }
    }
}

/// A problem of the whole row.
pub(super) fn of_row(row: i64, reason: &str) -> RowProblem {
    RowProblem {
        row: u32::try_from(row).unwrap_or(0),
        column: String::new(),
        value: String::new(),
        reason: reason.to_owned(),
    }
}

/// A problem of the whole file.
pub(super) fn of_file(reason: &str) -> RowProblem {
    of_row(0, reason)
}

/// The same person in two rows.
pub(super) fn twice(row: u32, column: Column) -> RowProblem {
    super::row::problem(row, column, "", "twice")
}
