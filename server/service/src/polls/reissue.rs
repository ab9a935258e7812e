//! A lost phone.

use crate::{Caller, Result, Service};
use types::{
    ErrorCode,
    ids::{AreaId, PollId},
    polls::ReissueRequest,
};

impl Service {
    /// The caller's device with the credential is lost: asks a clerk for a new one.
    pub async fn ask_reissue(&self, caller: &Caller, poll: PollId) -> Result<()> {
        let _ = (caller, poll);
        Err(ErrorCode::Internal.into())
    }

    /// What residents of the area asked for, oldest first.
    pub async fn reissue_requests(
        &self,
        caller: &Caller,
        area: AreaId,
    ) -> Result<Vec<ReissueRequest>> {
        let _ = (caller, area);
        Err(ErrorCode::Internal.into())
    }

    /// Records a re-issue that the caller's browser has signed; then the resident's new device may register.
    pub async fn reissue_credential(
        &self,
        caller: &Caller,
        poll: PollId,
        bytes: Vec<u8>,
    ) -> Result<()> {
        let _ = (caller, poll, bytes);
        Err(ErrorCode::Internal.into())
    }
}
