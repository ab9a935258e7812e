//! Records that were tampered with, file by file; trackers; heads that were seen before.

use super::{Outcome, Source, recount};
use ballot::Tracker;
use ballot::verify::Step;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;
use world::{World, draft, note};

#[path = "../../../examples/bench/folder.rs"]
mod folder;
#[path = "../../../../app/ballot/tests/ballot/world.rs"]
#[expect(dead_code, reason = "shared with ballot's tests, which use all of it")]
mod world;

/// Voters: so many that the roll and the votes fill more than one tile.
const VOTERS: u32 = 140;

/// A finished poll in which voter 3 has voted twice, as a folder; the trackers of voter 3's ballots.
fn record() -> (TempDir, World, [Tracker; 2]) {
    let mut world = World::open(&draft((2, 3)), VOTERS);
    let mut trackers = Vec::new();
    for slot in 1..=VOTERS {
        let mut voter = world.voter(slot);
        let tracker = world.vote(&mut voter, &[vec![u16::try_from(slot % 3).unwrap()], vec![1]]);
        if slot == 3 {
            trackers = vec![tracker, world.vote(&mut voter, &[vec![2], vec![0, 3]])];
        }
    }
    world.close();
    world.count();
    let place = tempfile::tempdir().unwrap();
    folder::save(place.path(), &world.board, &note(&world.manifest, &world.board));
    (place, world, trackers.try_into().unwrap())
}

fn verify(folder: &Path, tracker: Option<Tracker>, saved: &[String]) -> Outcome {
    recount(&Source::open(&folder.display().to_string()).unwrap(), tracker, saved, &mut |_, _| ()).unwrap()
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

#[test]
fn a_record_holds_and_says_what_was_counted() {
    let (place, world, [replaced, counted]) = record();
    let outcome = verify(place.path(), Some(counted), &[]);
    assert_eq!(outcome.report.first_failure(), None, "{}", outcome.to_text());
    assert_eq!(outcome.report.entries, world.board.len() as u64);
    assert_eq!((outcome.report.cast, outcome.report.counted), (VOTERS + 1, VOTERS));
    let votes: u32 = outcome.totals[0].iter().map(|(_, votes)| votes).sum();
    assert_eq!(votes, VOTERS);
    let json: serde_json::Value = serde_json::from_str(&outcome.to_json()).unwrap();
    assert_eq!((&json["holds"], &json["tracker"]), (&true.into(), &"counted".into()));
    for (tracker, finding) in [(replaced, "replaced"), (Tracker([0; 10]), "unknown-tracker")] {
        let outcome = verify(place.path(), Some(tracker), &[]);
        assert_eq!(outcome.report.exit_code(), 13);
        assert_eq!(outcome.report.steps[12].findings[0].code, finding);
    }
}

#[test]
fn every_file_of_a_record_is_checked() {
    let (place, ..) = record();
    let all = files(place.path());
    assert!(all.len() >= 6, "a checkpoint, bundles and tiles: {all:?}");
    for file in all {
        let whole = fs::read(&file).unwrap();
        for place_in_file in [0, whole.len() / 2, whole.len() - 1] {
            let mut tampered = whole.clone();
            tampered[place_in_file] ^= 1;
            fs::write(&file, &tampered).unwrap();
            let outcome = verify(place.path(), None, &[]);
            assert!(outcome.report.first_failure().is_some(), "byte {place_in_file} of {}", file.display());
        }
        fs::remove_file(&file).unwrap();
        let source = Source::open(&place.path().display().to_string()).unwrap();
        match recount(&source, None, &[], &mut |_, _| ()) {
            Ok(outcome) => {
                let step = if file.ends_with("manifest.json") { Step::Parameters } else { Step::Tree };
                assert_eq!(outcome.report.first_failure(), Some(step), "without {}", file.display());
            }
            Err(error) => assert!(error.place.ends_with("checkpoint"), "{error}"),
        }
        fs::write(&file, whole).unwrap();
    }
    assert_eq!(verify(place.path(), None, &[]).report.first_failure(), None);
}

#[test]
fn a_hash_tile_that_does_not_fit_fails_the_tree() {
    let (place, ..) = record();
    let tile = place.path().join("tile/0/000");
    let mut bytes = fs::read(&tile).unwrap();
    bytes[40] ^= 1;
    fs::write(&tile, bytes).unwrap();
    let outcome = verify(place.path(), None, &[]);
    assert_eq!(outcome.report.first_failure(), Some(Step::Tree));
    assert_eq!(outcome.report.steps[1].findings[0].code, "wrong-tile");
}

#[test]
fn a_board_that_was_rewritten_does_not_contain_the_head_seen_before() {
    let (place, world, _) = record();
    let seen = note(&world.manifest, &world.board[..200]);
    assert_eq!(verify(place.path(), None, &[seen]).report.first_failure(), None);
    let mut other = world.board[..200].to_vec();
    other.swap(150, 151);
    let forked = note(&world.manifest, &other);
    assert_eq!(verify(place.path(), None, &[forked]).report.first_failure(), Some(Step::Tree));
}
