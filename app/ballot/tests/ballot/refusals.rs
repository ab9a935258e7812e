//! Entries that must be refused, put on a finished board all the same by a server that signs whatever it likes. All
//! counts, sums and roots are mended: the one thing that the verifier finds is the entry, by its step and its code.

use crate::generate::changed;
use crate::world::{Voter, World, draft, frontier, report, verifier, voter};
use ballot::entry::MAX_ENTRY;
use ballot::verify::{Options, Report, Step, TrackerState};
use ballot::{
    CheckedBallot, ClerkKey, CredentialState, Entry, Payload, Refusal, Sealing, Tracker, VoterKey, check_ballot,
    check_ballots,
};
use rand_chacha::rand_core::{TryCryptoRng, TryRng};
use std::convert::Infallible;

type Board = Vec<Vec<u8>>;

/// A poll up to its close, and what came after.
struct Record {
    /// Slots 1 to 10 have voted; slot 11 has a credential, slot 12 two.
    world: World,
    tail: Board,
    idle: Voter,
    lost: Voter,
}

impl Record {
    fn new() -> Self {
        let mut draft = draft((2, 3));
        draft.questions.truncate(1);
        let mut world = World::open(&draft, 14);
        for slot in 1..=10 {
            let mut voter = world.voter(slot);
            world.vote(&mut voter, &[vec![0]]);
        }
        let (idle, lost) = (world.voter(11), world.voter(12));
        let reissue = reissue(&world, [50; 32], 12, 2);
        world.post(&reissue).unwrap();
        let (state, open) = (world.state.clone(), world.board.clone());
        world.close();
        world.count();
        let tail = world.board.split_off(open.len());
        world.state = state;
        Self { world, tail, idle, lost }
    }

    /// The board with these entries before the close.
    fn with(&self, entries: &[Vec<u8>]) -> Board {
        let mut board = [self.world.board.as_slice(), entries].concat();
        let read = verifier(&board, Options::default());
        let (slots, tree) = (read.state().slots(), frontier(&board));
        let mut close = Entry::decode(&self.tail[0]).unwrap();
        let Payload::Close(body) = &mut close.payload else { panic!() };
        (body.size, body.root) = (tree.size(), tree.root());
        (body.cast, body.challenged, body.counted) = (slots.cast(), slots.challenged(), slots.counted());
        board.push(close.encode());
        board.extend_from_slice(&self.tail[1..]);
        board
    }

    /// The verifier finds that the last of these entries is refused, and nothing else.
    fn finds(&self, what: &str, entries: &[Vec<u8>], step: Step, refusal: Refusal) {
        let index = self.world.board.len() + entries.len() - 1;
        let report = report(&self.world.manifest, &self.with(entries), Options::default());
        assert_eq!(found(&report), [(step, Some(index as u64), refusal.code())], "{what}");
    }

    fn sealed(&mut self) -> ballot::voter::SealedBallot {
        self.world.seal(&self.idle.clone(), &[vec![0]])
    }
}

fn found(report: &Report) -> Vec<(Step, Option<u64>, &'static str)> {
    report.steps.iter().flat_map(|s| s.findings.iter().map(|f| (s.step, f.index, f.code))).collect()
}

fn reissue(world: &World, seed: [u8; 32], slot: u32, generation: u16) -> Vec<u8> {
    let (context, key) = (world.context(), VoterKey::derive(&seed, world.manifest.poll));
    ClerkKey::derive(&[2; 32]).reissue(&context, &key.reissue_request(&context, slot, generation)).unwrap()
}

#[test]
fn a_record_with_nothing_wrong_put_into_it_holds() {
    let mut record = Record::new();
    let sealed = record.sealed();
    assert_eq!(found(&report(&record.world.manifest, &record.with(&[]), Options::default())), []);
    // One more ballot is found by the sums alone: it is a good one.
    let report = report(&record.world.manifest, &record.with(&[sealed.bytes]), Options::default());
    assert_eq!(found(&report)[0], (Step::Aggregate, None, "wrong-aggregate"));
}

