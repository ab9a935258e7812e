//! Proofs over the tree.

use crate::{Caller, Result, Service};
use types::{ErrorCode, bytes::Hex32, ids::PollId, polls::ConsistencyProof};

impl Service {
    /// The RFC 6962 inclusion proof of `leaf` in the tree of `size`.
    pub async fn inclusion_proof(
        &self,
        caller: &Caller,
        poll: PollId,
        leaf: u64,
        size: u64,
    ) -> Result<Vec<Hex32>> {
        let _ = (caller, poll, leaf, size);
        Err(ErrorCode::Internal.into())
    }

    /// The RFC 6962 consistency proof.
    pub async fn consistency_proof(
        &self,
        caller: &Caller,
        poll: PollId,
        from: u64,
        to: u64,
    ) -> Result<ConsistencyProof> {
        let _ = (caller, poll, from, to);
        Err(ErrorCode::Internal.into())
    }
}
