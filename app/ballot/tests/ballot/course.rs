//! The order rules, one refusal at a time.

use crate::forge::resign;
use crate::world::{CLOSES, OPENS, Voter, World, draft, roll_entries, voter};
use ballot::entry::{Building, Open, RollPart, RollSummary};
use ballot::sealed::Batch;
use ballot::{ClerkKey, CredentialState, Entry, Payload, RecoveryCode, Refusal, Trustee, VoterKey};

fn open_at(world: &World, at: u64) -> Vec<u8> {
    Entry::new(world.manifest.poll, Open { at }).encode()
}

#[test]
fn a_poll_opens_with_key_rehearsals_roll_two_clerks_and_not_too_early() {
    let mut world = World::empty(&draft((2, 3)));
    let open = open_at(&world, OPENS);
    assert_eq!(world.post(&open), Err(Refusal::OutOfOrder));
    world.enrol(20);
    world.each_trustee(|t, _, _| Ok(t.commit()));
    world.each_trustee(|t, s, _| t.reveal(s.course()));
    world.each_trustee(|t, s, rng| t.deal(s.course(), rng));
    assert_eq!(world.trustees[0].rehearse(world.state.course()), Err(Refusal::OutOfOrder.into()));
    world.each_trustee(|t, s, _| t.confirm(s.course()));
    let (key, roll) = (world.state.course().joint_key().unwrap(), world.state.course().roll().unwrap().hash);
    let clerk = |i: u8| ClerkKey::derive(&[i; 32]);
    assert_eq!(clerk(9).approve(&world.manifest, key, roll), Err(Refusal::UnknownClerk));
    for (wrong, refusal) in [
        (clerk(1).approve(&world.manifest, [0; 32], roll), Refusal::WrongKey),
        (clerk(1).approve(&world.manifest, key, [0; 32]), Refusal::WrongRoll),
    ] {
        assert_eq!(world.post(&wrong.unwrap()), Err(refusal));
    }
    let first = clerk(1).approve(&world.manifest, key, roll).unwrap();
    world.post(&first).unwrap();
    assert_eq!(world.post(&first), Err(Refusal::AlreadyPosted));
    assert_eq!(world.post(&open), Err(Refusal::TooFewSignatures));
    let second = clerk(3).approve(&world.manifest, key, roll).unwrap();
    world.post(&second).unwrap();
    assert_eq!(world.post(&open), Err(Refusal::TooFewRehearsals));
    for i in 0..2 {
        let rehearsal = world.trustees[i].rehearse(world.state.course()).unwrap();
        world.post(&rehearsal).unwrap();
    }
    let early = open_at(&world, OPENS - 1);
    assert_eq!(world.post(&early), Err(Refusal::TooEarly));
    world.post(&open).unwrap();
    assert_eq!(world.post(&open), Err(Refusal::OutOfOrder));
    let late = world.trustees[2].rehearse(world.state.course()).unwrap();
    assert_eq!(world.post(&late), Err(Refusal::OutOfOrder));
}

#[test]
fn a_roll_has_no_gap_no_other_weight_and_honest_counts() {
    let mut world = World::empty(&draft((2, 3)));
    let poll = world.manifest.poll;
    let [Payload::RollPart(part), Payload::RollSummary(summary)] =
        <[Entry; 2]>::try_from(roll_entries(poll, 20)).unwrap().map(|entry| entry.payload)
    else {
        panic!()
    };
    let mut post = |payload: Payload| world.post(&Entry { poll, payload }.encode());
    assert_eq!(post(summary.clone().into()), Err(Refusal::WrongCount));
    assert_eq!(post(RollPart { first: 2, ..part.clone() }.into()), Err(Refusal::WrongCount));
    let mut heavy = part.clone();
    heavy.slots[3].weight = 2;
    assert_eq!(post(heavy.into()), Err(Refusal::WrongRoll));
    post(part.clone().into()).unwrap();
    assert_eq!(post(part.clone().into()), Err(Refusal::WrongCount));
    assert_eq!(post(RollSummary { slots: 21, ..summary.clone() }.into()), Err(Refusal::WrongCount));
    let buildings = vec![Building { name: "1栋".into(), slots: 20 }];
    assert_eq!(post(RollSummary { buildings, ..summary.clone() }.into()), Err(Refusal::WrongRoll));
    post(summary.clone().into()).unwrap();
    assert_eq!(post(summary.into()), Err(Refusal::OutOfOrder));
    assert_eq!(post(RollPart { first: 21, ..part }.into()), Err(Refusal::OutOfOrder));
}

