//! Importing a roll from the server's command line: the same file, the same checks, no account. Never for a page.

use super::import::MOST_BYTES;
use crate::{Job, Result, Service, text};
use store::{Import, ImportCounts};
use types::{
    ErrorCode, Problem,
    ids::{AreaId, ImportId, JobId},
    roll::{AreaKind, ImportState, ImportView},
};

impl Service {
    /// Takes a file in, to be read by the job that is given back; the audit log names no account.
    ///
    /// # Errors
    /// `NotFound` (no such area), `Invalid` (`area`: `kind`, for a building), `TooLarge`, `WrongFile`.
    pub async fn import_on_server(&self, area: AreaId, file_name: &str, bytes: Vec<u8>) -> Result<(ImportId, JobId)> {
        let area =
            self.store().area(area).await?.filter(|area| area.id != crate::ops::ROOT).ok_or(ErrorCode::NotFound)?;
        if area.kind == AreaKind::Building {
            return Err(Problem::field("area", "kind"));
        }
        if bytes.len() > MOST_BYTES {
            return Err(ErrorCode::TooLarge.into());
        }
        if !super::file::may_be_a_roll(&bytes) {
            return Err(ErrorCode::WrongFile.into());
        }
        let import = Import {
            id: ImportId(self.new_id()),
            area: area.id,
            account: None,
            file_name: text::clean(file_name).chars().take(120).collect(),
            state: ImportState::Reading,
            counts: ImportCounts::default(),
            problems: Vec::new(),
            created_at: self.now(),
        };
        let job = self.job_row(&Job::ReadImport { import: import.id }, self.now(), None);
        let entry = self.entry(None, "upload-roll", &format!("import:{}", import.id), Some(area.id));
        self.store().create_import(&import, &self.seal("import", &bytes), &job, &entry).await?;
        Ok((import.id, job.id))
    }

    /// Where such an import stands.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn import_on_server_status(&self, import: ImportId) -> Result<ImportView> {
        let import = self.store().import(import).await?.ok_or(ErrorCode::NotFound)?;
        Ok(self.import_view(import, true))
    }

    /// Writes its rows to the roll, by the job that is given back.
    ///
    /// # Errors
    /// `NotFound`; `WrongState` unless it is ready.
    pub async fn import_on_server_apply(&self, import: ImportId) -> Result<JobId> {
        let area = self.store().import(import).await?.ok_or(ErrorCode::NotFound)?.area;
        let job = self.job_row(&Job::ApplyImport { import }, self.now(), None);
        let entry = self.entry(None, "apply-roll", &format!("import:{import}"), Some(area));
        let begun = self.store().begin_apply(import, &job, &entry).await?;
        if begun { Ok(job.id) } else { Err(ErrorCode::WrongState.into()) }
    }

    /// Gives it up.
    ///
    /// # Errors
    /// `NotFound`; `WrongState` if it is being written or over.
    pub async fn import_on_server_cancel(&self, import: ImportId) -> Result<()> {
        let area = self.store().import(import).await?.ok_or(ErrorCode::NotFound)?.area;
        let entry = self.entry(None, "cancel-roll", &format!("import:{import}"), Some(area));
        if self.store().cancel_import(import, &entry).await? { Ok(()) } else { Err(ErrorCode::WrongState.into()) }
    }
}
