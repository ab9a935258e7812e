//! A server that writes to the board whatever it likes, and signs the result: every change is found, by its own step.

use crate::forge::{SEALED, resign, sign_as_trustee};
use crate::mend::{Board, change, mend, place};
use crate::poll::closed;
use crate::world::{OPENS, Voter, World, draft, frontier, note, report, voter};
use ballot::entry::Verdict;
use ballot::verify::{Head, Options, Step};
use ballot::{Entry, Kind, Manifest, Payload};

fn finished() -> (Manifest, Board, World) {
    let (mut world, _) = closed();
    world.count();
    (world.manifest.clone(), world.board.clone(), world)
}

/// The first step that fails, and the first thing that it found.
fn caught(manifest: &Manifest, board: &Board) -> Option<(Step, &'static str)> {
    let report = report(manifest, board, Options::default());
    let failed = report.first_failure()?;
    let step = report.steps.iter().find(|line| line.step == failed)?;
    Some((failed, step.findings.first()?.code))
}

#[test]
fn every_flipped_byte_of_the_ceremony_and_the_roll_is_found_in_its_step() {
    let (manifest, board, _) = finished();
    let kinds = [
        (Kind::Commit, Step::Keys),
        (Kind::Reveal, Step::Keys),
        (Kind::Deal, Step::Keys),
        (Kind::Confirm, Step::Keys),
        (Kind::Rehearsal, Step::Keys),
        (Kind::RollPart, Step::Roll),
        (Kind::RollSummary, Step::Roll),
        (Kind::Approval, Step::Roll),
    ];
    for (kind, step) in kinds {
        let at = place(&board, kind);
        for offset in [18, 30, board[at].len() - 1] {
            let mut tampered = board.clone();
            tampered[at][offset] ^= 1;
            mend(&mut tampered);
            assert_eq!(caught(&manifest, &tampered).map(|(step, _)| step), Some(step), "{kind:?} at {offset}");
        }
    }
}

/// What the server alone may write, and what it may leave out.
#[test]
fn an_opening_before_its_time_or_without_what_it_takes_is_named() {
    let (manifest, board, _) = finished();
    let without = |kind: Kind, count: usize| {
        let mut left = count;
        let mut board = board.clone();
        board.retain(|entry| {
            let drop = left > 0 && Entry::decode(entry).unwrap().kind() == kind;
            left -= usize::from(drop);
            !drop
        });
        caught(&manifest, &board)
    };
    assert_eq!(without(Kind::Approval, 1), Some((Step::Roll, "too-few-signatures")));
    assert_eq!(without(Kind::Rehearsal, 2), Some((Step::Keys, "too-few-rehearsals")));
    assert_eq!(without(Kind::Confirm, 1), Some((Step::Keys, "out-of-order")));
    assert_eq!(without(Kind::RollPart, 1), Some((Step::Roll, "wrong-count")));
    let changed = |kind: Kind, act: fn(&mut Payload)| {
        let mut board = board.clone();
        let at = place(&board, kind);
        change(&mut board, at, act);
        caught(&manifest, &board)
    };
    let part = |act: fn(&mut ballot::entry::RollPart)| {
        let mut board = board.clone();
        let at = place(&board, Kind::RollPart);
        change(&mut board, at, |payload| {
            let Payload::RollPart(part) = payload else { panic!() };
            act(part);
        });
        caught(&manifest, &board)
    };
    assert_eq!(part(|part| part.slots[3].weight = 2), Some((Step::Roll, "wrong-roll")));
    assert_eq!(part(|part| part.first = 2), Some((Step::Roll, "wrong-count")));
    assert_eq!(part(|part| part.slots[3].commitment[0] ^= 1), Some((Step::Roll, "wrong-roll")));
    let early = |payload: &mut Payload| {
        let Payload::Open(open) = payload else { panic!() };
        open.at = OPENS - 1;
    };
    assert_eq!(changed(Kind::Open, early), Some((Step::Roll, "too-early")));
}

