//! The tree over a board: appending inside a transaction, and hashes of nodes from stored tiles.

use super::convert::{count, stored};
use ballot::checkpoint::{Checkpoint, LogKey};
use ballot::merkle::{Frontier, Node, TreeHash, node_hash};
use ballot::tiles::WIDTH;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use store::{
    Result, StoreError,
    polls::{Bytes32, Edge, Sealed, TileRecord},
};

/// Appends `leaves` to the tree at `edge` and signs the new head.
pub(super) fn seal(origin: &str, key: &LogKey, edge: Edge, leaves: &[Bytes32]) -> Result<Sealed> {
    let subtrees = edge.frontier.as_chunks::<32>().0.to_vec();
    let frontier = Frontier::from_subtrees(count(edge.size), subtrees);
    let mut frontier = frontier.ok_or(StoreError::Corrupt("poll_heads.frontier"))?;
    let mut tiles: BTreeMap<_, _> =
        edge.tiles.into_iter().map(|tile| ((tile.level, tile.position), tile.hashes)).collect();
    let mut changed = BTreeSet::new();
    for leaf in leaves {
        for (node, hash) in frontier.append(*leaf) {
            if node.level % 8 == 0 {
                let place = (i64::from(node.level / 8), stored(node.index / WIDTH));
                let tile: &mut Vec<u8> = tiles.entry(place).or_default();
                if tile.len() as u64 != node.index % WIDTH * 32 {
                    return Err(StoreError::Corrupt("poll_tiles.hashes"));
                }
                tile.extend_from_slice(&hash);
                changed.insert(place);
            }
        }
    }
    tiles.retain(|place, _| changed.contains(place));
    let tiles = tiles.into_iter().map(|((level, position), hashes)| TileRecord { level, position, hashes }).collect();
    let (size, root) = (frontier.size(), frontier.root());
    let checkpoint = Checkpoint { origin: origin.to_owned(), size, root }.sign(key);
    Ok(Sealed { size: stored(size), root, frontier: frontier.subtrees().concat(), checkpoint, tiles })
}

/// Tiles at hand, from which the hashes of nodes of every height are taken.
#[derive(Default)]
pub(super) struct Tiles(HashMap<(i64, i64), Vec<Vec<TreeHash>>>);

impl Tiles {
    pub(super) fn new(tiles: Vec<TileRecord>) -> Self {
        Self(tiles.into_iter().map(|tile| ((tile.level, tile.position), heights(&tile.hashes))).collect())
    }

    /// The places of the tiles that hold what these nodes are computed from.
    pub(super) fn places(nodes: impl IntoIterator<Item = Node>) -> Vec<(i64, i64)> {
        let places: BTreeSet<_> = nodes.into_iter().map(|node| Self::place(node).0).collect();
        places.into_iter().collect()
    }

    /// The tile, and the first of its hashes under a node.
    fn place(node: Node) -> ((i64, i64), u64) {
        let first = node.index << (node.level % 8);
        ((i64::from(node.level / 8), stored(first / WIDTH)), first % WIDTH)
    }

    /// A node's hash.
    pub(super) fn hash(&self, node: Node) -> Option<TreeHash> {
        let (place, first) = Self::place(node);
        let height = node.level % 8;
        self.0.get(&place)?.get(usize::from(height))?.get(usize::try_from(first >> height).ok()?).copied()
    }
}

/// The hashes of a tile's complete nodes, by height: its own, those of pairs, of fours, ….
fn heights(hashes: &[u8]) -> Vec<Vec<TreeHash>> {
    let lowest = hashes.as_chunks::<32>().0.to_vec();
    let above = |below: &Vec<TreeHash>| {
        let pairs = below.as_chunks::<2>().0;
        (!pairs.is_empty()).then(|| pairs.iter().map(|[left, right]| node_hash(left, right)).collect())
    };
    std::iter::successors(Some(lowest), above).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use ballot::merkle::{consistency_nodes, consistency_proof, inclusion_nodes, inclusion_proof, leaf_hash};
    use ballot::merkle::{verify_consistency, verify_inclusion};

    /// A store of tiles that gives out the right edge as the database does.
    #[derive(Default)]
    struct Board {
        tiles: HashMap<(i64, i64), Vec<u8>>,
        size: i64,
        frontier: Vec<u8>,
        roots: Vec<TreeHash>,
    }

    impl Board {
        fn append(&mut self, leaves: &[TreeHash]) {
            let edge = (0..3).map(|level| (level, self.size >> (8 * (level + 1))));
            let edge = edge.filter_map(|place| {
                let hashes = self.tiles.get(&place)?.clone();
                Some(TileRecord { level: place.0, position: place.1, hashes })
            });
            let edge = Edge { size: self.size, frontier: self.frontier.clone(), tiles: edge.collect() };
            let sealed = seal("test", &LogKey::from_seed(&[7; 32]), edge, leaves).expect("the tiles fit");
            (self.size, self.frontier) = (sealed.size, sealed.frontier);
            self.roots.resize(sealed.size as usize, [0; 32]);
            self.roots.push(sealed.root);
            self.tiles.extend(sealed.tiles.into_iter().map(|tile| ((tile.level, tile.position), tile.hashes)));
        }
    }

    #[test]
    fn every_leaf_is_proved_from_tiles_whatever_the_batches() {
        let leaves: Vec<TreeHash> = (0..1100_u32).map(|n| leaf_hash(&n.to_be_bytes())).collect();
        let mut board = Board::default();
        let mut rest = leaves.as_slice();
        for batch in [1, 2, 253, 1, 300, 255, 256, 32].into_iter() {
            let (now, later) = rest.split_at(batch);
            board.append(now);
            rest = later;
        }
        assert!(rest.is_empty());
        let tiles = board.tiles.into_iter();
        let tiles = tiles.map(|((level, position), hashes)| TileRecord { level, position, hashes });
        let tiles = Tiles::new(tiles.collect());
        for size in [1_u64, 3, 256, 257, 557, 812, 1068, 1100] {
            let root = board.roots[size as usize];
            for index in (0..size).step_by(7) {
                assert!(inclusion_nodes(index, size).into_iter().all(|node| tiles.hash(node).is_some()));
                let proof = inclusion_proof(index, size, |node| tiles.hash(node)).expect("all tiles are there");
                verify_inclusion(&leaves[index as usize], index, size, &proof, &root).expect("holds");
            }
            assert!(consistency_nodes(size, 1100).into_iter().all(|node| tiles.hash(node).is_some()));
            let proof = consistency_proof(size, 1100, |node| tiles.hash(node)).expect("all tiles are there");
            verify_consistency(size, 1100, &root, &board.roots[1100], &proof).expect("holds");
        }
    }
}
