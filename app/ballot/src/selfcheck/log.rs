//! `vectors/log.json`: roots, proofs, paths of tiles, a checkpoint with a cosignature.

use super::{array, ensure};
use crate::checkpoint::{Note, Witness};
use crate::merkle::{Frontier, TreeHash, verify_consistency, verify_inclusion};
use crate::tiles::Tile;
use serde::Deserialize;

#[derive(Deserialize)]
struct Vectors {
    leaves: Vec<String>,
    roots: Vec<String>,
    inclusion: Vec<Proof>,
    consistency: Vec<Proof>,
    tiles: Vec<String>,
    log_key: String,
    witness_key: String,
    checkpoint: String,
}

#[derive(Deserialize)]
struct Proof {
    of: u64,
    r#in: u64,
    proof: Vec<String>,
}

fn hashes(list: &[String]) -> Result<Vec<TreeHash>, String> {
    list.iter().map(|hex| array(hex)).collect()
}

pub(super) fn check(json: &str) -> Result<(), String> {
    let vectors: Vectors = serde_json::from_str(json).map_err(|e| e.to_string())?;
    let (leaves, roots) = (hashes(&vectors.leaves)?, hashes(&vectors.roots)?);
    let mut frontier = Frontier::new();
    for (leaf, root) in leaves.iter().zip(&roots) {
        frontier.append(*leaf);
        ensure(frontier.root() == *root, format!("root of {} leaves", frontier.size()))?;
    }
    ensure(leaves.len() == roots.len(), "one root for each leaf")?;
    let of = |list: &[TreeHash], n: u64| {
        usize::try_from(n).ok().and_then(|n| list.get(n)).copied().ok_or_else(|| format!("there is no {n}"))
    };
    for Proof { of: leaf, r#in: size, proof } in &vectors.inclusion {
        let root = of(&roots, size - 1)?;
        let holds = verify_inclusion(&of(&leaves, *leaf)?, *leaf, *size, &hashes(proof)?, &root);
        ensure(holds.is_ok(), format!("leaf {leaf} in {size}"))?;
    }
    for Proof { of: old, r#in: size, proof } in &vectors.consistency {
        let (before, after) = (of(&roots, old - 1)?, of(&roots, size - 1)?);
        let holds = verify_consistency(*old, *size, &before, &after, &hashes(proof)?);
        ensure(holds.is_ok(), format!("{old} in {size}"))?;
    }
    for path in &vectors.tiles {
        ensure(Tile::parse(path).is_some_and(|tile| tile.path() == *path), path)?;
    }
    let note = Note::parse(&vectors.checkpoint).map_err(|e| e.to_string())?;
    let origin = vectors.checkpoint.lines().next().unwrap_or_default();
    let checkpoint = note.checkpoint(origin, &array(&vectors.log_key)?).map_err(|e| e.to_string())?;
    ensure(checkpoint.size == frontier.size() && checkpoint.root == frontier.root(), "checkpoint")?;
    let witness = Witness { name: "witness.example/w1".to_owned(), key: array(&vectors.witness_key)? };
    let cosigned = note.cosignatures(&[witness]).map_err(|e| e.to_string())?;
    ensure(cosigned.len() == 1, "cosignature")
}
