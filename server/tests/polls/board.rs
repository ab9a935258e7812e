//! The board as other programs read it: tiles, proofs, caching.

use super::world::{World, choices, engines};
use axum::http::{StatusCode, header};
use ballot::checkpoint::Note;
use ballot::merkle::{leaf_hash, verify_consistency, verify_inclusion};
use ballot::tiles::{Holds, all, decode_bundle};
use types::ErrorCode;
use types::polls::{BoardHead, BoardPage, ConsistencyProof, Receipt};

#[tokio::test(flavor = "multi_thread")]
async fn tiles_entries_and_proofs_tell_one_story() {
    for engine in engines().await {
        let mut world = World::with(11, engine).await;
        let poll = world.open().await;
        let receipt: Receipt = world.cast(poll, 0, &choices(0)).await.json();
        // Enough for a full tile: voting again is cheap.
        for n in 0..130 {
            assert!(world.cast(poll, 1 + n % 10, &choices(n)).await.status.is_success());
        }
        let board = format!("/polls/{poll}/board");
        let head: BoardHead = world.get(&format!("{board}/head")).await.json();
        let (origin, key, _) = {
            let mut parts = head.log_key.splitn(3, '+');
            (parts.next().expect("a name"), parts.nth(1).expect("a key"), ())
        };
        let key = data_encoding::BASE64.decode(key.as_bytes()).expect("base64");
        let note = world.get(&format!("{board}/checkpoint")).await;
        assert_eq!(note.headers[header::CACHE_CONTROL], "no-cache");
        let note = String::from_utf8(note.body).expect("text");
        let signed = Note::parse(&note)
            .expect("a note")
            .checkpoint(origin, key[1..].try_into().expect("32 bytes"))
            .expect("signed");
        assert_eq!((signed.size, signed.root), (head.size, head.root.0));

        let mut entries = Vec::new();
        for tile in all(head.size) {
            let answer = world.get(&format!("{board}/{}", tile.path())).await;
            assert_eq!(answer.status, StatusCode::OK, "{}", tile.path());
            assert!(answer.headers[header::CACHE_CONTROL].to_str().expect("text").contains("immutable"));
            match tile.holds {
                Holds::Entries => {
                    entries.extend(decode_bundle(&answer.body).expect("a bundle").into_iter().map(<[u8]>::to_vec))
                }
                Holds::Hashes(0) => {
                    let first = usize::try_from(tile.index * 256).expect("small");
                    let leaves: Vec<u8> =
                        entries[first..first + usize::from(tile.width)].iter().flat_map(|e| leaf_hash(e)).collect();
                    assert_eq!(answer.body, leaves);
                }
                Holds::Hashes(_) => assert_eq!(answer.body.len(), 32 * usize::from(tile.width)),
            }
        }
        assert_eq!(entries.len() as u64, head.size);
        let mut plain = Vec::new();
        while (plain.len() as u64) < head.size {
            let page: BoardPage = world.get(&format!("{board}/entries?from={}", plain.len())).await.json();
            assert_eq!(page.entries[0].leaf, plain.len() as u64);
            plain.extend(page.entries.into_iter().map(|entry| entry.bytes.0));
        }
        assert_eq!(plain, entries);

        let proof = &receipt.proof;
        let hashes = |proof: &[types::bytes::Hex32]| proof.iter().map(|hash| hash.0).collect::<Vec<_>>();
        let old = Note::parse(&proof.checkpoint)
            .expect("a note")
            .checkpoint(origin, key[1..].try_into().expect("32 bytes"))
            .expect("signed");
        let leaf = leaf_hash(&entries[usize::try_from(proof.leaf).expect("small")]);
        verify_inclusion(&leaf, proof.leaf, proof.size, &hashes(&proof.inclusion), &old.root)
            .expect("in the tree of the receipt");
        let path = format!("{board}/proof/consistency?from={}&to={}", old.size, head.size);
        let grown: ConsistencyProof = world.get(&path).await.json();
        verify_consistency(old.size, head.size, &old.root, &head.root.0, &hashes(&grown.proof))
            .expect("the same board");
        let path = format!("{board}/proof/inclusion?leaf={}&size={}", proof.leaf, head.size);
        let inclusion: serde_json::Value = world.get(&path).await.json();
        let inclusion: Vec<types::bytes::Hex32> = serde_json::from_value(inclusion["proof"].clone()).expect("hashes");
        verify_inclusion(&leaf, proof.leaf, head.size, &hashes(&inclusion), &head.root.0).expect("in the newest tree");

        for (path, code) in [
            ("tile/0/009", ErrorCode::NotFound),
            ("tile/0/x000/000", ErrorCode::NotFound),
            ("tile/entries/000.p/0", ErrorCode::NotFound),
            ("tile/64/000", ErrorCode::NotFound),
            ("proof/inclusion?leaf=5&size=5", ErrorCode::Invalid),
            ("proof/inclusion?leaf=0&size=18446744073709551615", ErrorCode::Invalid),
            ("proof/consistency?from=9&to=3", ErrorCode::Invalid),
            ("proof/consistency?from=x", ErrorCode::Invalid),
            ("entries?from=-1", ErrorCode::Invalid),
        ] {
            world.get(&format!("{board}/{path}")).await.is(code);
        }
        let beyond: BoardPage = world.get(&format!("{board}/entries?from=18446744073709551615")).await.json();
        assert_eq!((beyond.entries.len(), beyond.size), (0, head.size));
        for path in ["/polls/x", "/polls/00000000000000000000000000000000", "/polls/%F0%9F%97%B3/board/head"] {
            world.get(path).await.is(ErrorCode::NotFound);
        }
        let manifest = world.get(&format!("/polls/{poll}/manifest")).await.body;
        assert_eq!(entries[0][18..], manifest, "the manifest is the first entry after its header");
    }
}