/// What a trustee may sign, though it is not so.
#[test]
fn a_trustee_that_signs_another_key_or_another_ceremony_is_named() {
    let (manifest, board, world) = finished();
    let signed = |kind: Kind, act: fn(&mut Payload)| {
        let mut board = board.clone();
        let at = place(&board, kind);
        change(&mut board, at, act);
        sign_as_trustee(&world, 1, manifest.hash(), &mut board[at]);
        mend(&mut board);
        caught(&manifest, &board)
    };
    let confirm = |payload: &mut Payload| {
        let Payload::Confirm(confirm) = payload else { panic!() };
        confirm.joint_key[0] ^= 1;
    };
    assert_eq!(signed(Kind::Confirm, confirm), Some((Step::Keys, "wrong-key")));
    let confirm = |payload: &mut Payload| {
        let Payload::Confirm(confirm) = payload else { panic!() };
        confirm.ceremony[0] ^= 1;
    };
    assert_eq!(signed(Kind::Confirm, confirm), Some((Step::Keys, "wrong-transcript")));
    let rehearsal = |payload: &mut Payload| {
        let Payload::Rehearsal(rehearsal) = payload else { panic!() };
        rehearsal.response[0] ^= 1;
    };
    assert_eq!(signed(Kind::Rehearsal, rehearsal), Some((Step::Keys, "bad-proof")));
    let commit = |payload: &mut Payload| {
        let Payload::Commit(commit) = payload else { panic!() };
        commit.index = 4;
    };
    assert_eq!(signed(Kind::Commit, commit), Some((Step::Keys, "unknown-trustee")));
    let mut twice = board.clone();
    twice.insert(2, board[1].clone());
    assert_eq!(caught(&manifest, &twice), Some((Step::Keys, "already-posted")));
}

#[test]
fn changed_ballots_are_found_by_signature_proof_repetition_and_opening() {
    let (manifest, board, world) = finished();
    let ballots: Vec<usize> =
        (0..board.len()).filter(|i| Entry::decode(&board[*i]).unwrap().kind() == Kind::Ballot).collect();

    let mut signature = board.clone();
    *signature[ballots[5]].last_mut().unwrap() ^= 1;
    mend(&mut signature);
    assert_eq!(caught(&manifest, &signature), Some((Step::Ballots, "bad-signature")));

    // The voter's own device lies: a response of the proof, signed.
    let mut proof = board.clone();
    let end = proof[ballots[5]].len() - 64 - 32;
    proof[ballots[5]][end] ^= 1;
    resign(&world.context(), &voter(6), &mut proof[ballots[5]]);
    mend(&mut proof);
    assert_eq!(caught(&manifest, &proof), Some((Step::Proofs, "bad-proof")));

    let mut twice = board.clone();
    twice.insert(ballots[5] + 1, board[ballots[5]].clone());
    mend(&mut twice);
    assert_eq!(caught(&manifest, &twice), Some((Step::Duplicates, "duplicate")));

    let mut point = board.clone();
    let stolen = board[ballots[5]][SEALED..SEALED + 32].to_vec();
    point[ballots[6]][SEALED..SEALED + 32].copy_from_slice(&stolen);
    resign(&world.context(), &voter(7), &mut point[ballots[6]]);
    mend(&mut point);
    assert_eq!(caught(&manifest, &point), Some((Step::Duplicates, "reused-point")));

    let mut opening = board.clone();
    let at = place(&board, Kind::Challenge);
    change(&mut opening, at, |payload| {
        let Payload::Challenge(challenge) = payload else { panic!() };
        challenge.options[0].value ^= 1;
    });
    mend(&mut opening);
    assert_eq!(caught(&manifest, &opening), Some((Step::Challenges, "bad-opening")));
}

#[test]
fn dropped_and_swapped_ballots_are_found() {
    let (manifest, board, _) = finished();
    let ballots: Vec<usize> =
        (0..board.len()).filter(|i| Entry::decode(&board[*i]).unwrap().kind() == Kind::Ballot).collect();
    // A ballot that was the slot's only one leaves the sums wrong.
    let mut dropped = board.clone();
    dropped.remove(ballots[9]);
    mend(&mut dropped);
    assert_eq!(caught(&manifest, &dropped), Some((Step::Aggregate, "wrong-count")));
    // The two last ballots of slot 30, the other way round.
    let own: Vec<usize> = ballots
        .iter()
        .copied()
        .filter(|i| matches!(Entry::decode(&board[*i]).unwrap().payload, Payload::Ballot(b) if b.slot == 30))
        .collect();
    let mut swapped = board.clone();
    swapped.swap(own[1], own[2]);
    mend(&mut swapped);
    assert_eq!(caught(&manifest, &swapped), Some((Step::Ballots, "wrong-number")));
    // Unrelated ballots in another order: only who saw the tree before can tell.
    let mut reordered = board.clone();
    reordered.swap(ballots[3], ballots[4]);
    mend(&mut reordered);
    assert_eq!(caught(&manifest, &reordered), None);
    let seen = frontier(&board[..=ballots[3]]);
    let heads = vec![Head { size: seen.size(), root: seen.root() }];
    let options = Options { heads, ..Options::default() };
    assert_eq!(report(&manifest, &reordered, options.clone()).first_failure(), Some(Step::Tree));
    assert_eq!(report(&manifest, &board, options).first_failure(), None);
}

