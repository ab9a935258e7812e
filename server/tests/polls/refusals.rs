//! Every arm of the list "a ballot is refused when" (docs/BALLOT.md), through the API: its own code, and nothing stored.

use super::forge;
use super::world::{HOUR, World, choices, engines};
use axum::http::StatusCode;
use ballot::entry::{Credential, Entry, Payload};
use ballot::{Sealing, VoterKey};
use types::ErrorCode;
use types::ids::PollId;
use types::polls::Receipt;

/// Where the sealed part of a ballot entry begins: header, context, credential, slot, number, previous hash.
const SEALED: usize = 18 + 32 + 32 + 4 + 4 + 32;

/// Posts as voter `n`, and asserts that it is refused with `code` and that the board is as it was.
async fn refused(world: &World, poll: PollId, what: &str, n: usize, body: Vec<u8>, code: ErrorCode) {
    let before = world.head(poll).await;
    world.post(poll, what, n, body).await.is(code);
    assert_eq!(world.head(poll).await, before, "{} stored something", code.as_str());
}

#[tokio::test(flavor = "multi_thread")]
async fn every_bad_ballot_is_refused_with_its_own_code_and_nothing_is_stored() {
    for engine in engines().await {
        let mut world = World::with(11, engine).await;
        let poll = world.open().await;
        let other = world.open().await;
        let good = world.sealed(poll, 0, &choices(0)).await.bytes;
        let context = forge::context(&world.context(poll, 0).await);
        let seed = world.voter(0).device.seed;

        let mut long = good.clone();
        long.push(0);
        refused(&world, poll, "ballots", 0, long, ErrorCode::TooLarge).await;
        refused(&world, poll, "ballots", 0, vec![0; 200_000], ErrorCode::TooLarge).await;
        refused(&world, poll, "ballots", 0, good[..good.len() - 1].to_vec(), ErrorCode::NotCanonical).await;
        refused(&world, poll, "ballots", 0, Vec::new(), ErrorCode::NotCanonical).await;
        let mut version = good.clone();
        version[0] = 2;
        refused(&world, poll, "ballots", 0, version, ErrorCode::NotCanonical).await;
        let mut point = good.clone();
        point[SEALED..SEALED + 32].fill(0xff);
        forge::sign(&seed, &context, &mut point);
        refused(&world, poll, "ballots", 0, point, ErrorCode::NotCanonical).await;
        let mut identity = good.clone();
        identity[SEALED..SEALED + 32].fill(0);
        forge::sign(&seed, &context, &mut identity);
        refused(&world, poll, "ballots", 0, identity, ErrorCode::NotCanonical).await;
        refused(&world, other, "ballots", 0, good.clone(), ErrorCode::WrongPoll).await;
        // The poll's id, but another manifest, key or roll.
        let mut foreign = good.clone();
        foreign[18..18 + 32].fill(7);
        forge::sign(&seed, &context, &mut foreign);
        refused(&world, poll, "ballots", 0, foreign, ErrorCode::WrongPoll).await;
        let mut scalar = good.clone();
        let end = scalar.len() - 64;
        scalar[end - 32..end].fill(0xff);
        forge::sign(&seed, &context, &mut scalar);
        refused(&world, poll, "ballots", 0, scalar, ErrorCode::NotCanonical).await;
        // A device whose random source is stuck: every ciphertext has the same nonce, so the same first half.
        let given = world.context(poll, 0).await;
        let stuck = world.voter(0).device.prepare(&given, &choices(0), &mut forge::Stuck).expect("sealed");
        refused(&world, poll, "ballots", 0, stuck.ballot.bytes, ErrorCode::ReusedPoint).await;

        let elsewhere = world.context(other, 1).await;
        let stranger = world.voter(1).device.prepare(&elsewhere, &choices(1), &mut world.rng.clone()).expect("sealed");
        refused(&world, other, "ballots", 1, stranger.ballot.bytes, ErrorCode::UnknownCredential).await;

        refused(&world, poll, "ballots", 2, good.clone(), ErrorCode::NotYourSlot).await;
        let mut signature = good.clone();
        *signature.last_mut().expect("not empty") ^= 1;
        refused(&world, poll, "ballots", 0, signature, ErrorCode::BadSignature).await;
        let mut proof = good.clone();
        let last = proof.len() - 64 - 32;
        proof[last] ^= 1;
        forge::sign(&seed, &context, &mut proof);
        refused(&world, poll, "ballots", 0, proof, ErrorCode::BadProof).await;

        // The attack that the context is there for: another voter's sealed choices under one's own name.
        let first = world.post(poll, "ballots", 0, good.clone()).await;
        assert_eq!(first.status, StatusCode::CREATED);
        let mut copied = world.sealed(poll, 3, &choices(3)).await.bytes;
        let end = copied.len() - 64;
        copied[SEALED..end].copy_from_slice(&good[SEALED..end]);
        forge::sign(&world.voter(3).device.seed, &context, &mut copied);
        refused(&world, poll, "ballots", 3, copied, ErrorCode::BadProof).await;

        let before = world.head(poll).await;
        let again = world.post(poll, "ballots", 0, good.clone()).await;
        again.is(ErrorCode::Duplicate);
        assert_eq!(world.head(poll).await, before, "a duplicate stored something");
        let receipt: Receipt = first.json();
        let document: serde_json::Value = serde_json::from_slice(&again.body).expect("JSON");
        assert_eq!(document["receipt"]["hash"], receipt.hash.to_string());
        assert_eq!(document["receipt"]["proof"]["leaf"], receipt.proof.leaf);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_ballot_out_of_its_order_is_refused() {
    for engine in engines().await {
        let mut world = World::with(11, engine).await;
        let poll = world.open().await;
        let first = world.sealed(poll, 0, &choices(0)).await;
        let given = world.context(poll, 0).await;
        let context = forge::context(&given);
        let key = VoterKey::derive(&world.voter(0).device.seed, context.poll());
        let make = |last: Option<(u32, [u8; 32])>, rng: &mut _| {
            let sealing = Sealing::new(&context, &key, given.slot, last, &choices(0)).expect("fits");
            sealing.run(rng).expect("sealed").bytes
        };
        refused(
            &world,
            poll,
            "ballots",
            0,
            make(Some((1, first.hash)), &mut world.rng.clone()),
            ErrorCode::WrongNumber,
        )
        .await;
        assert_eq!(world.post(poll, "ballots", 0, first.bytes.clone()).await.status, StatusCode::CREATED);
        let mut rng = world.rng.clone();
        refused(&world, poll, "ballots", 0, make(None, &mut rng), ErrorCode::WrongNumber).await;
        refused(&world, poll, "ballots", 0, make(Some((1, [7; 32])), &mut rng), ErrorCode::WrongPrevious).await;
        let second = make(Some((1, first.hash)), &mut rng);
        assert_eq!(world.post(poll, "ballots", 0, second.clone()).await.status, StatusCode::CREATED);
        // Offered again after it was replaced: known, not recorded a second time.
        world.post(poll, "ballots", 0, first.bytes).await.is(ErrorCode::Duplicate);
        let record = world.service.my_record(&world.caller(&world.voter(0).token).await, poll).await.expect("a record");
        assert_eq!((record.ballots, record.last.len()), (2, 2));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_credential_that_is_not_the_slots_is_refused() {
    for engine in engines().await {
        let mut world = World::with(11, engine).await;
        let poll = world.open().await;
        let given = world.context(poll, 0).await;
        let context = forge::context(&given);
        let key = |n: usize| VoterKey::derive(&world.voter(n).device.seed, context.poll());
        let entry = key(0).credential(&context, given.slot);
        refused(&world, poll, "credentials", 1, entry.clone(), ErrorCode::NotYourSlot).await;
        let mut signature = entry.clone();
        *signature.last_mut().expect("not empty") ^= 1;
        refused(&world, poll, "credentials", 0, signature, ErrorCode::BadSignature).await;
        refused(&world, poll, "credentials", 0, entry[..50].to_vec(), ErrorCode::NotCanonical).await;
        refused(&world, poll, "credentials", 0, vec![1; 500], ErrorCode::TooLarge).await;
        let Payload::Credential(body) = Entry::decode(&entry).expect("an entry").payload else {
            panic!("a credential")
        };
        let generation = Entry::new(context.poll(), Credential { generation: 2, ..body }).encode();
        refused(&world, poll, "credentials", 0, generation, ErrorCode::WrongGeneration).await;

        let first: types::polls::TreeProof = world.post(poll, "credentials", 0, entry.clone()).await.json();
        let size = world.head(poll).await.size;
        let again: types::polls::TreeProof = world.post(poll, "credentials", 0, entry).await.json();
        assert_eq!((again.leaf, world.head(poll).await.size), (first.leaf, size), "the same place, nothing stored");
        let second = key(1).credential(&context, given.slot);
        refused(&world, poll, "credentials", 0, second, ErrorCode::CredentialExists).await;
        let slot = world.context(poll, 1).await.slot;
        refused(&world, poll, "credentials", 1, key(0).credential(&context, slot), ErrorCode::CredentialReused).await;

        // One's own slot under the key of another: the board knows whose key it is.
        let mut rng = world.rng.clone();
        world.sealed(poll, 2, &choices(2)).await;
        let key = VoterKey::derive(&world.voter(2).device.seed, context.poll());
        let mixed =
            Sealing::new(&context, &key, given.slot, None, &choices(0)).expect("fits").run(&mut rng).expect("sealed");
        refused(&world, poll, "ballots", 0, mixed.bytes, ErrorCode::WrongSlot).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_opened_ballot_stands_on_the_board_and_can_never_be_cast() {
    for engine in engines().await {
        let mut world = World::with(11, engine).await;
        let poll = world.open().await;
        let sealed = world.sealed(poll, 0, &choices(0)).await;
        let context = forge::context(&world.context(poll, 0).await);
        let opened = sealed.opening.challenge(&context, &sealed.bytes);
        let mut lying = opened.clone();
        let flip = lying.len() - 33;
        lying[flip] ^= 1;
        refused(&world, poll, "challenges", 0, lying, ErrorCode::BadOpening).await;
        refused(&world, poll, "challenges", 1, opened.clone(), ErrorCode::NotYourSlot).await;
        refused(&world, poll, "challenges", 0, sealed.bytes.clone(), ErrorCode::NotCanonical).await;
        refused(&world, poll, "challenges", 0, vec![0; 60_000], ErrorCode::TooLarge).await;
        assert_eq!(world.post(poll, "challenges", 0, opened.clone()).await.status, StatusCode::CREATED);
        refused(&world, poll, "ballots", 0, sealed.bytes, ErrorCode::ReusedPoint).await;
        world.post(poll, "challenges", 0, opened).await.is(ErrorCode::Duplicate);
        let page = world.service.poll_page(&service::Caller::default(), poll).await.expect("the page");
        assert_eq!(page.card.turnout.voted, 0, "an opened ballot is no vote");
        assert_eq!(world.cast(poll, 0, &choices(0)).await.status, StatusCode::CREATED);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slot_opens_and_casts_so_many_ballots_an_hour() {
    for engine in engines().await {
        let mut world = World::with(11, engine).await;
        let poll = world.open().await;
        for _ in 0..20 {
            let opened = opened(&mut world, poll, 0).await;
            assert_eq!(world.post(poll, "challenges", 0, opened).await.status, StatusCode::CREATED);
        }
        for _ in 0..100 {
            assert_eq!(world.cast(poll, 0, &choices(0)).await.status, StatusCode::CREATED, "challenges do not count");
        }
        let challenge = opened(&mut world, poll, 0).await;
        let ballot = world.sealed(poll, 0, &choices(0)).await.bytes;
        for (what, body) in [("challenges", &challenge), ("ballots", &ballot)] {
            refused(&world, poll, what, 0, body.clone(), ErrorCode::TooManyTries).await;
            let answer = world.post(poll, what, 0, body.clone()).await;
            assert_eq!(answer.headers["retry-after"], "3600", "{what}");
        }
        let other = opened(&mut world, poll, 1).await;
        assert_eq!(world.post(poll, "challenges", 1, other).await.status, StatusCode::CREATED, "another slot");
        world.clock.pass(HOUR);
        for (what, body) in [("challenges", challenge), ("ballots", ballot)] {
            assert_eq!(world.post(poll, what, 0, body).await.status, StatusCode::CREATED, "{what}");
        }
    }
}

/// A new ballot of voter `n`, opened.
async fn opened(world: &mut World, poll: PollId, n: usize) -> Vec<u8> {
    let sealed = world.sealed(poll, n, &choices(n)).await;
    let context = forge::context(&world.context(poll, n).await);
    sealed.opening.challenge(&context, &sealed.bytes)
}

#[tokio::test(flavor = "multi_thread")]
async fn votes_are_taken_while_the_poll_is_open_and_from_those_on_the_roll() {
    for engine in engines().await {
        let mut world = World::with(11, engine).await;
        let poll = world.scheduled().await;
        refused(&world, poll, "ballots", 0, vec![1; 100], ErrorCode::PollNotOpen).await;
        refused(&world, poll, "credentials", 0, vec![1; 100], ErrorCode::PollNotOpen).await;
        world.pass(HOUR).await;
        let late = world.sealed(poll, 0, &choices(0)).await.bytes;
        let kept = world.sealed(poll, 1, &choices(1)).await.bytes;
        assert_eq!(world.post(poll, "ballots", 1, kept.clone()).await.status, StatusCode::CREATED);

        let ballots = format!("/polls/{poll}/ballots");
        world.ask("POST", &ballots, None, late.clone()).await.is(ErrorCode::SignInNeeded);
        let stranger = world.people.clerks[0].caller.clone();
        assert!(stranger.account.is_some_and(|account| account.person.is_none()), "a clerk who is nobody on the roll");
        let unverified = world.unverified().await;
        world.ask("POST", &ballots, Some(&unverified), late.clone()).await.is(ErrorCode::VerificationNeeded);
        world.post(PollId([9; 16]), "ballots", 0, late.clone()).await.is(ErrorCode::NotFound);

        // The clock alone closes it: no background work has run yet.
        world.clock.pass(24 * HOUR);
        refused(&world, poll, "ballots", 0, late.clone(), ErrorCode::PollNotOpen).await;
        world.post(poll, "ballots", 1, kept.clone()).await.is(ErrorCode::Duplicate);
        world.pass(1).await;
        refused(&world, poll, "ballots", 0, late, ErrorCode::PollNotOpen).await;
        world.post(poll, "ballots", 1, kept).await.is(ErrorCode::Duplicate);
    }
}