#[test]
fn every_changed_ballot_of_the_vectors_is_named() {
    let mut record = Record::new();
    let sealed = record.sealed();
    let cases = changed(&record.world, &record.idle, &sealed.bytes);
    assert_eq!(cases.len(), 15);
    for case in cases {
        let step = match case.refusal {
            Refusal::BadProof => Step::Proofs,
            // Not an entry of this version at all.
            Refusal::NotCanonical if case.bytes[0] != 1 => Step::Parameters,
            _ => Step::Ballots,
        };
        record.finds(case.what, &[case.bytes], step, case.refusal);
    }
}

#[test]
fn ballots_that_come_twice_too_late_or_under_an_old_key_are_named() {
    let mut record = Record::new();
    let stale = record.world.seal(&record.lost.clone(), &[vec![0]]).bytes;
    record.finds("a superseded key", &[stale], Step::Ballots, Refusal::SupersededCredential);
    let ballot = record.sealed().bytes;
    let good =
        found(&report(&record.world.manifest, &record.with(std::slice::from_ref(&ballot)), Options::default())).len();
    let twice = report(&record.world.manifest, &record.with(&[ballot.clone(), ballot.clone()]), Options::default());
    let index = record.world.board.len() as u64 + 1;
    assert!(found(&twice).contains(&(Step::Duplicates, Some(index), "duplicate")));
    assert_eq!(found(&twice).len(), good + 1);
    // After the close, and before the opening.
    let mut late = record.with(&[]);
    late.insert(record.world.board.len() + 1, ballot.clone());
    let late = report(&record.world.manifest, &late, Options::default());
    assert_eq!(found(&late), [(Step::Ballots, Some(index), "poll-not-open")]);
    let open = record.world.board.iter().position(|e| e[1] == ballot::Kind::Open as u8).unwrap();
    let early = report(&record.world.manifest, &[&record.world.board[..open], &[ballot]].concat(), Options::default());
    assert_eq!(found(&early), [(Step::Ballots, Some(open as u64), "poll-not-open")]);
}

#[test]
fn points_that_come_twice_and_false_openings_are_named() {
    let mut record = Record::new();
    let context = record.world.context();
    let sealed = record.sealed();
    let challenge = sealed.opening.challenge(&context, &sealed.bytes);
    let then_cast = [challenge.clone(), sealed.bytes];
    record.finds("cast after the challenge", &then_cast, Step::Duplicates, Refusal::ReusedPoint);
    let mut lie = challenge;
    let nonce = lie.len() - 33;
    lie[nonce] ^= 1;
    record.finds("a false opening", &[lie], Step::Challenges, Refusal::BadOpening);
    // A device that draws the same number every time: all proofs hold.
    let key = record.world.key(&record.idle);
    let same = Sealing::new(&context, &key, 11, None, &[vec![0]]).unwrap().run(&mut Stuck).unwrap();
    record.finds("one nonce for all options", &[same.bytes], Step::Duplicates, Refusal::ReusedPoint);
}

/// A random source that is stuck.
struct Stuck;

impl TryRng for Stuck {
    type Error = Infallible;
    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        Ok(7)
    }
    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        Ok(7)
    }
    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        bytes.fill(7);
        Ok(())
    }
}

impl TryCryptoRng for Stuck {}

#[test]
fn credentials_out_of_order_are_named() {
    let record = Record::new();
    let (world, context) = (&record.world, record.world.context());
    let credential = |seed: [u8; 32], slot| VoterKey::derive(&seed, world.manifest.poll).credential(&context, slot);
    let flipped = |mut bytes: Vec<u8>, at: usize| {
        bytes[at] ^= 0x80;
        bytes
    };
    let fresh = reissue(world, [60; 32], 11, 2);
    let last = fresh.len() - 1;
    for (what, bytes, refusal) in [
        ("a slot that is not on the roll", credential([60; 32], 15), Refusal::UnknownSlot),
        ("a second first credential", credential([60; 32], 1), Refusal::CredentialExists),
        ("another slot's key", credential(voter(1).seed, 13), Refusal::CredentialReused),
        ("a credential without its key", flipped(credential([60; 32], 13), 119), Refusal::BadSignature),
        ("a re-issue of nothing", reissue(world, [60; 32], 13, 2), Refusal::UnknownCredential),
        ("a generation left out", reissue(world, [60; 32], 11, 3), Refusal::WrongGeneration),
        ("a re-issue without its key", flipped(fresh.clone(), 60), Refusal::BadSignature),
        ("a clerk who is none", flipped(fresh.clone(), 120), Refusal::UnknownClerk),
        ("a clerk who has not signed", flipped(fresh.clone(), last), Refusal::BadSignature),
    ] {
        record.finds(what, &[bytes], Step::Ballots, refusal);
    }
}

