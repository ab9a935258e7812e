//! Attacks on the protocol, each of which must fail in its own way.

use crate::forge::{CONTEXT, CREDENTIAL, SEALED, SLOT, resign, t};
use crate::world::{CLOSES, Voter, World, draft, note, verifier, voter};
use ballot::entry::{Close, Share};
use ballot::manifest::Kind;
use ballot::trustee::aggregate_fingerprint;
use ballot::verify::{Options, Step};
use ballot::{Entry, Payload, PollId, RecoveryCode, Refusal, Trustee, TrusteeError, VoterKey};
use curve25519_dalek::{RistrettoPoint, Scalar};

fn two_voters() -> (World, Voter, Voter) {
    let mut world = World::open(&draft((2, 3)), 20);
    let (alice, bob) = (world.voter(1), world.voter(2));
    (world, alice, bob)
}

#[test]
fn a_ballot_copied_to_another_slot_fails_its_proof() {
    let (mut world, alice, bob) = two_voters();
    let mut copy = world.seal(&alice, &[vec![0], vec![1]]).bytes;
    copy[CREDENTIAL..SLOT].copy_from_slice(&world.key(&bob).public());
    copy[SLOT..SLOT + 4].copy_from_slice(&2_u32.to_be_bytes());
    assert_eq!(world.post(&copy), Err(Refusal::BadSignature));
    resign(&world.context(), &bob, &mut copy);
    assert_eq!(world.post(&copy), Err(Refusal::BadProof));
}

#[test]
fn a_ballot_copied_into_another_poll_is_refused_however_it_is_dressed() {
    let (mut world, alice, _) = two_voters();
    let original = world.seal(&alice, &[vec![0], vec![1]]).bytes;
    let mut draft = draft((2, 3));
    draft.poll = PollId([0xff; 16]);
    let mut foreign = World::open(&draft, 20);
    let alice_there = foreign.voter(1);
    assert_eq!(foreign.post(&original), Err(Refusal::WrongPoll));
    let mut dressed = original;
    dressed[2..18].copy_from_slice(&draft.poll.0);
    assert_eq!(foreign.post(&dressed), Err(Refusal::WrongPoll));
    dressed[CONTEXT..CREDENTIAL].copy_from_slice(foreign.context().hash());
    assert_eq!(foreign.post(&dressed), Err(Refusal::UnknownCredential));
    dressed[CREDENTIAL..SLOT].copy_from_slice(&foreign.key(&alice_there).public());
    resign(&foreign.context(), &alice_there, &mut dressed);
    assert_eq!(foreign.post(&dressed), Err(Refusal::BadProof));
}

/// The same manifest, another ceremony: poll id, slot and credential are the same, the joint key is not.
#[test]
fn a_ballot_copied_into_another_ceremony_of_the_same_poll_is_refused() {
    let (mut world, alice, _) = two_voters();
    let original = world.seal(&alice, &[vec![0], vec![1]]).bytes;
    let mut other = World::empty(&draft((2, 3)));
    other.trustees[2] = Trustee::new(&RecoveryCode::generate(&mut other.rng), &other.manifest, 3).unwrap();
    other.ceremony();
    other.enrol(20);
    other.approve_and_open();
    other.voter(1);
    assert_eq!(other.manifest.hash(), world.manifest.hash());
    assert_eq!(other.post(&original), Err(Refusal::WrongPoll));
    let mut dressed = original;
    dressed[CONTEXT..CREDENTIAL].copy_from_slice(other.context().hash());
    assert_eq!(other.post(&dressed), Err(Refusal::BadSignature));
    resign(&other.context(), &alice, &mut dressed);
    assert_eq!(other.post(&dressed), Err(Refusal::BadProof));
}

