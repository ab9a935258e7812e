//! An installation that is a demonstration says so for ever: its audit log begins with it.

use crate::{Result, Service};
use types::ErrorCode;

const ACTION: &str = "begin-demonstration";

impl Service {
    /// Makes this installation a demonstration, before anything else is done in it.
    ///
    /// # Errors
    /// `WrongState` where something was done before.
    pub async fn begin_demonstration(&self) -> Result<()> {
        if !self.store().audit_chain(0, 1).await?.is_empty() {
            return Err(ErrorCode::WrongState.into());
        }
        Ok(self.store().audit(&self.entry(None, ACTION, "installation", None)).await?)
    }

    pub(crate) async fn is_demonstration(&self) -> Result<bool> {
        Ok(self.store().audit_chain(0, 1).await?.first().is_some_and(|first| first.entry.action == ACTION))
    }
}