#[test]
fn entries_that_belong_elsewhere_are_named() {
    let record = Record::new();
    let first = |kind: ballot::Kind| record.world.board.iter().find(|e| e[1] == kind as u8).unwrap().clone();
    use ballot::Kind::{Approval, Commit, Manifest, Open, RollPart};
    for (kind, step) in [
        (Manifest, Step::Parameters),
        (Commit, Step::Keys),
        (RollPart, Step::Roll),
        (Approval, Step::Roll),
        (Open, Step::Roll),
    ] {
        record.finds(&format!("{kind:?}"), &[first(kind)], step, Refusal::OutOfOrder);
    }
    record.finds("an unknown kind", &[vec![1, 0x20, 0]], Step::Parameters, Refusal::NotCanonical);
    record.finds(
        "too large",
        &[[&first(Commit)[..], &vec![0; MAX_ENTRY]].concat()],
        Step::Parameters,
        Refusal::TooLarge,
    );
}

#[test]
fn the_tracker_of_a_ballot_that_is_on_the_board_and_refused_says_so() {
    let mut record = Record::new();
    let sealed = record.sealed();
    let state = |entries: &[Vec<u8>], of: &[u8]| {
        let tracker = Some(Tracker::of(&ballot::sealed::ballot_hash(of)));
        let report = report(&record.world.manifest, &record.with(entries), Options { tracker, ..Options::default() });
        let finding = report.steps.last().unwrap().findings.first().map(|f| f.code);
        assert_eq!(finding, report.tracker.map(TrackerState::code).filter(|code| *code != "counted"));
        report.tracker
    };
    for case in changed(&record.world, &record.idle, &sealed.bytes) {
        // What is not of this version is no ballot that could be looked for.
        let expected = if case.bytes[0] == 1 { TrackerState::Refused } else { TrackerState::Unknown };
        assert_eq!(state(std::slice::from_ref(&case.bytes), &case.bytes), Some(expected), "{}", case.what);
    }
    // A copy that is refused does not speak for the ballot that was taken.
    let twice = [sealed.bytes.clone(), sealed.bytes.clone()];
    assert_eq!(state(&twice, &sealed.bytes), Some(TrackerState::Counted));
}

#[test]
fn checked_together_each_ballot_is_judged_as_if_alone() {
    let mut record = Record::new();
    let sealed = record.sealed();
    let idle = &record.idle;
    let (key, last_hash) = (record.world.key(idle).public(), [0; 32]);
    let state = CredentialState { key, slot: idle.slot, generation: 1, superseded: false, last_number: 0, last_hash };
    let mut ballots: Vec<_> = changed(&record.world, idle, &sealed.bytes).into_iter().map(|case| case.bytes).collect();
    ballots.insert(7, sealed.bytes);
    ballots.extend(ballots.clone());
    let ballots: Vec<_> =
        ballots.into_iter().map(|bytes| (Some(state.clone()), bytes)).chain([(None, vec![1])]).collect();
    let context = record.world.context();
    let outcome = |checked: Result<CheckedBallot, Refusal>| checked.map(|checked| *checked.hash());
    let alone: Vec<_> =
        ballots.iter().map(|(state, bytes)| outcome(check_ballot(&context, state.as_ref(), bytes))).collect();
    let together: Vec<_> = check_ballots(&context, &ballots).into_iter().map(outcome).collect();
    assert_eq!(together, alone);
    assert_eq!(alone.iter().filter(|outcome| outcome.is_ok()).count(), 2);
    assert!(alone.iter().filter(|outcome| **outcome == Err(Refusal::BadProof)).count() >= 2);
    assert!(check_ballots(&context, &[]).is_empty());
}