#[test]
fn a_roll_of_many_parts_is_one_roll() {
    let mut world = World::empty(&draft((2, 3)));
    world.enrol(4_000);
    assert_eq!(world.board.len(), 1 + 3 + 1);
    assert_eq!(world.state.course().roll().unwrap().slots, 4_000);
}

#[test]
fn credentials_are_registered_once_and_reissued_by_a_clerk_only() {
    let mut world = World::open(&draft((2, 3)), 20);
    let context = world.context();
    let (first, fresh) = (world.voter(1), VoterKey::derive(&[50; 32], world.manifest.poll));
    assert_eq!(world.post(&world.key(&first).credential(&context, 1).clone()), Err(Refusal::CredentialExists));
    assert_eq!(world.post(&world.key(&first).credential(&context, 2).clone()), Err(Refusal::CredentialReused));
    let clerk = ClerkKey::derive(&[2; 32]);
    let reissue = |key: &VoterKey, slot, generation| {
        clerk.reissue(&context, &key.reissue_request(&context, slot, generation)).unwrap()
    };
    assert_eq!(world.post(&reissue(&fresh, 2, 2)), Err(Refusal::UnknownCredential));
    assert_eq!(world.post(&reissue(&fresh, 1, 1)), Err(Refusal::WrongGeneration));
    assert_eq!(world.post(&reissue(&fresh, 1, 3)), Err(Refusal::WrongGeneration));
    assert_eq!(world.post(&reissue(&world.key(&first), 1, 2)), Err(Refusal::CredentialReused));
    let good = reissue(&fresh, 1, 2);
    for (at, refusal) in
        [(60, Refusal::BadSignature), (120, Refusal::UnknownClerk), (good.len() - 1, Refusal::BadSignature)]
    {
        let mut bad = good.clone();
        bad[at] ^= 0x80;
        assert_eq!(world.post(&bad), Err(refusal), "byte {at}");
    }
    assert_eq!(
        ClerkKey::derive(&[9; 32]).reissue(&context, &fresh.reissue_request(&context, 1, 2)),
        Err(Refusal::UnknownClerk)
    );
    world.post(&good).unwrap();
    assert_eq!(world.state.slots().slot(1).unwrap().generation, 2);
}

/// With a key of small order, one signature fits many messages: strict verification refuses it.
#[test]
fn a_credential_with_a_key_of_small_order_is_refused() {
    let mut world = World::open(&draft((2, 3)), 20);
    let mut low = [[0; 32]; 3];
    low[0][0] = 1;
    low[1] = [0xff; 32];
    (low[1][0], low[1][31]) = (0xec, 0x7f);
    for key in low {
        let mut possession = [0; 64];
        possession[..32].copy_from_slice(&key);
        let body = ballot::entry::Credential { slot: 1, generation: 1, key, possession };
        assert_eq!(world.post(&Entry::new(world.manifest.poll, body).encode()), Err(Refusal::BadSignature));
    }
}

#[test]
fn a_system_key_has_nothing_to_deal() {
    let mut world = World::empty(&draft((1, 1)));
    world.each_trustee(|t, _, _| Ok(t.commit()));
    world.each_trustee(|t, s, _| t.reveal(s.course()));
    let deal = world.trustees[0].deal(world.state.course(), &mut world.rng).unwrap();
    assert_eq!(world.post(&deal), Err(Refusal::OutOfOrder));
    world.each_trustee(|t, s, _| t.confirm(s.course()));
}

#[test]
fn five_of_nine_trustees_count_and_four_do_not() {
    let mut world = World::open(&draft((5, 9)), 12);
    for slot in 1..=10 {
        let mut voter = world.voter(slot);
        world.vote(&mut voter, &[vec![1], vec![2]]);
    }
    world.close();
    for trustee in [8, 0, 3, 5] {
        let share = world.share(trustee).unwrap();
        world.post(&share).unwrap();
    }
    assert_eq!(ballot::tally::result(world.state.course()).err(), Some(Refusal::TooFewShares));
    let share = world.share(7).unwrap();
    world.post(&share).unwrap();
    let result = ballot::tally::result(world.state.course()).unwrap();
    world.post(&result.encode()).unwrap();
    assert_eq!(world.state.course().result().unwrap().questions.as_ref().unwrap()[0].totals, [0, 10, 0]);
    assert_eq!(world.report().exit_code(), 0);
}

