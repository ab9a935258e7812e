//! `minyi verify` as a process: scripts go by its exit code.
#![expect(clippy::unwrap_used, reason = "shared with ballot's tests; a test that cannot go on says where")]

use ballot::checkpoint::{LogKey, cosign};
use ballot::entry::Verdict;
use ballot::{Kind, Payload, Tracker};
use forge::resign;
use mend::{Board, change, mend, place};
use std::fs;
use std::path::Path;
use std::process::Command;
use tempfile::TempDir;
use world::{World, draft, note, voter};

#[path = "../../examples/bench/folder.rs"]
mod folder;
#[path = "../../../app/ballot/tests/ballot/forge.rs"]
#[expect(dead_code, reason = "shared with ballot's tests, which use all of it")]
mod forge;
#[path = "../../../app/ballot/tests/ballot/mend.rs"]
mod mend;
#[path = "../../../app/ballot/tests/ballot/world.rs"]
#[expect(dead_code, reason = "shared with ballot's tests, which use all of it")]
mod world;

/// An exit code, and what stands on standard output.
fn verify(args: &[&str]) -> (i32, String) {
    let run = Command::new(env!("CARGO_BIN_EXE_minyi")).arg("verify").args(args).output().unwrap();
    (run.status.code().unwrap(), String::from_utf8(run.stdout).unwrap())
}

fn json(args: &[&str]) -> (i32, serde_json::Value) {
    let (code, out) = verify(&[args, &["--json"]].concat());
    (code, serde_json::from_str(&out).unwrap())
}

/// A poll in which slots 1 to `voters` have voted, slot 1 twice, and slot 2 has opened a ballot; its first tracker, and
/// the one that replaced it. It is open still.
fn open(voters: u32) -> (World, [Tracker; 2]) {
    let mut draft = draft((2, 3));
    draft.questions.truncate(1);
    let mut world = World::open(&draft, 12);
    let mut first = world.voter(1);
    let trackers = [world.vote(&mut first, &[vec![1]]), world.vote(&mut first, &[vec![0]])];
    for slot in 2..=voters {
        let mut voter = world.voter(slot);
        if slot == 2 {
            let sealed = world.seal(&voter, &[vec![2]]);
            let challenge = sealed.opening.challenge(&world.context(), &sealed.bytes);
            world.post(&challenge).unwrap();
        }
        world.vote(&mut voter, &[vec![0]]);
    }
    (world, trackers)
}

fn finished() -> (World, [Tracker; 2]) {
    let (mut world, trackers) = open(10);
    world.close();
    world.count();
    (world, trackers)
}

fn saved(world: &World, board: &Board) -> (TempDir, String) {
    let place = tempfile::tempdir().unwrap();
    folder::save(place.path(), board, &note(&world.manifest, board));
    let path = place.path().display().to_string();
    (place, path)
}

/// The board with something wrong that this step is the first to find.
fn tampered(world: &World, step: i32) -> Board {
    let mut board = world.board.clone();
    let flip = |board: &mut Board, kind: Kind| {
        let at = place(board, kind);
        *board[at].last_mut().unwrap() ^= 1;
    };
    // The last ballot is slot 10's.
    let last = board.iter().rposition(|entry| entry[1] == Kind::Ballot as u8).unwrap();
    match step {
        1 => board.insert(last, vec![1, 0x20, 0]),
        // Slot 9's ballot and slot 10's credential: in either order they are valid.
        2 => board.swap(last - 1, last - 2),
        3 => flip(&mut board, Kind::Confirm),
        4 => flip(&mut board, Kind::Approval),
        5 => *board[last].last_mut().unwrap() ^= 1,
        6 => board.insert(last, board[last].clone()),
        7 => {
            let response = board[last].len() - 64 - 32;
            board[last][response] ^= 1;
            resign(&world.context(), &voter(10), &mut board[last]);
        }
        8 => {
            let nonce = place(&board, Kind::Challenge);
            *board[nonce].last_mut().unwrap() ^= 1;
        }
        9 => drop(board.remove(last)),
        10 => flip(&mut board, Kind::Share),
        11 => {
            let at = place(&board, Kind::Result);
            change(&mut board, at, |payload| {
                let Payload::Result(result) = payload else { panic!() };
                result.questions.as_mut().unwrap()[0].outcome.verdict = Verdict::NotPassed;
            });
        }
        12 => {
            let (mut small, _) = open(9);
            small.close();
            let result = board[place(&board, Kind::Result)].clone();
            return [small.board, vec![result]].concat();
        }
        _ => panic!("no such step"),
    }
    // The close names the tree before it, as a server would that changes its own board.
    if step != 2 {
        mend(&mut board);
    }
    board
}

#[test]
fn each_step_that_fails_is_its_own_exit_code() {
    let (world, [replaced, counted]) = finished();
    for step in 1..=12 {
        let (_place, path) = saved(&world, &tampered(&world, step));
        let (code, report) = json(&[&path]);
        assert_eq!(code, step, "{report:#}");
        assert_eq!((&report["failed"], &report["holds"]), (&step.into(), &false.into()));
        assert_eq!(verify(&[&path]).0, step);
    }
    let (_place, path) = saved(&world, &world.board);
    let (code, report) = json(&[&path, "--tracker", &counted.to_string().to_lowercase()]);
    assert_eq!((code, &report["tracker"], &report["holds"]), (0, &"counted".into(), &true.into()), "{report:#}");
    for (tracker, state) in [(replaced, "replaced"), (Tracker([0; 10]), "unknown-tracker")] {
        let (code, report) = json(&[&path, "--tracker", &tracker.to_string()]);
        assert_eq!((code, &report["tracker"], &report["failed"]), (13, &state.into(), &13.into()));
    }
}

