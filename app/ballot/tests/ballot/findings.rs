//! What the verifier finds in checkpoints, saved heads, and replaced ballots, code by code.

use crate::poll::closed;
use crate::world::{frontier, log_key, note};
use ballot::checkpoint::{Checkpoint, LogKey, Witness, cosign};
use ballot::verify::{Head, Options, Step};
use ballot::{Manifest, Verifier};

/// A manifest and its finished board.
fn finished() -> (Manifest, Vec<Vec<u8>>) {
    let (mut world, _) = closed();
    world.count();
    (world.manifest, world.board)
}

/// The codes of a step, for notes that come before and after the entries.
fn codes(board: &[Vec<u8>], [before, after]: [&[String]; 2], options: Options, step: Step) -> Vec<&'static str> {
    let mut verifier = Verifier::new(options);
    before.iter().for_each(|note| verifier.checkpoint(note));
    board.iter().for_each(|entry| verifier.push(entry));
    for index in verifier.wanted() {
        verifier.supply(index, &board[usize::try_from(index).unwrap()]);
    }
    after.iter().for_each(|note| verifier.checkpoint(note));
    let report = verifier.finish();
    report.steps[usize::from(step.number()) - 1].findings.iter().map(|finding| finding.code).collect()
}

#[test]
fn checkpoints_that_do_not_fit_are_named() {
    let (manifest, board) = finished();
    let tree = |before: &[String], after: &[String]| codes(&board, [before, after], Options::default(), Step::Tree);
    let whole = note(&manifest, &board);
    let size = board.len() as u64;
    let signed = |origin: &str, size, root, key: &LogKey| Checkpoint { origin: origin.into(), size, root }.sign(key);
    let (origin, root) = (manifest.log.origin.as_str(), frontier(&board).root());
    let prefix = note(&manifest, &board[..size as usize - 1]);
    assert_eq!(tree(&[], std::slice::from_ref(&whole)), [""; 0]);
    assert_eq!(tree(&[prefix.clone(), whole.clone()], &[]), [""; 0]);
    for (before, after, expected) in [
        (vec![], vec![], vec!["no-checkpoint"]),
        (vec![], vec!["no note".into()], vec!["malformed-checkpoint", "no-checkpoint"]),
        (vec![], vec![signed("elsewhere", size, root, &log_key())], vec!["other-log", "no-checkpoint"]),
        (
            vec![],
            vec![signed(origin, size, root, &LogKey::from_seed(&[1; 32]))],
            vec!["unsigned-checkpoint", "no-checkpoint"],
        ),
        (vec![], vec![signed(origin, size, [0; 32], &log_key())], vec!["wrong-checkpoint"]),
        (vec![], vec![prefix.clone()], vec!["late-checkpoint", "no-checkpoint"]),
        (vec![prefix], vec![], vec!["uncovered-entries"]),
        (vec![], vec![signed(origin, size + 1, root, &log_key())], vec!["missing-entries"]),
    ] {
        assert_eq!(tree(&before, &after), expected);
    }
}

#[test]
fn heads_seen_before_are_heads_of_this_tree() {
    let (manifest, board) = finished();
    let whole = [note(&manifest, &board)];
    let with = |head: Head| {
        let options = Options { heads: vec![head], ..Options::default() };
        codes(&board, [&[], &whole], options, Step::Tree)
    };
    let seen = frontier(&board[..20]);
    assert_eq!(with(Head { size: 20, root: seen.root() }), [""; 0]);
    assert_eq!(with(Head { size: 20, root: [0; 32] }), ["forked-head"]);
    assert_eq!(with(Head { size: 2_000, root: [0; 32] }), ["missing-entries"]);
}