/// Weak Fiat–Shamir: with a challenge that does not bind the ciphertext, a "bit" can hold any value. The forgery here
/// satisfies every equation under such a challenge, and fails under ours.
#[test]
fn a_proof_forged_for_a_challenge_without_the_statement_fails() {
    let mut draft = draft((2, 3));
    draft.questions.truncate(1);
    let question = &mut draft.questions[0];
    (question.kind, question.min, question.decides, question.yes) =
        (Kind::Approval, 0, ballot::manifest::Decides::Ranking, None);
    question.max = 3;
    let mut world = World::open(&draft, 20);
    let mallory = world.voter(1);
    let (context, mut forged) = (world.context(), world.seal(&mallory, &[vec![0]]).bytes);
    let key = curve25519_dalek::ristretto::CompressedRistretto(*context.joint_key()).decompress().unwrap();
    let base = |s: &Scalar| RistrettoPoint::mul_base(s);

    let [alpha0, alpha1, delta, nonce] = std::array::from_fn(|_| Scalar::random(&mut world.rng));
    // Commitments first: branch 0 takes e = 0, branch 1 is off by `delta`.
    let commitments = [base(&alpha0), alpha0 * key, base(&alpha1), alpha1 * key - base(&delta)];
    let encoded: Vec<u8> = commitments.iter().flat_map(|p| p.compress().to_bytes()).collect();
    let weak = Scalar::from_bytes_mod_order_wide(&t("weak", &[&encoded]));
    // Only now the value: (value − 1)·weak = delta.
    let value = Scalar::ONE + delta * weak.invert();
    assert!(value != Scalar::ZERO && value != Scalar::ONE);
    let (a, c) = (base(&nonce), base(&value) + nonce * key);
    let (z0, z1) = (alpha0, alpha1 + weak * nonce);
    assert_eq!(base(&z0), commitments[0]);
    assert_eq!(z0 * key, commitments[1]);
    assert_eq!(base(&z1), commitments[2] + weak * a);
    assert_eq!(z1 * key, commitments[3] + weak * (c - base(&Scalar::ONE)));

    let option = [a, c].map(|p| p.compress().to_bytes()).concat();
    forged[SEALED..SEALED + 64].copy_from_slice(&option);
    let proofs = SEALED + 3 * 64;
    forged[proofs..proofs + 128].copy_from_slice(&encoded);
    let answers = proofs + 3 * 128;
    let responses = [Scalar::ZERO, z0, z1].map(|s| s.to_bytes()).concat();
    forged[answers..answers + 96].copy_from_slice(&responses);
    resign(&context, &mallory, &mut forged);
    assert_eq!(world.post(&forged), Err(Refusal::BadProof));
}

#[test]
fn two_voters_never_share_a_tracker_even_with_the_same_randomness() {
    let (mut world, alice, bob) = two_voters();
    let rng = world.rng.clone();
    let first = world.seal(&alice, &[vec![0], vec![1]]);
    world.rng = rng;
    let second = world.seal(&bob, &[vec![0], vec![1]]);
    assert_ne!(first.tracker, second.tracker);
    // With a broken random source on both phones, the second ballot reuses the first one's points.
    world.post(&first.bytes).unwrap();
    assert_eq!(world.post(&second.bytes), Err(Refusal::ReusedPoint));
}

#[test]
fn old_ballots_cannot_be_offered_again_or_in_another_order() {
    let (mut world, mut alice, _) = two_voters();
    let first = world.seal(&alice, &[vec![0], vec![1]]);
    world.post(&first.bytes).unwrap();
    assert_eq!(world.post(&first.bytes), Err(Refusal::Duplicate));
    alice.last = Some((1, first.hash));
    let second = world.seal(&alice, &[vec![1], vec![1]]);
    let rival = world.seal(&alice, &[vec![2], vec![1]]);
    world.post(&second.bytes).unwrap();
    assert_eq!(world.post(&first.bytes), Err(Refusal::WrongNumber));
    assert_eq!(world.post(&rival.bytes), Err(Refusal::WrongNumber));
    alice.last = Some((2, first.hash));
    let skipping = world.seal(&alice, &[vec![2], vec![1]]);
    assert_eq!(world.post(&skipping.bytes), Err(Refusal::WrongPrevious));
}

