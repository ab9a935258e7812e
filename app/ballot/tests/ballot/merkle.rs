//! The log against the RFC, against the reference implementation's cases, and against itself.

use ballot::checkpoint::{Checkpoint, CheckpointError, LogKey, Note, Witness, cosign};
use ballot::merkle::*;
use ballot::tiles::{self, Holds, Tile};
use data_encoding::{BASE64, HEXLOWER};
use proptest::prelude::*;
use std::collections::HashMap;
use std::path::{Path, PathBuf};

fn hash(hex: &str) -> TreeHash {
    HEXLOWER.decode(hex.as_bytes()).unwrap().try_into().unwrap()
}

/// The trees of RFC 6962's reference test data: eight leaves, known roots.
#[test]
fn roots_of_the_known_trees() {
    let leaves = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];
    let roots = [
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ];
    assert_eq!(empty_root(), hash("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"));
    let mut frontier = Frontier::new();
    for (leaf, root) in leaves.into_iter().zip(roots) {
        frontier.append(leaf_hash(&HEXLOWER.decode(leaf.as_bytes()).unwrap()));
        assert_eq!(frontier.root(), hash(root));
    }
}

fn data() -> Option<PathBuf> {
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    let folder = std::env::var_os("MINYI_DATA").map_or(shared, PathBuf::from).join("merkle/testdata");
    folder.is_dir().then_some(folder)
}

fn cases(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { cases(&path, found) } else { found.push(path) }
    }
}

#[test]
fn the_reference_implementations_cases_agree() {
    let Some(folder) = data() else {
        return crate::skipped("no merkle/testdata in the folder that MINYI_DATA names");
    };
    let mut files = vec![];
    cases(&folder, &mut files);
    let mut checked = 0;
    for file in files.iter().filter(|f| f.extension().is_some_and(|e| e == "json")) {
        let case: serde_json::Value = serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap();
        let number = |name: &str| case[name].as_u64();
        let bytes = |value: &serde_json::Value| BASE64.decode(value.as_str().unwrap_or("").as_bytes()).unwrap();
        // The reference takes hashes of any length. Ours are 32 bytes: another length stands in as a hash of its own,
        // equal where the strings are equal. A leaf or a root of another length is refused by its type.
        let sized = |value: &serde_json::Value| {
            let bytes = bytes(value);
            TreeHash::try_from(bytes.as_slice()).unwrap_or_else(|_| leaf_hash(&bytes))
        };
        let proof: Vec<TreeHash> = case["proof"].as_array().into_iter().flatten().map(sized).collect();
        let ok = if case.get("leafIdx").is_some() {
            let exact = |name: &str| TreeHash::try_from(bytes(&case[name])).ok();
            let (leaf, root) = (exact("leafHash"), exact("root"));
            let (index, size) = (number("leafIdx"), number("treeSize"));
            (|| verify_inclusion(&leaf?, index?, size?, &proof, &root?).ok())()
        } else {
            let (one, two) = (sized(&case["root1"]), sized(&case["root2"]));
            let (old, new) = (number("size1"), number("size2"));
            (|| verify_consistency(old?, new?, &one, &two, &proof).ok())()
        };
        assert_eq!(ok.is_none(), case["wantErr"].as_bool().unwrap_or(false), "{}", file.display());
        checked += 1;
    }
    assert!(checked > 100, "{checked} cases");
}

fn tree(size: u64) -> (Frontier, HashMap<Node, TreeHash>, Vec<TreeHash>) {
    let (mut frontier, mut nodes, mut roots) = (Frontier::new(), HashMap::new(), vec![empty_root()]);
    for i in 0..size {
        nodes.extend(frontier.append(leaf_hash(&i.to_be_bytes())));
        roots.push(frontier.root());
    }
    (frontier, nodes, roots)
}

#[test]
fn every_proof_of_every_small_tree_verifies_and_asks_for_stored_nodes_only() {
    let (_, nodes, roots) = tree(70);
    let stored = |node: Node| nodes.get(&node).copied();
    for size in 1..=70_u64 {
        let root = roots[size as usize];
        assert_eq!(tree_root(size, stored), Some(root));
        let subtrees = root_nodes(size).into_iter().map(|n| nodes[&n]).collect();
        assert_eq!(Frontier::from_subtrees(size, subtrees).unwrap().root(), root);
        for index in 0..size {
            let proof = inclusion_proof(index, size, stored).unwrap();
            let leaf = leaf_hash(&index.to_be_bytes());
            assert_eq!(verify_inclusion(&leaf, index, size, &proof, &root), Ok(()));
            assert!(verify_inclusion(&leaf, index ^ 1, size, &proof, &root).is_err() || size == 1);
            assert!(verify_inclusion(&leaf, index, size, &proof, &[0; 32]).is_err());
            assert!(inclusion_nodes(index, size).iter().all(|n| nodes.contains_key(n)));
        }
        for old in 1..=size {
            let proof = consistency_proof(old, size, stored).unwrap();
            assert_eq!(verify_consistency(old, size, &roots[old as usize], &root, &proof), Ok(()));
            assert!(verify_consistency(old, size, &[0; 32], &root, &proof).is_err());
            assert!(verify_consistency(old, size, &roots[old as usize], &[0; 32], &proof).is_err());
        }
        assert_eq!(inclusion_proof(size, size, stored), None);
        assert_eq!(consistency_proof(size + 1, size, stored), None);
    }
}

