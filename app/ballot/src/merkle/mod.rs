//! The Merkle tree of RFC 6962 (RFC 9162, section 2), with SHA-256.
//!
//! A node is named by [`Node`]: `level` 0 is a leaf, and the node `(level, index)` covers the leaves
//! `index·2^level .. (index+1)·2^level`. Only complete nodes are ever stored. Storing every node that
//! [`Frontier::append`] returns is enough to make every proof: ask [`inclusion_nodes`] or [`consistency_nodes`] which
//! nodes are needed, fetch them, and hand them to [`inclusion_proof`] or [`consistency_proof`].
//!
//! The crates `tlog_tiles` and `signed_note` were tried and left: they bring a second sha2, a second Ed25519 and `url`
//! into the browser; `ct-merkle` keeps all leaves in memory and fixes its own storage.

mod frontier;
mod prove;
mod verify;

pub use frontier::{Frontier, subtree_root};
pub use prove::{consistency_nodes, consistency_proof, inclusion_nodes, inclusion_proof, root_nodes, tree_root};
pub use verify::{ProofError, verify_consistency, verify_inclusion};

use sha2::{Digest as _, Sha256};

/// A SHA-256 hash of a leaf or a node.
pub type TreeHash = [u8; 32];

/// A complete node of the tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Node {
    /// Height above the leaves.
    pub level: u8,
    /// Place among the nodes of its level, from the left, from 0.
    pub index: u64,
}

/// `SHA-256(0x00 ‖ entry)`.
#[must_use]
pub fn leaf_hash(entry: &[u8]) -> TreeHash {
    Sha256::new_with_prefix([0]).chain_update(entry).finalize().into()
}

/// `SHA-256(0x01 ‖ left ‖ right)`.
#[must_use]
pub fn node_hash(left: &TreeHash, right: &TreeHash) -> TreeHash {
    Sha256::new_with_prefix([1]).chain_update(left).chain_update(right).finalize().into()
}

/// The root of the tree without leaves: `SHA-256("")`.
#[must_use]
pub fn empty_root() -> TreeHash {
    Sha256::digest([]).into()
}