#[test]
fn a_fork_a_stranger_and_a_missing_tail_are_found_by_the_tree() {
    let (manifest, board, _) = finished();
    let heads = vec![Head { size: 20, root: [0; 32] }];
    assert_eq!(report(&manifest, &board, Options { heads, ..Options::default() }).first_failure(), Some(Step::Tree));
    let mut short = crate::world::verifier(&board[..board.len() - 1], Options::default());
    short.checkpoint(&note(&manifest, &board));
    assert_eq!(short.finish().first_failure(), Some(Step::Tree));
    let mut unsigned = crate::world::verifier(&board, Options::default());
    assert_eq!(unsigned.finish().first_failure(), Some(Step::Tree));
    let text = note(&manifest, &board);
    unsigned.checkpoint(&text.replace("polls/0001", "polls/1001"));
    assert_eq!(unsigned.finish().first_failure(), Some(Step::Tree));
    let options = Options { manifest: Some([0; 32]), ..Options::default() };
    assert_eq!(report(&manifest, &board, options).first_failure(), Some(Step::Parameters));
}

#[test]
fn a_false_close_share_total_or_outcome_is_found_in_its_step() {
    let (manifest, board, _) = finished();
    let tampered = |kind: Kind, act: &dyn Fn(&mut Payload)| {
        let mut board = board.clone();
        let at = place(&board, kind);
        change(&mut board, at, act);
        caught(&manifest, &board)
    };
    let close = |act: fn(&mut ballot::entry::Close)| {
        tampered(Kind::Close, &|p: &mut Payload| {
            if let Payload::Close(close) = p {
                act(close)
            }
        })
    };
    assert_eq!(close(|c| c.root[0] ^= 1), Some((Step::Tree, "wrong-root")));
    assert_eq!(close(|c| c.counted -= 1), Some((Step::Aggregate, "wrong-count")));
    assert_eq!(close(|c| c.cast += 1), Some((Step::Aggregate, "wrong-count")));
    assert_eq!(close(|c| c.aggregate.swap(0, 1)), Some((Step::Aggregate, "wrong-aggregate")));
    assert_eq!(close(|c| c.at = 0), Some((Step::Aggregate, "too-early")));
    assert_eq!(close(|c| c.aggregate.truncate(1)), Some((Step::Aggregate, "wrong-aggregate")));
    let share = |act: fn(&mut ballot::entry::Share)| {
        tampered(Kind::Share, &|p: &mut Payload| {
            if let Payload::Share(share) = p {
                act(share)
            }
        })
    };
    assert_eq!(share(|s| s.shares.swap(0, 1)), Some((Step::Shares, "bad-signature")));
    assert_eq!(share(|s| s.signature[0] ^= 1), Some((Step::Shares, "bad-signature")));
    assert_eq!(share(|s| s.index = 9), Some((Step::Shares, "unknown-trustee")));
    assert_eq!(share(|s| s.index = 2), Some((Step::Shares, "bad-signature")));
    assert_eq!(share(|s| s.aggregate[0] ^= 1), Some((Step::Shares, "wrong-aggregate")));
    let mut fewer = board.clone();
    fewer.remove(place(&board, Kind::Share));
    assert_eq!(caught(&manifest, &fewer), Some((Step::Shares, "too-few-shares")));
    let result = |act: fn(&mut Vec<ballot::entry::Tally>)| {
        tampered(Kind::Result, &|p: &mut Payload| {
            if let Payload::Result(r) = p {
                act(r.questions.as_mut().unwrap())
            }
        })
    };
    assert_eq!(result(|q| q[0].totals[0] += 1), Some((Step::Shares, "wrong-totals")));
    assert_eq!(result(|q| q[0].outcome.verdict = Verdict::NotPassed), Some((Step::Rule, "wrong-outcome")));
    assert_eq!(result(|q| q[1].outcome.chosen.swap(0, 1)), Some((Step::Rule, "wrong-outcome")));
}

#[test]
fn totals_of_a_group_that_is_too_small_are_found_by_the_limits() {
    let mut world = World::open(&draft((2, 3)), 12);
    for slot in 1..=9 {
        let mut voter: Voter = world.voter(slot);
        world.vote(&mut voter, &[vec![0], vec![1]]);
    }
    world.close();
    let (_, full, _) = finished();
    let mut board = world.board.clone();
    board.push(full[place(&full, Kind::Result)].clone());
    assert_eq!(caught(&world.manifest, &board), Some((Step::Limits, "too-few-ballots")));
}
