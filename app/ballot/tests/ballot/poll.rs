//! A whole poll: three trustees, thirty voters, re-votes, a challenge, a lost phone.

use crate::world::{Voter, World, draft, report};
use ballot::entry::Verdict;
use ballot::verify::{Options, Status, Step, TrackerState};
use ballot::{ClerkKey, Refusal, Tracker, TrusteeError, sealed, tally};

/// A poll up to the close, and a tracker that counts, one that is replaced, one that is challenged.
pub(crate) fn closed() -> (World, [Tracker; 3]) {
    let mut world = World::open(&draft((2, 3)), 40);
    let mut voters: Vec<Voter> = (1..=30).map(|slot| world.voter(slot)).collect();
    let mut trackers = vec![];
    for (i, voter) in voters.iter_mut().enumerate() {
        let (first, second) = (if i < 20 { 0 } else { 1 }, vec![0, 1 + (i as u16) % 3]);
        trackers.push(world.vote(voter, &[vec![first], second]));
    }
    // Slot 30 changes its mind twice.
    world.vote(&mut voters[29], &[vec![2], vec![3]]);
    let counted = world.vote(&mut voters[29], &[vec![0], vec![3]]);
    // Slot 1 challenges a ballot, then casts another one.
    let sealed = world.seal(&voters[0], &[vec![1], vec![2]]);
    let challenge = sealed.opening.challenge(&world.context(), &sealed.bytes);
    world.post(&challenge).unwrap();
    assert_eq!(sealed::reveal(&world.context(), &challenge).unwrap().choices, vec![vec![1], vec![2]]);
    assert_eq!(sealed::reveal(&world.context(), &challenge).unwrap().tracker, sealed.tracker);
    world.vote(&mut voters[0], &[vec![0], vec![0, 1]]);
    // Slot 2 has lost its phone; the old key is worth nothing any more, and the new one replaces the ballot.
    let old = voters[1].clone();
    voters[1].seed = [77; 32];
    let request = world.key(&voters[1]).reissue_request(&world.context(), 2, 2);
    let reissue = ClerkKey::derive(&[3; 32]).reissue(&world.context(), &request).unwrap();
    world.post(&reissue).unwrap();
    let stale = world.seal(&old, &[vec![1], vec![1]]);
    assert_eq!(world.post(&stale.bytes), Err(Refusal::SupersededCredential));
    world.vote(&mut voters[1], &[vec![1], vec![2]]);
    world.close();
    (world, [counted, trackers[29], sealed.tracker])
}

#[test]
fn a_whole_poll_is_counted_and_every_step_of_the_verifier_passes() {
    let (mut world, [counted, replaced, challenged]) = closed();
    assert_eq!(world.state.slots().counted(), 30);
    assert_eq!(world.state.slots().cast(), 34);
    world.count();
    let result = world.state.course().result().unwrap().questions.clone().unwrap();
    // 20 yes from slots 1 to 20, but slot 2 said no; slot 30 says yes in the end.
    assert_eq!(result[0].totals, [20, 10, 0]);
    assert_eq!(result[0].outcome.verdict, Verdict::Passed);
    assert_eq!(result[0].outcome.chosen, [0]);
    assert_eq!(result[1].totals.iter().sum::<u32>(), 58);
    assert_eq!(result[1].outcome.verdict, Verdict::Ranked);
    for (tracker, state) in
        [(counted, TrackerState::Counted), (replaced, TrackerState::Replaced), (challenged, TrackerState::Challenged)]
    {
        let options = Options { tracker: Some(tracker), ..Options::default() };
        let report = report(&world.manifest, &world.board, options);
        assert_eq!(report.tracker, Some(state));
        assert_eq!(report.exit_code(), if state == TrackerState::Counted { 0 } else { 13 }, "{report:?}");
    }
    let report = world.report();
    for step in &report.steps {
        let expected = if step.step == Step::Tracker { Status::NotDue } else { Status::Passed };
        assert_eq!(step.status, expected, "{step:?}");
    }
}

#[test]
fn a_system_key_poll_runs_through_the_same_course() {
    let mut world = World::open(&draft((1, 1)), 12);
    for slot in 1..=11 {
        let mut voter = world.voter(slot);
        world.vote(&mut voter, &[vec![0], vec![1]]);
    }
    world.close();
    world.count();
    let result = world.state.course().result().unwrap().questions.clone().unwrap();
    assert_eq!((result[0].totals.as_slice(), result[1].totals.as_slice()), (&[11, 0, 0][..], &[0, 11, 0, 0][..]));
    assert_eq!(world.report().exit_code(), 0);
}

#[test]
fn any_k_of_the_trustees_open_the_same_totals() {
    let (mut world, _) = closed();
    let before = (world.state.clone(), world.board.clone());
    let mut results = vec![];
    for pair in [[0, 1], [1, 2], [2, 0]] {
        (world.state, world.board) = before.clone();
        for trustee in pair {
            let share = world.share(trustee).unwrap();
            world.post(&share).unwrap();
        }
        results.push(tally::result(world.state.course()).unwrap());
    }
    assert!(results.windows(2).all(|pair| pair[0] == pair[1]));
}

#[test]
fn too_few_ballots_end_without_totals() {
    let mut world = World::open(&draft((2, 3)), 12);
    for slot in 1..=9 {
        let mut voter = world.voter(slot);
        world.vote(&mut voter, &[vec![0], vec![1]]);
    }
    world.close();
    assert_eq!(world.share(0), Err(TrusteeError::Refused(Refusal::TooFewBallots)));
    let result = tally::result(world.state.course()).unwrap();
    world.post(&result.encode()).unwrap();
    assert_eq!(world.state.course().result().unwrap().questions, None);
    assert_eq!(world.report().exit_code(), 0);
}
