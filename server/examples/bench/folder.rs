//! A board in memory as the folder that `minyi verify` reads. Shared by the measurements and the verifier's tests.

use ballot::entry::HEADER;
use ballot::merkle::{Frontier, leaf_hash};
use ballot::tiles::{self, Holds, encode_bundle, encode_hashes};
use std::collections::HashMap;
use std::fs;
use std::path::Path;

/// Writes every tile of `board`, its manifest, and `note` as its checkpoint.
pub fn save(folder: &Path, board: &[Vec<u8>], note: &str) {
    let mut nodes = HashMap::new();
    let mut tree = Frontier::new();
    for entry in board {
        nodes.extend(tree.append(leaf_hash(entry)));
    }
    for tile in tiles::all(tree.size()) {
        let bytes = match tile.holds {
            Holds::Hashes(_) => encode_hashes(&tile.nodes().map(|node| nodes[&node]).collect::<Vec<_>>()),
            Holds::Entries => {
                let leaves = tile.nodes().map(|node| board[usize::try_from(node.index).expect("in memory")].as_slice());
                encode_bundle(leaves).expect("entries within bounds")
            }
        };
        let path = folder.join(tile.path());
        fs::create_dir_all(path.parent().expect("a folder")).expect("a writable folder");
        fs::write(path, bytes).expect("a writable folder");
    }
    fs::write(folder.join("manifest.json"), &board[0][HEADER..]).expect("a writable folder");
    fs::write(folder.join("checkpoint"), note).expect("a writable folder");
}
