//! Checking proofs (RFC 9162, sections 2.1.3.2 and 2.1.4.2).

use super::{TreeHash, node_hash};

/// A proof does not show what it should.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the proof does not hold")]
pub struct ProofError;

/// Whether `leaf` is leaf number `index` of the tree with `size` leaves and this root.
///
/// # Errors
/// [`ProofError`].
pub fn verify_inclusion(
    leaf: &TreeHash,
    index: u64,
    size: u64,
    proof: &[TreeHash],
    root: &TreeHash,
) -> Result<(), ProofError> {
    let (mut node, mut last) = (index, size.checked_sub(1).filter(|last| index <= *last).ok_or(ProofError)?);
    let mut hash = *leaf;
    for sibling in proof {
        if last == 0 {
            return Err(ProofError);
        }
        if node & 1 == 1 || node == last {
            hash = node_hash(sibling, &hash);
            // A right edge that is not full: skip the levels where the node has no sibling.
            while node & 1 == 0 && node != 0 {
                (node, last) = (node >> 1, last >> 1);
            }
        } else {
            hash = node_hash(&hash, sibling);
        }
        (node, last) = (node >> 1, last >> 1);
    }
    if last == 0 && hash == *root { Ok(()) } else { Err(ProofError) }
}

/// Whether the tree with `new` leaves begins with the tree with `old` leaves.
///
/// # Errors
/// [`ProofError`]; also where `old` is 0, because every tree begins with the empty one and nothing would be shown.
pub fn verify_consistency(
    old: u64,
    new: u64,
    old_root: &TreeHash,
    new_root: &TreeHash,
    proof: &[TreeHash],
) -> Result<(), ProofError> {
    let ensure = |holds: bool| if holds { Ok(()) } else { Err(ProofError) };
    ensure(0 < old && old <= new)?;
    if old == new {
        return ensure(proof.is_empty() && old_root == new_root);
    }
    let (mut node, mut last) = (old - 1, new - 1);
    while node & 1 == 1 {
        (node, last) = (node >> 1, last >> 1);
    }
    let mut rest = proof.iter();
    // Where the old tree is a complete subtree, its root is not part of the proof.
    let first = if old.is_power_of_two() { old_root } else { rest.next().ok_or(ProofError)? };
    let (mut of_old, mut of_new) = (*first, *first);
    for sibling in rest {
        ensure(last != 0)?;
        if node & 1 == 1 || node == last {
            of_old = node_hash(sibling, &of_old);
            of_new = node_hash(sibling, &of_new);
            while node & 1 == 0 && node != 0 {
                (node, last) = (node >> 1, last >> 1);
            }
        } else {
            of_new = node_hash(&of_new, sibling);
        }
        (node, last) = (node >> 1, last >> 1);
    }
    ensure(last == 0 && of_old == *old_root && of_new == *new_root)
}
