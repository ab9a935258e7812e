//! Writing a checked roll.

use crate::{Fanout, NoticeKind, Recipients, Result, Service};
use types::ids::ImportId;

impl Service {
    /// The job: all rows in one transaction, or none.
    pub(crate) async fn apply_import(&self, import: ImportId) -> Result<()> {
        let Some(found) = self.store().import(import).await? else { return Ok(()) };
        let entry = self.entry(found.account, "roll-applied", &format!("import:{import}"), Some(found.area));
        let told = found.account.into_iter().collect();
        let notice = Fanout::new(Recipients::Accounts(told), NoticeKind::ImportDone)
            .arg("file", &found.file_name)
            .arg("added", &found.counts.added.to_string())
            .arg("changed", &found.counts.changed.to_string());
        let notice = self.notice_job(notice, Some(format!("import-done:{import}")));
        self.store().apply_import(import, self.now(), &entry, &notice).await?;
        self.forget_place();
        Ok(())
    }
}
