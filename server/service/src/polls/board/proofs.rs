//! Proofs over the tree.

use crate::{
    Caller, Result, Service,
    polls::{
        convert::{count, hexes},
        seal::Tiles,
    },
};
use ballot::merkle::{self, TreeHash};
use types::{ErrorCode, Problem, bytes::Hex32, ids::PollId, polls::ConsistencyProof};

impl Service {
    /// The RFC 6962 inclusion proof of `leaf` in the tree of `size`.
    ///
    /// # Errors
    /// `Invalid` with field `size` or `leaf` beyond the board.
    pub async fn inclusion_proof(&self, _caller: &Caller, poll: PollId, leaf: u64, size: u64) -> Result<Vec<Hex32>> {
        self.within(poll, size, "size").await?;
        if leaf >= size {
            return Err(Problem::field("leaf", "out-of-range"));
        }
        let tiles = Tiles::places(merkle::inclusion_nodes(leaf, size));
        let tiles = Tiles::new(self.store().tiles(poll, &tiles).await?);
        let proof = merkle::inclusion_proof(leaf, size, |node| tiles.hash(node)).ok_or(ErrorCode::Internal)?;
        Ok(hexes(proof))
    }

    /// The RFC 6962 consistency proof.
    ///
    /// # Errors
    /// `Invalid` with field `from` or `to` beyond the board, or in the wrong order.
    pub async fn consistency_proof(
        &self,
        _caller: &Caller,
        poll: PollId,
        from: u64,
        to: u64,
    ) -> Result<ConsistencyProof> {
        self.within(poll, to, "to").await?;
        Ok(ConsistencyProof { from, to, proof: hexes(self.consistency(poll, from, to).await?) })
    }

    /// The consistency proof to a size that the board has.
    pub(in crate::polls) async fn consistency(&self, poll: PollId, from: u64, to: u64) -> Result<Vec<TreeHash>> {
        if from > to {
            return Err(Problem::field("from", "out-of-range"));
        }
        let tiles = Tiles::places(merkle::consistency_nodes(from, to));
        let tiles = Tiles::new(self.store().tiles(poll, &tiles).await?);
        Ok(merkle::consistency_proof(from, to, |node| tiles.hash(node)).ok_or(ErrorCode::Internal)?)
    }

    async fn within(&self, poll: PollId, size: u64, field: &str) -> Result<()> {
        let head = self.store().head(poll).await?.ok_or(ErrorCode::NotFound)?;
        if size <= count(head.size) { Ok(()) } else { Err(Problem::field(field, "out-of-range")) }
    }
}