proptest! {
    #[test]
    fn random_proofs_never_panic(
        numbers: (u64, u64), proof in proptest::collection::vec(any::<[u8; 32]>(), 0..70), root: [u8; 32],
    ) {
        let _ = verify_inclusion(&root, numbers.0, numbers.1, &proof, &root);
        let _ = verify_consistency(numbers.0, numbers.1, &root, &root, &proof);
        let _ = inclusion_nodes(numbers.0, numbers.1);
        let _ = consistency_nodes(numbers.0, numbers.1);
    }

    #[test]
    fn tile_paths_round_trip(level in 0_u8..64, index: u64, width in 1_u16..=256, entries: bool) {
        let holds = if entries { Holds::Entries } else { Holds::Hashes(level) };
        let tile = Tile { holds, index, width };
        prop_assert_eq!(Tile::parse(&tile.path()), Some(tile));
    }

    #[test]
    fn strange_paths_and_notes_never_panic(text in ".{0,60}") {
        if let Some(tile) = Tile::parse(&text) {
            prop_assert_eq!(tile.path(), text.clone());
        }
        let _ = Tile::parse(&format!("tile/{text}"));
        let _ = Note::parse(&format!("{text}\n\n— {text}\n"));
    }

    #[test]
    fn bundles_round_trip(entries in proptest::collection::vec(proptest::collection::vec(any::<u8>(), 0..40), 0..9)) {
        let bundle = tiles::encode_bundle(entries.iter().map(Vec::as_slice)).unwrap();
        prop_assert_eq!(tiles::decode_bundle(&bundle).unwrap(), entries.iter().map(Vec::as_slice).collect::<Vec<_>>());
    }
}

#[test]
fn paths_are_those_of_the_specification() {
    let path = |holds, index, width| Tile { holds, index, width }.path();
    assert_eq!(path(Holds::Hashes(0), 1_234_067, 256), "tile/0/x001/x234/067");
    assert_eq!(path(Holds::Hashes(1), 0, 256), "tile/1/000");
    assert_eq!(path(Holds::Entries, 273, 112), "tile/entries/273.p/112");
    for bad in [
        "tile/0/0",
        "tile/0/x000/001",
        "tile/0/000.p/256",
        "tile/0/000.p/0",
        "tile/00/000",
        "tile/0/067/x001",
        "tile/0/000.p/05",
    ] {
        assert_eq!(Tile::parse(bad), None, "{bad}");
    }
    let all: Vec<String> = tiles::all(70_000).iter().map(Tile::path).collect();
    assert_eq!(all.len(), 274 * 2 + 2 + 1);
    assert!(
        ["tile/entries/273.p/112", "tile/0/273.p/112", "tile/1/001.p/17", "tile/2/000.p/1"]
            .iter()
            .all(|p| all.contains(&p.to_string()))
    );
    assert!(tiles::all(70_000).iter().all(|t| t.exists(70_000)));
    assert!(!Tile { holds: Holds::Hashes(1), index: 1, width: 18 }.exists(70_000));
}

#[test]
fn checkpoints_are_signed_read_cosigned_and_refused() {
    let (log, witness) = (LogKey::from_seed(&[1; 32]), LogKey::from_seed(&[2; 32]));
    let checkpoint = Checkpoint { origin: "minyi.example/polls/00".into(), size: 7, root: [3; 32] };
    let mut note = checkpoint.sign(&log);
    let line = cosign(&note, "witness.example", &witness, 1_764_000_000).unwrap();
    note.push_str(&line);
    let parsed = Note::parse(&note).unwrap();
    assert_eq!(parsed.checkpoint(&checkpoint.origin, &log.public()), Ok(checkpoint.clone()));
    let witnesses = [Witness { name: "witness.example".into(), key: witness.public() }];
    let cosigned = parsed.cosignatures(&witnesses).unwrap();
    assert_eq!((cosigned.len(), cosigned[0].time), (1, 1_764_000_000));
    assert_eq!(parsed.checkpoint("other", &log.public()), Err(CheckpointError::WrongOrigin));
    assert_eq!(parsed.checkpoint(&checkpoint.origin, &witness.public()), Err(CheckpointError::BadSignature));
    let forged = note.replacen("\n7\n", "\n8\n", 1);
    let forged = Note::parse(&forged).unwrap();
    assert_eq!(forged.checkpoint(&checkpoint.origin, &log.public()), Err(CheckpointError::BadSignature));
    assert_eq!(forged.cosignatures(&witnesses), Err(CheckpointError::BadSignature));
    for bad in [note.replacen("\n7\n", "\n07\n", 1), note.trim_end().into(), note.replace("\n\n", "\n"), String::new()]
    {
        assert!(Note::parse(&bad).and_then(|n| n.checkpoint(&checkpoint.origin, &log.public())).is_err());
    }
}