#[test]
fn a_trustee_comes_back_with_nothing_but_the_code() {
    let mut world = World::empty(&draft((2, 3)));
    let code = RecoveryCode::generate(&mut world.rng);
    let written = code.to_string();
    let again = |world: &World| Trustee::new(&written.parse().unwrap(), &world.manifest, 2).unwrap();
    world.trustees[1] = Trustee::new(&code, &world.manifest, 2).unwrap();
    world.ceremony();
    world.enrol(12);
    world.approve_and_open();
    for slot in 1..=10 {
        let mut voter = world.voter(slot);
        world.vote(&mut voter, &[vec![0], vec![0]]);
    }
    world.close();
    world.trustees[1] = again(&world);
    let share = world.share(1).unwrap();
    world.post(&share).unwrap();
    // The same code with another number is a stranger.
    world.trustees[2] = Trustee::new(&written.parse().unwrap(), &world.manifest, 3).unwrap();
    assert_eq!(world.share(2), Err(ballot::TrusteeError::Swapped));
}

/// Two false ballots whose errors would cancel if every equation weighed the same.
#[test]
fn errors_that_cancel_each_other_do_not_pass_a_batch() {
    let mut world = World::open(&draft((2, 3)), 20);
    let voters: Vec<Voter> = (1..=2).map(|slot| world.voter(slot)).collect();
    let context = world.context();
    let offset = |scalar: &[u8], add: bool| {
        let scalar = curve25519_dalek::Scalar::from_canonical_bytes(scalar.try_into().unwrap()).unwrap();
        let one = curve25519_dalek::Scalar::ONE;
        if add { scalar + one } else { scalar - one }.to_bytes()
    };
    let ballots: Vec<Vec<u8>> = voters
        .iter()
        .map(|voter| {
            let mut bytes = world.seal(voter, &[vec![0], vec![1]]).bytes;
            let at = bytes.len() - 96;
            let changed = offset(&bytes[at..at + 32], voter.slot == 1);
            bytes[at..at + 32].copy_from_slice(&changed);
            resign(&context, voter, &mut bytes);
            bytes
        })
        .collect();
    let items: Vec<_> = voters
        .iter()
        .zip(&ballots)
        .map(|(v, bytes)| {
            let (key, last_hash) = (world.key(v).public(), [0; 32]);
            let state =
                CredentialState { key, slot: v.slot, generation: 1, superseded: false, last_number: 0, last_hash };
            Batch::item(&context, Some(&state), bytes).unwrap()
        })
        .collect();
    let mut batch = Batch::new(&context);
    items.iter().for_each(|item| batch.push(item));
    assert!(!batch.holds());
    assert!(Batch::new(&context).holds());
}

#[test]
fn the_close_names_the_boards_own_counts() {
    let mut world = World::open(&draft((2, 3)), 20);
    let mut only = world.voter(1);
    world.vote(&mut only, &[vec![0], vec![1]]);
    let entry = world.close_entry();
    let Payload::Close(close) = &entry.payload else { panic!() };
    let changes: [fn(&mut ballot::entry::Close); 5] =
        [|c| c.cast += 1, |c| c.counted = 0, |c| c.challenged = 1, |c| c.size += 1, |c| c.aggregate.truncate(1)];
    for change in changes {
        let mut wrong = close.clone();
        change(&mut wrong);
        assert!(world.post(&Entry::new(world.manifest.poll, wrong).encode()).is_err());
    }
    assert_eq!(close.at, CLOSES);
    world.post(&entry.encode()).unwrap();
    assert_eq!(world.post(&voter_credential(&world)), Err(Refusal::PollNotOpen));
}

fn voter_credential(world: &World) -> Vec<u8> {
    VoterKey::derive(&voter(5).seed, world.manifest.poll).credential(&world.context(), 5)
}