#[test]
fn a_challenged_ballot_cannot_be_cast_and_a_cast_ballot_cannot_be_challenged() {
    let (mut world, alice, bob) = two_voters();
    let context = world.context();
    let sealed = world.seal(&alice, &[vec![0], vec![1]]);
    let challenge = sealed.opening.challenge(&context, &sealed.bytes);
    world.post(&challenge).unwrap();
    assert_eq!(world.post(&sealed.bytes), Err(Refusal::ReusedPoint));
    let sealed = world.seal(&bob, &[vec![0], vec![1]]);
    world.post(&sealed.bytes).unwrap();
    let receipt = sealed.opening.challenge(&context, &sealed.bytes);
    assert_eq!(world.post(&receipt), Err(Refusal::Duplicate));
}

#[test]
fn a_challenge_that_lies_about_a_choice_is_refused() {
    let (mut world, alice, _) = two_voters();
    let sealed = world.seal(&alice, &[vec![0], vec![1]]);
    let honest = sealed.opening.challenge(&world.context(), &sealed.bytes);
    let Payload::Challenge(body) = Entry::decode(&honest).unwrap().payload else { panic!() };
    for i in 0..body.options.len() {
        let mut lie = body.clone();
        lie.options[i].value ^= 1;
        assert_eq!(world.post(&Entry::new(world.manifest.poll, lie).encode()), Err(Refusal::BadOpening));
    }
    let mut short = body;
    short.options.pop();
    assert_eq!(world.post(&Entry::new(world.manifest.poll, short).encode()), Err(Refusal::BadOpening));
    world.post(&honest).unwrap();
}

fn ten_votes() -> World {
    let mut world = World::open(&draft((2, 3)), 20);
    for slot in 1..=10 {
        let mut voter = world.voter(slot);
        world.vote(&mut voter, &[vec![0], vec![1]]);
    }
    world
}

#[test]
fn trustees_open_nothing_but_the_sum_of_all_last_ballots() {
    let mut world = ten_votes();
    // The server names the ballot of slot 1 as the sum.
    let mut single = ballot::Aggregate::new(&world.context());
    let target = usize::try_from(world.state.slots().slot(1).unwrap().index).unwrap();
    single.add(&world.context(), &world.board[target]).unwrap();
    let mut entry = world.close_entry();
    let Payload::Close(close) = &mut entry.payload else { panic!() };
    close.aggregate = single.ciphertexts();
    world.post(&entry.encode()).unwrap();
    for trustee in 0..3 {
        assert_eq!(world.share(trustee), Err(TrusteeError::NotVerified));
    }
    assert_eq!(world.report().first_failure(), Some(Step::Aggregate));
}

#[test]
fn a_share_of_any_other_sum_is_refused() {
    let mut world = ten_votes();
    world.close();
    let share = world.share(0).unwrap();
    let Payload::Share(body) = Entry::decode(&share).unwrap().payload else { panic!() };
    let other = Entry::new(world.manifest.poll, Share { aggregate: [1; 32], ..body.clone() }).encode();
    assert_eq!(world.post(&other), Err(Refusal::WrongAggregate));
    let fewer = Entry::new(world.manifest.poll, Share { shares: body.shares[1..].to_vec(), ..body }).encode();
    assert!(world.post(&fewer).is_err());
    world.post(&share).unwrap();
    assert_eq!(world.post(&share), Err(Refusal::AlreadyPosted));
}

/// Two boards that a server shows to two trustees: what they read to each other differs, and says the same where the
/// sums are the same.
#[test]
fn trustees_who_compare_by_telephone_find_that_they_would_open_different_sums() {
    let counted = |world: &World| {
        let mut verifier = verifier(&world.board, Options::default());
        verifier.checkpoint(&note(&world.manifest, &world.board));
        aggregate_fingerprint(&verifier.counted().unwrap().aggregate())
    };
    let mut world = ten_votes();
    let mut fork = ten_votes();
    let mut eleventh = fork.voter(11);
    fork.vote(&mut eleventh, &[vec![2], vec![3]]);
    world.close();
    fork.close();
    let before = counted(&world);
    let share = world.share(0).unwrap();
    world.post(&share).unwrap();
    assert_eq!(counted(&world), before);
    assert_ne!(counted(&fork), before);
    assert_eq!(before.len(), 24 + 5);
}

