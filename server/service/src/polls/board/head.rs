//! The newest signed head.

use crate::{
    Caller, Result, Service,
    polls::convert::{count, hex},
};
use ballot::{Entry, Manifest, Payload};
use types::{ErrorCode, ids::PollId, polls::BoardHead};

impl Service {
    /// Size, root and signed checkpoint.
    ///
    /// # Errors
    /// `NotFound` before the poll is published.
    pub async fn board_head(&self, _caller: &Caller, poll: PollId) -> Result<BoardHead> {
        let head = self.store().head(poll).await?.ok_or(ErrorCode::NotFound)?;
        // The first line of a checkpoint is its origin.
        let origin = head.checkpoint.lines().next().unwrap_or_default();
        let log_key = self.verifier_key(origin);
        Ok(BoardHead { size: count(head.size), root: hex(head.root), checkpoint: head.checkpoint, log_key })
    }

    /// The manifest's exact bytes.
    ///
    /// # Errors
    /// `NotFound` before the poll is published.
    pub async fn manifest_bytes(&self, _caller: &Caller, poll: PollId) -> Result<Vec<u8>> {
        let entry = self.store().entry(poll, 0).await?.ok_or(ErrorCode::NotFound)?;
        match Entry::decode(&entry.bytes).map(|entry| entry.payload) {
            Ok(Payload::Manifest(body)) => Ok(body.0),
            _ => Err(ErrorCode::Internal.into()),
        }
    }

    /// The manifest, read.
    pub(in crate::polls) async fn published_manifest(&self, caller: &Caller, poll: PollId) -> Result<Manifest> {
        Manifest::parse(&self.manifest_bytes(caller, poll).await?).map_err(|_| ErrorCode::Internal.into())
    }
}
