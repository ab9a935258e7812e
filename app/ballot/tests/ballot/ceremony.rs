//! Attacks on the key ceremony, each of which must fail in its own way.

use crate::forge::{sign_as_trustee, t};
use crate::world::{World, draft};
use ballot::board::{Course, KeyCeremony};
use ballot::entry::{Commit, Reveal, kind_of};
use ballot::{Digest, Entry, Payload, RecoveryCode, Refusal, Trustee, TrusteeError};

#[test]
fn a_rushing_trustee_cannot_choose_its_key_after_the_others() {
    let mut world = World::empty(&draft((2, 3)));
    let [one, two] = [0, 1].map(|i| world.trustees[i].commit());
    world.post(&one).unwrap();
    world.post(&two).unwrap();
    // Nobody reveals before all have committed.
    assert_eq!(world.trustees[0].reveal(world.state.course()), Err(Refusal::OutOfOrder.into()));
    let three = world.trustees[2].commit();
    world.post(&three).unwrap();
    let reveal = |world: &World, i: usize| world.trustees[i].reveal(world.state.course()).unwrap();
    let (first, second) = (reveal(&world, 0), reveal(&world, 1));
    world.post(&first).unwrap();
    world.post(&second).unwrap();
    // Trustee 3 now knows the others' coefficients and would like different ones of its own: even with a valid
    // signature and valid proofs they are not what it has committed to.
    let rusher = Trustee::new(&RecoveryCode::generate(&mut world.rng), &world.manifest, 3).unwrap();
    let mut other = World::empty(&draft((2, 3)));
    other.trustees[2] = rusher;
    other.each_trustee(|t, _, _| Ok(t.commit()));
    let foreign = other.trustees[2].reveal(other.state.course()).unwrap();
    let Payload::Reveal(chosen) = Entry::decode(&foreign).unwrap().payload else { panic!() };
    let Payload::Reveal(own) = Entry::decode(&reveal(&world, 2)).unwrap().payload else { panic!() };
    let body = Reveal { coefficients: chosen.coefficients, ..own };
    let mut bytes = Entry::new(world.manifest.poll, body).encode();
    sign_as_trustee(&world, 3, &committed(&world), &mut bytes);
    assert_eq!(world.state.check(&bytes).err(), Some(Refusal::WrongCommitment));
}

/// `committed` of docs/BALLOT.md, section 4.
fn committed(world: &World) -> Digest {
    let commits = world.board.iter().filter(|e| Entry::decode(e).unwrap().kind() == ballot::Kind::Commit);
    let digests: Vec<u8> = commits.flat_map(|e| t("ceremony-entry", &[e])[..32].to_vec()).collect();
    *t("committed", &[world.manifest.hash(), &digests]).first_chunk().unwrap()
}

/// A server lets two trustees reveal, then begins again with another third trustee, who has seen what they revealed.
#[test]
fn a_reveal_is_worth_nothing_on_a_board_with_another_commitment() {
    let mut first = World::empty(&draft((2, 3)));
    first.each_trustee(|t, _, _| Ok(t.commit()));
    let seen = first.trustees[0].reveal(first.state.course()).unwrap();
    let mut second = World::empty(&draft((2, 3)));
    second.trustees[2] = Trustee::new(&RecoveryCode::generate(&mut second.rng), &second.manifest, 3).unwrap();
    second.each_trustee(|t, _, _| Ok(t.commit()));
    assert_eq!(second.post(&seen), Err(Refusal::BadSignature));
    assert_eq!(first.post(&seen), Ok(()));
}

#[test]
fn a_trustee_finds_that_somebody_else_posted_under_its_number() {
    let mut world = World::empty(&draft((2, 3)));
    let impostor = Trustee::new(&RecoveryCode::generate(&mut world.rng), &world.manifest, 2).unwrap();
    let mine = std::mem::replace(&mut world.trustees[1], impostor);
    world.each_trustee(|t, _, _| Ok(t.commit()));
    assert_eq!(mine.reveal(world.state.course()), Err(TrusteeError::Swapped));
    world.each_trustee(|t, s, _| t.reveal(s.course()));
    world.each_trustee(|t, s, rng| t.deal(s.course(), rng));
    assert_eq!(mine.confirm(world.state.course()), Err(TrusteeError::Swapped));
    // Without the genuine trustee's confirmation nothing can be told apart by others; its refusal is the alarm, and
    // the fingerprints differ.
    assert_ne!(mine.fingerprint(), world.trustees[1].fingerprint());
}