#[test]
fn no_share_before_the_close_and_none_before_the_trustees_own_clock_says_so() {
    let mut world = ten_votes();
    assert_eq!(world.share(0), Err(TrusteeError::NotVerified));
    let early = Close { at: CLOSES - 1, ..close_body(&world) };
    assert_eq!(world.post(&Entry::new(world.manifest.poll, early).encode()), Err(Refusal::TooEarly));
    let before = world.board.clone();
    let state = world.state.clone();
    world.close();
    let share = world.share(0).unwrap();
    let mut verifier = verifier(&world.board, Options::default());
    verifier.checkpoint(&note(&world.manifest, &world.board));
    let counted = verifier.counted().unwrap();
    assert_eq!(world.trustees[0].share(&counted, CLOSES - 1), Err(TrusteeError::NotOver));
    (world.board, world.state) = (before, state);
    assert_eq!(world.post(&share), Err(Refusal::OutOfOrder));
}

fn close_body(world: &World) -> Close {
    let Payload::Close(close) = world.close_entry().payload else { panic!() };
    close
}

#[test]
fn a_ballot_stuffed_for_an_absentee_stands_where_the_absentee_sees_it() {
    let mut world = ten_votes();
    let mut stuffed = voter(15);
    stuffed.seed = [99; 32];
    let key = VoterKey::derive(&stuffed.seed, world.manifest.poll);
    let credential = key.credential(&world.context(), 15);
    world.post(&credential).unwrap();
    world.vote(&mut stuffed, &[vec![0], vec![1]]);
    let seen = *world.state.slots().slot(15).unwrap();
    assert_eq!((seen.generation, seen.number), (1, 1));
    assert_eq!(world.state.slots().slot(16), None);
    // The absentee's own device then finds the slot taken: the second sign.
    let late = VoterKey::derive(&voter(15).seed, world.manifest.poll).credential(&world.context(), 15);
    assert_eq!(world.post(&late), Err(Refusal::CredentialExists));
}

#[test]
fn nothing_is_taken_before_the_opening_or_after_the_close() {
    let mut world = World::prepared(&draft((2, 3)), 20);
    let credential = VoterKey::derive(&voter(1).seed, world.manifest.poll).credential(&world.context(), 1);
    assert_eq!(world.post(&credential), Err(Refusal::PollNotOpen));
    world.approve_and_open();
    let voter = world.voter(1);
    let ballot = world.seal(&voter, &[vec![0], vec![1]]);
    world.close();
    assert_eq!(world.post(&ballot.bytes), Err(Refusal::PollNotOpen));
}

#[test]
fn numbers_out_of_range_are_refused_and_never_panic() {
    let (mut world, alice, _) = two_voters();
    let key = world.key(&voter(3));
    for slot in [0, 21, u32::MAX] {
        let bytes = key.credential(&world.context(), slot);
        assert_eq!(world.post(&bytes), Err(Refusal::UnknownSlot));
    }
    let context = world.context();
    let own = world.key(&alice);
    for choices in
        [vec![], vec![vec![0]], vec![vec![3], vec![0]], vec![vec![0, 0], vec![0]], vec![vec![0], vec![u16::MAX]]]
    {
        assert!(ballot::Sealing::new(&context, &own, 1, None, &choices).is_err(), "{choices:?}");
    }
    assert!(ballot::Sealing::new(&context, &own, 1, None, &[vec![], vec![0]]).is_err());
    assert!(ballot::Sealing::new(&context, &own, 1, None, &[vec![0], vec![0, 1, 2]]).is_err());
    let full = ballot::Sealing::new(&context, &own, 1, Some((u32::MAX, [0; 32])), &[vec![0], vec![0]]).unwrap();
    let full = full.run(&mut world.rng).unwrap();
    assert_eq!(world.post(&full.bytes), Err(Refusal::WrongNumber));
    for index in [0, 4, 255] {
        assert!(Trustee::new(&RecoveryCode::generate(&mut world.rng), &world.manifest, index).is_err());
    }
}
