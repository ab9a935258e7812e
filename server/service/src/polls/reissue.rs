//! A lost phone.

use crate::{Caller, Result, Service};
use types::{
    ErrorCode,
    bytes::{Blob, Hex32},
    ids::{AreaId, PollId},
    polls::ReissueRequest,
};

impl Service {
    /// The old device is lost: the new one asks with its key and its signature over the re-issue entry up to the key.
    pub async fn ask_reissue(
        &self,
        caller: &Caller,
        poll: PollId,
        key: Hex32,
        possession: Blob,
    ) -> Result<()> {
        let _ = (caller, poll, key, possession);
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

    /// Records a re-issue that the caller's browser has signed; from then on the new device's key counts.
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
