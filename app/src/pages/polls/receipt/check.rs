//! Is the ballot in the box, and is it still the same box? Decided here from proofs, not by the server's word.

use crate::pages::polls::keepsake::{Head, Kept};
use ballot::checkpoint::{Checkpoint, Note};
use ballot::merkle::{verify_consistency, verify_inclusion};
use types::bytes::Hex32;
use types::polls::{BallotStanding, BallotStatus, TreeProof};

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Found {
    /// Whether it counts.
    pub(crate) standing: BallotStanding,
    /// Its place on the board, from 0.
    pub(crate) leaf: u64,
    /// Steps of the inclusion proof.
    pub(crate) steps: usize,
    /// The head that it was proved against: to be kept.
    pub(crate) head: Head,
}

/// The box was tampered with, or is not the box.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Alarm {
    /// The checkpoint is not signed by the poll's log.
    BadLog,
    /// The board does not continue the one seen before.
    Fork,
    /// The ballot is not there.
    Missing,
}

/// Checks the answer of the server against what this device kept.
pub(crate) fn check(kept: &Kept, before: Option<&Head>, status: &BallotStatus) -> Result<Found, Alarm> {
    let checkpoint = signed(kept, &status.proof)?;
    if let Some(before) = before {
        continues(before, &checkpoint, status.consistency.as_deref())?;
    }
    included(kept, &status.proof, &checkpoint)?;
    let head = Head { size: checkpoint.size, root: Hex32(checkpoint.root), note: status.proof.checkpoint.clone() };
    Ok(Found { standing: status.standing, leaf: status.proof.leaf, steps: status.proof.inclusion.len(), head })
}

/// Checks the proof that answers a cast.
pub(crate) fn check_receipt(kept: &Kept, proof: &TreeProof) -> Result<Head, Alarm> {
    let checkpoint = signed(kept, proof)?;
    included(kept, proof, &checkpoint)?;
    Ok(Head { size: checkpoint.size, root: Hex32(checkpoint.root), note: proof.checkpoint.clone() })
}

fn signed(kept: &Kept, proof: &TreeProof) -> Result<Checkpoint, Alarm> {
    let note = Note::parse(&proof.checkpoint).map_err(|_| Alarm::BadLog)?;
    let checkpoint = note.checkpoint(&kept.origin, &kept.log_key.0).map_err(|_| Alarm::BadLog)?;
    if checkpoint.size == proof.size { Ok(checkpoint) } else { Err(Alarm::BadLog) }
}

fn included(kept: &Kept, proof: &TreeProof, checkpoint: &Checkpoint) -> Result<(), Alarm> {
    let path: Vec<_> = proof.inclusion.iter().map(|hash| hash.0).collect();
    verify_inclusion(&kept.leaf_hash.0, proof.leaf, checkpoint.size, &path, &checkpoint.root)
        .map_err(|_| Alarm::Missing)
}

fn continues(before: &Head, now: &Checkpoint, proof: Option<&[Hex32]>) -> Result<(), Alarm> {
    let path: Vec<_> = proof.unwrap_or_default().iter().map(|hash| hash.0).collect();
    verify_consistency(before.size, now.size, &before.root.0, &now.root, &path).map_err(|_| Alarm::Fork)
}

#[cfg(test)]
mod tests;
