//! What each fuzz target does with its bytes. The corpus runs through the same functions in an ordinary test.

use ballot::board::State;
use ballot::checkpoint::Note;
use ballot::tiles::{self, Tile};
use ballot::verify::{Options, Verifier};
use ballot::{Entry, Kind, Manifest, Payload, RecoveryCode, Refusal, Tracker};
use data_encoding::HEXLOWER;
use ed25519_dalek::{Signer as _, SigningKey};
use sha2::{Digest as _, Sha512};
use std::sync::OnceLock;

/// An entry is written back as it was read.
pub(crate) fn entry(data: &[u8]) {
    if let Ok(entry) = Entry::decode(data) {
        assert_eq!(entry.encode(), data);
    }
}

/// A manifest is written back as it was read.
pub(crate) fn manifest(data: &[u8]) {
    if let Ok(manifest) = Manifest::parse(data) {
        assert_eq!(manifest.to_bytes().as_deref(), Ok(data));
    }
}

/// A note never panics.
pub(crate) fn checkpoint(data: &[u8]) {
    if let Ok(note) = std::str::from_utf8(data).map(Note::parse) {
        let _ = note.map(|note| note.checkpoint("minyi.example/polls/00", &[1; 32]));
    }
}

/// A bundle is written back as it was read.
pub(crate) fn bundle(data: &[u8]) {
    if let Ok(entries) = tiles::decode_bundle(data) {
        assert_eq!(tiles::encode_bundle(entries).as_deref(), Ok(data));
    }
}

/// What people type, and paths.
pub(crate) fn text(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    if let Some(tile) = Tile::parse(text) {
        assert_eq!(tile.path(), text);
    }
    if let Ok(tracker) = text.parse::<Tracker>() {
        assert_eq!(tracker.to_string().parse(), Ok(tracker));
    }
    let _ = text.parse::<RecoveryCode>();
}

/// Whatever stands on a board, the verifier comes to an end.
pub(crate) fn board(data: &[u8]) {
    let Ok(entries) = tiles::decode_bundle(data) else {
        return;
    };
    let mut verifier = Verifier::new(Options::default());
    for entry in entries {
        verifier.push(entry);
    }
    assert!(verifier.finish().exit_code() <= 13);
}

const VECTORS: &str = include_str!("../vectors/board.json");

/// The vectors' board in front of its first entry of this kind, and the first voter's seed.
fn before(kind: Kind) -> (State, Vec<u8>) {
    let board: serde_json::Value = serde_json::from_str(VECTORS).expect("the vectors are JSON");
    let bytes = |value: &serde_json::Value| HEXLOWER.decode(value.as_str().unwrap_or("").as_bytes()).expect("hex");
    let mut state = State::new();
    for entry in board["entries"].as_array().into_iter().flatten().map(bytes) {
        if entry.get(1) == Some(&(kind as u8)) {
            break;
        }
        let checked = state.check(&entry).expect("the vectors hold");
        state.apply(&checked).expect("the vectors hold");
    }
    (state, bytes(&board["ballot"]["voter_seed"]))
}

/// A ballot where the vectors' first one is taken: as it is, and signed by its voter.
pub(crate) fn ballot(data: &[u8]) {
    static BOARD: OnceLock<(State, Vec<u8>)> = OnceLock::new();
    let (state, seed) = BOARD.get_or_init(|| before(Kind::Ballot));
    cast(state, data);
    let Some((unsigned, _)) = data.split_last_chunk::<64>() else { return };
    let Some(context) = state.course().context() else { return };
    let key = t("voter-key", &[seed, &context.poll().0]);
    let key = SigningKey::from_bytes(key.first_chunk().expect("64 bytes"));
    let message = t("signature", &[key.verifying_key().as_bytes(), context.hash(), unsigned]);
    cast(state, &[unsigned, &key.sign(&message).to_bytes()].concat());
}

/// A ballot that is taken cannot be taken again.
fn cast(state: &State, data: &[u8]) {
    let mut after = state.clone();
    if let (Some(13), Ok(checked)) = (data.get(1), state.check(data))
        && after.apply(&checked).is_ok()
    {
        assert_eq!(after.check(data).err(), Some(Refusal::Duplicate));
    }
}

/// A challenge where the vectors' one is taken: its ballot can never be cast.
pub(crate) fn challenge(data: &[u8]) {
    static BOARD: OnceLock<(State, Vec<u8>)> = OnceLock::new();
    let (state, _) = BOARD.get_or_init(|| before(Kind::Challenge));
    let mut after = state.clone();
    if let (Ok(checked), Ok(entry)) = (state.check(data), Entry::decode(data))
        && let (Payload::Challenge(challenge), Ok(_)) = (entry.payload, after.apply(&checked))
    {
        let cast = after.check(&challenge.ballot).and_then(|checked| after.apply(&checked));
        assert_eq!(cast, Err(Refusal::ReusedPoint));
    }
}

/// `T(label; parts)` of docs/BALLOT.md.
fn t(label: &str, parts: &[&[u8]]) -> [u8; 64] {
    let mut hash = Sha512::new();
    for part in [b"minyi-ballot/1", label.as_bytes()].iter().chain(parts) {
        hash.update(u32::try_from(part.len()).unwrap_or(u32::MAX).to_be_bytes());
        hash.update(part);
    }
    hash.finalize().into()
}
