//! Writing a checked roll.

use super::read::in_the_way;
use crate::{Fanout, NoticeKind, Recipients, Result, Service};
use types::ids::ImportId;

impl Service {
    /// The job: all rows in one transaction, or none, and then the reasons are kept for who asked.
    pub(crate) async fn apply_import(&self, import: ImportId) -> Result<()> {
        let Some(found) = self.store().import(import).await? else { return Ok(()) };
        let entry = self.entry(found.account, "roll-applied", &format!("import:{import}"), Some(found.area));
        let told = found.account.into_iter().collect();
        let notice = Fanout::new(Recipients::Accounts(told), NoticeKind::ImportDone)
            .arg("file", &found.file_name)
            .arg("added", &found.counts.added.to_string())
            .arg("changed", &found.counts.changed.to_string());
        let notice = self.notice_job(notice, Some(format!("import-done:{import}")));
        let matched = self.store().apply_import(import, self.now(), &entry, &notice).await?;
        // The roll may have changed since the rows were compared with it.
        let problems = matched.as_ref().map(in_the_way).unwrap_or_default();
        if !problems.is_empty() {
            let count = i64::try_from(problems.len()).unwrap_or(i64::MAX);
            self.store().refuse_import(import, count, &self.sealed_problems(&problems)?).await?;
        }
        self.forget_place();
        Ok(())
    }
}