#[test]
fn a_witness_is_a_key_and_counts_once() {
    let (manifest, board) = finished();
    let (one, two) = (LogKey::from_seed(&[1; 32]), LogKey::from_seed(&[2; 32]));
    let witness = |name: &str, key: &LogKey| Witness { name: name.into(), key: key.public() };
    let body = note(&manifest, &board);
    let signed = |signers: &[(&str, &LogKey)]| {
        signers.iter().fold(body.clone(), |note, (name, key)| note.clone() + &cosign(&note, name, key, 7).unwrap())
    };
    let found = |note: String, witnesses: Vec<Witness>, cosignatures| {
        codes(&board, [&[], &[note]], Options { witnesses, cosignatures, ..Options::default() }, Step::Tree)
    };
    let both = || vec![witness("w.example/1", &one), witness("w.example/2", &two)];
    assert_eq!(found(signed(&[("w.example/1", &one)]), both(), 1), [""; 0]);
    assert_eq!(found(signed(&[("w.example/1", &one)]), both(), 2), ["too-few-cosignatures"]);
    assert_eq!(found(signed(&[("w.example/1", &one), ("w.example/2", &two)]), both(), 2), [""; 0]);
    // The same signature twice, one name for two keys, one key under two names: one witness each time.
    assert_eq!(found(signed(&[("w.example/1", &one), ("w.example/1", &one)]), both(), 2), ["too-few-cosignatures"]);
    let renewed = vec![witness("w.example/1", &one), witness("w.example/1", &two)];
    assert_eq!(found(signed(&[("w.example/1", &one)]), renewed, 2), ["too-few-cosignatures"]);
    let aliases = vec![witness("w.example/1", &one), witness("w.example/2", &one)];
    let twice = signed(&[("w.example/1", &one), ("w.example/2", &one)]);
    assert_eq!(found(twice, aliases, 2), ["too-few-cosignatures"]);
    // A stranger's signature is passed over; a false one under a witness's name is not.
    assert_eq!(found(signed(&[("x.example", &two)]), vec![witness("w.example/1", &one)], 1), ["too-few-cosignatures"]);
    let other = cosign(&note(&manifest, &board[..20]), "w.example/1", &one, 7).unwrap();
    assert_eq!(found(body.clone() + &other, both(), 1), ["unsigned-checkpoint", "no-checkpoint"]);
}

#[test]
fn replaced_ballots_that_are_not_supplied_or_not_the_same_are_named() {
    let (manifest, board) = finished();
    let aggregate = |supply: &dyn Fn(&mut Verifier, u64)| {
        let mut verifier = Verifier::new(Options::default());
        board.iter().for_each(|entry| verifier.push(entry));
        for index in verifier.wanted() {
            supply(&mut verifier, index);
        }
        verifier.checkpoint(&note(&manifest, &board));
        let report = verifier.finish();
        assert!(report.first_failure().is_none_or(|step| step == Step::Aggregate));
        report.steps[8].findings.first().map(|finding| finding.code)
    };
    let at = |index: u64| board[usize::try_from(index).unwrap()].as_slice();
    assert_eq!(aggregate(&|verifier, index| verifier.supply(index, at(index))), None);
    assert_eq!(aggregate(&|_, _| ()), Some("not-supplied"));
    assert_eq!(aggregate(&|verifier, index| verifier.supply(index, at(index + 1))), Some("wrong-replaced-ballot"));
}

#[test]
fn a_board_without_a_manifest_in_front_fails_the_first_step() {
    let (manifest, board) = finished();
    let parameters = |board: &[Vec<u8>]| codes(board, [&[], &[]], Options::default(), Step::Parameters);
    assert_eq!(parameters(&board), [""; 0]);
    // Nothing at all: there is nothing to say of it yet, and the tree says that.
    assert_eq!(parameters(&[]), [""; 0]);
    assert_eq!(Verifier::new(Options::default()).finish().exit_code(), Step::Tree.number());
    assert_eq!(parameters(&board[1..]), ["bad-manifest"]);
    let mut broken = board.clone();
    broken[0].truncate(100);
    assert_eq!(parameters(&broken), ["bad-manifest"]);
    let mut second = board.clone();
    second.swap(0, 1);
    assert_eq!(parameters(&second), ["out-of-order"]);
    let options = Options { manifest: Some([0; 32]), ..Options::default() };
    assert_eq!(codes(&board, [&[], &[note(&manifest, &board)]], options, Step::Parameters), ["wrong-manifest"]);
}
