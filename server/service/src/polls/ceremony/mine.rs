//! Where the caller is a trustee.

use crate::{Caller, Result, Service};
use types::{ErrorCode, polls::TrusteeLine};

impl Service {
    /// The polls in which the caller is a trustee, those with something to do first.
    pub async fn trustee_polls(&self, caller: &Caller) -> Result<Vec<TrusteeLine>> {
        let _ = caller;
        Err(ErrorCode::Internal.into())
    }
}
