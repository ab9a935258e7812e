//! Making proofs from stored nodes (RFC 6962, sections 2.1.1 and 2.1.2).

use super::{Node, TreeHash, subtree_root};
use std::ops::Range;

/// One hash of a proof, as the complete nodes it is joined from, left to right.
type Piece = Vec<Node>;

/// The largest power of two below `n`, for `n ≥ 2`.
fn split(n: u64) -> u64 {
    1 << (63 - (n - 1).leading_zeros())
}

/// The complete nodes that together cover the leaves `range`, largest first. `range.start` is a multiple of the
/// largest power of two that fits.
fn cover(range: Range<u64>) -> Piece {
    let mut nodes = Vec::new();
    let mut start = range.start;
    while start < range.end {
        let level = 63 - (range.end - start).leading_zeros();
        nodes.push(Node { level: u8::try_from(level).unwrap_or(63), index: start >> level });
        start += 1 << level;
    }
    nodes
}

fn inclusion_pieces(index: u64, size: u64) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let (mut start, mut end) = (0, size);
    if index >= size {
        return pieces;
    }
    while end - start > 1 {
        let middle = start + split(end - start);
        if index < middle {
            pieces.push(cover(middle..end));
            end = middle;
        } else {
            pieces.push(cover(start..middle));
            start = middle;
        }
    }
    pieces.reverse();
    pieces
}

fn consistency_pieces(old: u64, new: u64) -> Vec<Piece> {
    let mut pieces = Vec::new();
    if old == 0 || old >= new {
        return pieces;
    }
    let (mut start, mut end, mut whole) = (0, new, true);
    while old != end {
        let middle = start + split(end - start);
        if old <= middle {
            pieces.push(cover(middle..end));
            end = middle;
        } else {
            pieces.push(cover(start..middle));
            start = middle;
            whole = false;
        }
    }
    if !whole {
        pieces.push(cover(start..end));
    }
    pieces.reverse();
    pieces
}

fn hashes(pieces: Vec<Piece>, mut node: impl FnMut(Node) -> Option<TreeHash>) -> Option<Vec<TreeHash>> {
    let join = |piece: Piece| subtree_root(&piece.into_iter().map(&mut node).collect::<Option<Vec<_>>>()?);
    pieces.into_iter().map(join).collect()
}

/// The nodes that [`inclusion_proof`] will ask for.
#[must_use]
pub fn inclusion_nodes(index: u64, size: u64) -> Vec<Node> {
    inclusion_pieces(index, size).concat()
}

/// The proof that leaf `index` is in the tree of `size` leaves, the leaf's sibling first. `None` where `index ≥ size`
/// or a node is missing.
pub fn inclusion_proof(index: u64, size: u64, node: impl FnMut(Node) -> Option<TreeHash>) -> Option<Vec<TreeHash>> {
    if index < size { hashes(inclusion_pieces(index, size), node) } else { None }
}

/// The nodes that [`consistency_proof`] will ask for.
#[must_use]
pub fn consistency_nodes(old: u64, new: u64) -> Vec<Node> {
    consistency_pieces(old, new).concat()
}

/// The proof that the tree of `new` leaves begins with the tree of `old` leaves; empty where `old` is 0 or `new`.
/// `None` where `old > new` or a node is missing.
pub fn consistency_proof(old: u64, new: u64, node: impl FnMut(Node) -> Option<TreeHash>) -> Option<Vec<TreeHash>> {
    if old <= new { hashes(consistency_pieces(old, new), node) } else { None }
}

/// The nodes whose hashes make up the root of the tree of `size` leaves, largest first.
#[must_use]
pub fn root_nodes(size: u64) -> Vec<Node> {
    cover(0..size)
}

/// The root of the tree of `size` leaves; `None` where a node is missing or the tree is empty.
pub fn tree_root(size: u64, node: impl FnMut(Node) -> Option<TreeHash>) -> Option<TreeHash> {
    subtree_root(&root_nodes(size).into_iter().map(node).collect::<Option<Vec<_>>>()?)
}