#[test]
fn a_ballot_is_said_to_count_after_the_close_only() {
    let (mut world, [_, last]) = open(10);
    let (_place, path) = saved(&world, &world.board);
    let (code, text) = verify(&[&path, "--tracker", &last.to_string()]);
    assert_eq!(code, 0, "{text}");
    assert!(text.contains("last ballot so far") && !text.contains("it counts"), "{text}");
    world.close();
    let (_place, path) = saved(&world, &world.board);
    assert!(verify(&[&path, "--tracker", &last.to_string()]).1.contains("it counts"));
}

#[test]
fn a_manifest_witnesses_and_heads_known_from_elsewhere_are_compared() {
    let (world, _) = finished();
    let (place, path) = saved(&world, &world.board);
    let hex = |bytes: &[u8]| data_encoding::HEXLOWER.encode(bytes);
    assert_eq!(verify(&[&path, "--manifest", &hex(world.manifest.hash())]).0, 0);
    assert_eq!(json(&[&path, "--manifest", &hex(&[0; 32])]).1["steps"][0]["findings"][0]["code"], "wrong-manifest");
    assert_eq!(verify(&[&path, "--manifest", &hex(&[0; 32])]).0, 1);
    let (one, two) = (LogKey::from_seed(&[1; 32]), LogKey::from_seed(&[2; 32]));
    let [first, second] = [("w.example/1", &one), ("w.example/2", &two)].map(|(name, key)| vkey(name, key));
    let both = ["--witness", first.as_str(), "--witness", second.as_str()];
    let signed = note(&world.manifest, &world.board);
    let signed = signed.clone() + &cosign(&signed, "w.example/1", &one, 1_764_000_000).unwrap();
    let checkpoint = place.path().join("checkpoint");
    assert_eq!(verify(&[&path, "--witness", &first]).0, 2, "nobody has signed");
    fs::write(&checkpoint, signed).unwrap();
    assert_eq!(verify(&[&path, "--witness", &first]).0, 0);
    let (code, report) = json(&[&[path.as_str()][..], &both].concat());
    assert_eq!((code, &report["cosigned"]), (2, &1.into()));
    assert_eq!(report["steps"][1]["findings"][0]["code"], "too-few-cosignatures");
    assert_eq!(verify(&[&[path.as_str()][..], &both, &["--cosignatures", "1"]].concat()).0, 0);
    for (board, code) in [(&world.board[..20], 0), (&world.board[1..21], 2)] {
        let head = place.path().join("seen.txt");
        fs::write(&head, note(&world.manifest, board)).unwrap();
        assert_eq!(verify(&[&path, "--saved", &head.display().to_string()]).0, code);
    }
}

/// The verifier key of a witness, as C2SP's `signed-note` writes it.
fn vkey(name: &str, key: &LogKey) -> String {
    use sha2::{Digest as _, Sha256};
    let bytes = [&[4], &key.public()[..]].concat();
    let id = Sha256::digest([name.as_bytes(), b"\n", &bytes].concat());
    format!("{name}+{}+{}", data_encoding::HEXLOWER.encode(&id[..4]), data_encoding::BASE64.encode(&bytes))
}

#[test]
fn files_of_the_folder_that_are_missing_or_others_fail_the_first_step() {
    let (world, _) = finished();
    let (place, path) = saved(&world, &world.board);
    let manifest = place.path().join("manifest.json");
    let finding = || json(&[&path]).1["steps"][0]["findings"][0]["code"].clone();
    fs::write(&manifest, "{}").unwrap();
    assert_eq!((verify(&[&path]).0, finding()), (1, "wrong-manifest".into()));
    fs::remove_file(&manifest).unwrap();
    assert_eq!((verify(&[&path]).0, finding()), (1, "missing-manifest".into()));
}

#[test]
fn what_cannot_be_read_and_what_cannot_be_understood_have_their_own_codes() {
    let (world, _) = finished();
    let (place, path) = saved(&world, &world.board);
    let nowhere = Path::new(&path).join("nowhere").display().to_string();
    assert_eq!(verify(&[&nowhere]), (20, String::new()));
    assert_eq!(verify(&[&path, "--saved", &nowhere]).0, 20);
    // Nothing listens on port 1 of this machine.
    assert_eq!(verify(&["http://127.0.0.1:1/polls/00"]).0, 20);
    assert_eq!(verify(&[]).0, 64);
    for wrong in [
        ["--tracker", "K7QD"],
        ["--manifest", "00"],
        ["--witness", "w.example"],
        ["--cosignatures", "1"],
        ["--un", "x"],
    ] {
        assert_eq!(verify(&[&[path.as_str()][..], &wrong].concat()).0, 64, "{wrong:?}");
    }
    let (code, help) = verify(&["--help"]);
    assert_eq!(code, 0);
    assert!(["--manifest", "--witness", "--cosignatures", "64 "].iter().all(|word| help.contains(word)), "{help}");
    fs::remove_file(place.path().join("checkpoint")).unwrap();
    assert_eq!(verify(&[&path]).0, 20);
}