#[test]
fn a_trustee_does_not_confirm_a_share_that_does_not_fit() {
    let mut world = World::empty(&draft((2, 3)));
    world.each_trustee(|t, _, _| Ok(t.commit()));
    world.each_trustee(|t, s, _| t.reveal(s.course()));
    for i in 0..3 {
        let mut deal = world.trustees[i].deal(world.state.course(), &mut world.rng).unwrap();
        if i == 0 {
            let Payload::Deal(mut body) = Entry::decode(&deal).unwrap().payload else { panic!() };
            body.shares[0].sealed[0] ^= 1;
            deal = Entry::new(world.manifest.poll, body).encode();
            sign_as_trustee(&world, 1, world.manifest.hash(), &mut deal);
        }
        world.post(&deal).unwrap();
    }
    assert_eq!(world.trustees[1].confirm(world.state.course()), Err(TrusteeError::BadShare(1)));
    assert!(world.trustees[2].confirm(world.state.course()).is_ok());
}

#[test]
fn a_commitment_cannot_repeat_another_trustees_key() {
    let mut world = World::empty(&draft((2, 3)));
    let first = world.trustees[0].commit();
    world.post(&first).unwrap();
    let Payload::Commit(body) = Entry::decode(&first).unwrap().payload else { panic!() };
    let mut echo = Entry::new(world.manifest.poll, Commit { index: 2, ..body }).encode();
    sign_as_trustee(&world, 1, world.manifest.hash(), &mut echo);
    assert_eq!(world.post(&echo), Err(Refusal::WrongKey));
}

/// The entries of a board up to the last confirmation, and the one after.
fn key_entries(world: &World) -> (&[Vec<u8>], &[u8]) {
    let count = world.board.iter().take_while(|entry| kind_of(entry).unwrap().makes_key()).count();
    (&world.board[..count], &world.board[count])
}

#[test]
fn a_voters_device_finds_the_key_that_the_whole_board_has_and_takes_nothing_else() {
    let world = World::open(&draft((2, 3)), 3);
    let (entries, after) = key_entries(&world);
    assert_eq!(entries.len(), 1 + 4 * 3, "manifest, commits, reveals, deals, confirmations");
    let mut device = KeyCeremony::new();
    for entry in entries {
        assert_eq!(device.joint_key(), None, "not before all have confirmed");
        device.take(entry).unwrap();
    }
    assert_eq!(device.take(after), Err(Refusal::OutOfOrder), "a rehearsal makes no key");
    assert_eq!(device.take(&entries[0]), Err(Refusal::OutOfOrder), "there is one manifest");
    let (manifest, key) = device.into_parts().unwrap();
    assert_eq!(Some(key), world.state.course().joint_key());
    assert_eq!(manifest, world.manifest);
    // Without any one of them there is no key.
    for missing in 0..entries.len() {
        let mut device = KeyCeremony::new();
        let rest = entries.iter().enumerate().filter(|(place, _)| *place != missing);
        let taken = rest.map(|(_, entry)| device.take(entry)).collect::<Result<Vec<()>, _>>();
        assert!(taken.is_err() || device.into_parts().is_none(), "without entry {missing}");
    }
}

#[test]
fn a_voters_device_refuses_what_the_whole_boards_rules_refuse_with_the_same_code() {
    let world = World::open(&draft((2, 3)), 3);
    let (entries, _) = key_entries(&world);
    let (mut device, mut course) = (KeyCeremony::new(), Course::new());
    for (place, entry) in (0..).zip(entries) {
        // After version and kind: the poll's id, the body's beginning, middle and end.
        for at in [2, 18, 19, 50, entry.len() / 2, entry.len() - 1] {
            let mut changed = entry.clone();
            changed[at] ^= 1;
            let refused = course.check(&changed).err();
            assert_eq!(device.clone().take(&changed).err(), refused, "entry {place}, byte {at}");
            // Another manifest is another poll, and begins a board as well as this one does.
            assert!(place == 0 || refused.is_some(), "entry {place}, byte {at}");
        }
        device.take(entry).unwrap();
        let checked = course.check(entry).unwrap();
        course.apply(&checked, place).unwrap();
    }
}
