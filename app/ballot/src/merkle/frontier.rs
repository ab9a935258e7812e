//! The right edge of a growing tree: all that is needed to append and to know the root.

use super::{Node, TreeHash, empty_root, node_hash};

/// The roots of the complete subtrees that make up a tree, largest first: at most 64 hashes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Frontier {
    size: u64,
    /// One for each bit of `size` that is set, the highest first.
    subtrees: Vec<TreeHash>,
}

impl Frontier {
    /// The empty tree.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// A tree of `size` leaves from the hashes of its complete subtrees, largest first; the nodes are those of
    /// [`super::root_nodes`]. `None` where their number is not that of the bits set in `size`.
    #[must_use]
    pub fn from_subtrees(size: u64, subtrees: Vec<TreeHash>) -> Option<Self> {
        (u32::try_from(subtrees.len()).ok()? == size.count_ones()).then_some(Self { size, subtrees })
    }

    /// Leaves.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.size
    }

    /// The hashes of the complete subtrees, largest first: with the size, all that [`Frontier::from_subtrees`] needs.
    #[must_use]
    pub fn subtrees(&self) -> &[TreeHash] {
        &self.subtrees
    }

    /// Adds a leaf and returns every node that is complete now and was not before, the leaf first.
    pub fn append(&mut self, leaf: TreeHash) -> Vec<(Node, TreeHash)> {
        let mut node = Node { level: 0, index: self.size };
        let mut hash = leaf;
        let mut complete = vec![(node, hash)];
        while node.index & 1 == 1 {
            let Some(left) = self.subtrees.pop() else {
                break;
            };
            hash = node_hash(&left, &hash);
            node = Node { level: node.level + 1, index: node.index >> 1 };
            complete.push((node, hash));
        }
        self.subtrees.push(hash);
        self.size += 1;
        complete
    }

    /// The root of the tree as it is.
    #[must_use]
    pub fn root(&self) -> TreeHash {
        subtree_root(&self.subtrees).unwrap_or_else(empty_root)
    }
}

/// Joins the hashes of adjacent complete subtrees, largest first, from the right. `None` for none.
#[must_use]
pub fn subtree_root(subtrees: &[TreeHash]) -> Option<TreeHash> {
    subtrees.iter().copied().rev().reduce(|right, left| node_hash(&left, &right))
}
