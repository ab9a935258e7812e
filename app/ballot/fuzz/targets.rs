//! What each fuzz target does with its bytes. The corpus runs through the same functions in an ordinary test.

use ballot::checkpoint::Note;
use ballot::tiles::{self, Tile};
use ballot::verify::{Options, Verifier};
use ballot::{Entry, Manifest, RecoveryCode, Tracker};

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
