//! The public record of a poll.

use crate::{Timestamp, bytes::Blob, bytes::Hex32};
use serde::{Deserialize, Serialize};

/// One entry of the board.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BoardEntry {
    /// Its place, from 0.
    pub leaf: u64,
    /// The kind byte, as in docs/BALLOT.md.
    pub kind: u8,
    /// The exact bytes under the leaf hash.
    pub bytes: Blob,
    /// When it was recorded; not part of what is hashed.
    pub at: Timestamp,
}

/// A run of entries.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BoardPage {
    /// The entries, in order, without gaps.
    pub entries: Vec<BoardEntry>,
    /// How many entries the board has.
    pub size: u64,
}

/// An entry's place on the board, proved against a signed checkpoint.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TreeProof {
    /// The entry's place, from 0.
    pub leaf: u64,
    /// The size of the tree that is proved against.
    pub size: u64,
    /// The RFC 6962 inclusion proof, from the leaf up.
    pub inclusion: Vec<Hex32>,
    /// The C2SP signed note of that size.
    pub checkpoint: String,
}

/// A consistency proof between two sizes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ConsistencyProof {
    /// The older size.
    pub from: u64,
    /// The newer size.
    pub to: u64,
    /// The RFC 6962 proof.
    pub proof: Vec<Hex32>,
}

/// How far the board is, signed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BoardHead {
    /// Entries on the board.
    pub size: u64,
    /// The root hash (RFC 6962).
    pub root: Hex32,
    /// The C2SP signed note.
    pub checkpoint: String,
    /// The key that signs it, as a C2SP verifier key.
    pub log_key: String,
}
