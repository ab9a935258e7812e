//! A device registers its credential.

use crate::{Caller, Result, Service};
use types::{ErrorCode, ids::PollId, polls::TreeProof};

impl Service {
    /// Records the credential entry of the caller's slot. The same bytes again answer the same proof.
    pub async fn register_credential(
        &self,
        caller: &Caller,
        poll: PollId,
        bytes: Vec<u8>,
    ) -> Result<TreeProof> {
        let _ = (caller, poll, bytes);
        Err(ErrorCode::Internal.into())
    }
}
