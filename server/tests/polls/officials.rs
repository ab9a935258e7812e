//! What trustees and clerks do, and what nobody may do in their place.

use super::world::{HOUR, World, choices, engines};
use ballot::verify::Options;
use ballot::{Trustee, Verifier};
use server::cli::devices::{ClerkDevice, board, course, hold_ceremony, open_sums};
use types::bytes::{Blob, Hex32};
use types::ids::PollId;
use types::polls::{CeremonyRound, KeyDraft, PollState};
use types::{ErrorCode, Problem};

async fn code<T: std::fmt::Debug>(asked: impl Future<Output = service::Result<T>>) -> ErrorCode {
    asked.await.expect_err("refused").code
}

/// A published poll whose key is not made yet.
async fn published(world: &World) -> PollId {
    let clerk = &world.people.clerks[0].caller;
    let page = world.service.create_draft(clerk, world.people.area, None).await.expect("a draft");
    let draft = world.draft(&world.people.trustees);
    let saved = world.service.save_draft(clerk, page.poll, page.version, draft).await.expect("saved");
    assert_eq!(saved.problems, []);
    world.service.publish_poll(clerk, page.poll, saved.version).await.expect("published");
    page.poll
}

#[tokio::test(flavor = "multi_thread")]
async fn a_trustee_posts_in_their_own_place_and_in_their_turn() {
    for engine in engines().await {
        let world = World::with(11, engine).await;
        let poll = published(&world).await;
        let [first, second, _] = &world.people.trustees[..] else { panic!("three trustees") };
        let ceremony = world.service.ceremony(&first.caller, poll).await.expect("the ceremony");
        assert_eq!((ceremony.me, ceremony.round, ceremony.my_turn), (Some(1), Some(CeremonyRound::Commit), true));
        let manifest = course(&ceremony.entries).expect("a course").manifest().cloned().expect("a manifest");
        let mine = Trustee::new(&first.code, &manifest, 1).expect("a trustee");
        let post = |caller, bytes| world.service.post_ceremony_entry(caller, poll, bytes);
        assert_eq!(code(post(&second.caller, mine.commit())).await, ErrorCode::NotAllowed, "in another's place");
        assert_eq!(code(post(&world.people.clerks[0].caller, mine.commit())).await, ErrorCode::NotAllowed);
        let after = post(&first.caller, mine.commit()).await.expect("posted");
        assert!(!after.my_turn);
        assert_eq!(code(post(&first.caller, mine.commit())).await, ErrorCode::AlreadyPosted);
        // A rushing trustee: coefficients before the others have committed.
        let early = mine.reveal(&course(&after.entries).expect("a course"));
        assert!(early.is_err(), "the own device waits for the others");
        assert_eq!(code(world.service.freeze_roll(&world.people.clerks[0].caller, poll)).await, ErrorCode::WrongState);
    }
}

/// The next entry of trustee `n`, in this round.
async fn entry(world: &World, poll: PollId, n: usize, round: CeremonyRound) -> Vec<u8> {
    let device = &world.people.trustees[n];
    let ceremony = world.service.ceremony(&device.caller, poll).await.expect("the ceremony");
    let course = course(&ceremony.entries).expect("a course");
    let manifest = course.manifest().expect("a manifest");
    let trustee = Trustee::new(&device.code, manifest, ceremony.me.expect("a trustee")).expect("a trustee");
    let made = match round {
        CeremonyRound::Commit => Ok(trustee.commit()),
        CeremonyRound::Reveal => trustee.reveal(&course),
        CeremonyRound::Deal => trustee.deal(&course, &mut world.rng.clone()),
        CeremonyRound::Confirm => trustee.confirm(&course),
        CeremonyRound::Rehearse => trustee.rehearse(&course),
    };
    made.expect("an entry")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_trustee_who_rehearses_late_keeps_nobody_from_voting() {
    for engine in engines().await {
        let mut world = World::with(11, engine).await;
        let poll = published(&world).await;
        let last = CeremonyRound::Rehearse;
        let posts = CeremonyRound::ALL.into_iter().flat_map(|round| (0..3).map(move |n| (round, n)));
        for (round, n) in posts.filter(|post| *post != (last, 2)) {
            let bytes = entry(&world, poll, n, round).await;
            world.service.post_ceremony_entry(&world.people.trustees[n].caller, poll, bytes).await.expect("posted");
        }
        let [one, two] = &world.people.clerks[..] else { panic!("two clerks") };
        world.service.freeze_roll(&one.caller, poll).await.expect("frozen");
        let late = &world.people.trustees[2].caller;
        let before = world.service.ceremony(late, poll).await.expect("the ceremony");
        assert_eq!((before.round, before.my_turn), (Some(last), true));
        let bytes = entry(&world, poll, 2, last).await;
        let after = world.service.post_ceremony_entry(late, poll, bytes).await.expect("posted");
        assert_eq!((after.round, after.my_turn, after.trustees[2].done), (None, false, Some(last)));
        for clerk in [one, two] {
            let opening = world.service.opening(&clerk.caller, poll).await.expect("the opening");
            let manifest = course(&opening.entries).expect("a course").manifest().cloned().expect("a manifest");
            let signed = clerk.code.clerk_key().approve(&manifest, opening.joint_key.0, opening.roll_hash.0);
            world.service.sign_opening(&clerk.caller, poll, signed.expect("signed")).await.expect("posted");
        }
        world.pass(HOUR).await;
        let given = world.context(poll, 0).await;
        for ballots in 0..2 {
            let seen = world.service.ceremony(&service::Caller::default(), poll).await.expect("the ceremony");
            let places = seen.entries.iter().map(|entry| entry.leaf);
            assert!(places.eq(0..15), "the board from its first entry on, as a voter's browser checks it");
            let key = course(&seen.entries).expect("a course").joint_key();
            assert_eq!(key, Some(given.joint_key.0), "after {ballots} ballots");
            assert!(world.cast(poll, ballots, &choices(ballots)).await.status.is_success());
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_result_is_published_also_if_the_server_stops_after_the_last_share() {
    for engine in engines().await {
        let mut world = World::with(11, engine).await;
        let poll = world.open().await;
        for n in 0..10 {
            assert!(world.cast(poll, n, &choices(n)).await.status.is_success());
        }
        world.pass(24 * HOUR).await;
        let now = service::Clock::now(world.clock.as_ref());
        let trustees = &world.people.trustees;
        open_sums(&world.service, poll, &trustees[..1], now).await.expect("one share");
        let shares = async || {
            let work = world.service.tally_work(&trustees[0].caller, poll).await.expect("the work");
            (work.shares.len(), work.state)
        };
        let mut second = Box::pin(open_sums(&world.service, poll, &trustees[1..2], now));
        while shares().await.0 < 2 {
            assert!(futures::poll!(&mut second).is_pending(), "it goes on to the result only when it is polled again");
        }
        drop(second);
        assert_eq!(shares().await, (2, PollState::Counting));
        world.pass(1).await;
        assert_eq!(shares().await.1, PollState::Finished);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_different_clerks_open_a_poll() {
    for engine in engines().await {
        let mut world = World::with(11, engine).await;
        let poll = published(&world).await;
        hold_ceremony(&world.service, poll, &world.people.trustees, &mut world.rng).await.expect("a key");
        let [one, two] = &world.people.clerks[..] else { panic!("two clerks") };
        assert_eq!(
            code(world.service.freeze_roll(&world.people.trustees[0].caller, poll)).await,
            ErrorCode::NotAllowed
        );
        let opening = world.service.freeze_roll(&one.caller, poll).await.expect("frozen");
        assert_eq!((opening.counts.slots, opening.needed, opening.me.is_some()), (11, 2, true));
        let manifest = course(&opening.entries).expect("a course").manifest().cloned().expect("a manifest");
        let sign = |clerk: &ClerkDevice| {
            clerk.code.clerk_key().approve(&manifest, opening.joint_key.0, opening.roll_hash.0).expect("signed")
        };
        let post = |caller, bytes| world.service.sign_opening(caller, poll, bytes);
        assert_eq!(code(post(&two.caller, sign(one))).await, ErrorCode::NotAllowed, "another clerk's signature");
        let other_roll = one.code.clerk_key().approve(&manifest, opening.joint_key.0, [1; 32]).expect("signed");
        assert_eq!(code(post(&one.caller, other_roll)).await, ErrorCode::WrongRoll);
        post(&one.caller, sign(one)).await.expect("the first");
        assert_eq!(code(post(&one.caller, sign(one))).await, ErrorCode::AlreadyPosted);
        world.pass(2 * HOUR).await;
        let state = |page: types::polls::PollPage| page.card.state;
        assert_eq!(
            world.service.poll_page(&one.caller, poll).await.map(state),
            Ok(PollState::Signing),
            "one is not enough"
        );
        post(&two.caller, sign(two)).await.expect("the second");
        assert_eq!(
            world.service.poll_page(&one.caller, poll).await.map(state),
            Ok(PollState::Open),
            "its time has come"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_phone_is_replaced_by_a_clerk_and_no_longer_votes() {
    for engine in engines().await {
        let mut world = World::with(11, engine).await;
        let poll = world.open().await;
        assert!(world.cast(poll, 0, &choices(0)).await.status.is_success());
        let stolen = world.sealed(poll, 0, &choices(1)).await.bytes;
        let caller = world.caller(&world.voter(0).token).await;
        let old = world.people.voters[0].device.seed;
        world.people.voters[0].device.seed = [99; 32];
        let given = world.context(poll, 0).await;
        let context = super::forge::context(&given);
        assert_eq!((given.next_generation, given.next_number), (2, 2));
        let wish = ballot::VoterKey::derive(&[99; 32], context.poll()).reissue_request(&context, given.slot, 2);
        let (key, possession) = (Hex32(wish.key), Blob(wish.possession.to_vec()));
        world.service.ask_reissue(&caller, poll, key, possession).await.expect("asked");
        assert_eq!(world.context(poll, 0).await.reissue_asked, Some(key));
        let clerk = &world.people.clerks[1];
        let requests = world.service.reissue_requests(&clerk.caller, world.people.area).await.expect("a list");
        let [request] = &requests[..] else { panic!("one request") };
        assert_eq!((request.key, request.generation, request.me.is_some()), (key, 2, true));
        let entry = clerk.code.clerk_key().reissue(&context, &wish).expect("signed");
        let first = &world.people.clerks[0].caller;
        assert_eq!(code(world.service.reissue_credential(first, poll, entry.clone())).await, ErrorCode::NotAllowed);
        assert_eq!(code(world.service.reissue_credential(&caller, poll, entry.clone())).await, ErrorCode::NotAllowed);
        world.service.reissue_credential(&clerk.caller, poll, entry.clone()).await.expect("re-issued");
        world.service.reissue_credential(&clerk.caller, poll, entry).await.expect("sent again, recorded once");
        world.pass(1).await;
        let told = world.service.notices(&caller, None).await.expect("an inbox").notices;
        assert_eq!(told.iter().filter(|notice| notice.kind == "credential-reissued").count(), 1);
        let log = world.service.audit_log(&clerk.caller, world.people.area, None).await.expect("the log").lines;
        assert_eq!(log.iter().filter(|line| line.action == "reissue-credential").count(), 1);
        let size = world.head(poll).await.size;
        world.post(poll, "ballots", 0, stolen).await.is(ErrorCode::SupersededCredential);
        assert_eq!(world.head(poll).await.size, size);
        // The stolen key under another voter's slot: that it was replaced is asked first (BALLOT.md, 8).
        let elsewhere = world.context(poll, 1).await;
        let key = ballot::VoterKey::derive(&old, context.poll());
        let sealing = ballot::Sealing::new(&context, &key, elsewhere.slot, None, &choices(1)).expect("fits");
        let mixed = sealing.run(&mut world.rng).expect("sealed").bytes;
        world.post(poll, "ballots", 1, mixed).await.is(ErrorCode::SupersededCredential);
        assert!(world.cast(poll, 0, &choices(1)).await.status.is_success(), "the new phone votes");
        assert_ne!(old, world.people.voters[0].device.seed);
        assert_eq!(world.service.my_record(&caller, poll).await.expect("a record").ballots, 2);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_share_before_the_close_and_none_for_anything_but_the_whole_sum() {
    for engine in engines().await {
        let mut world = World::with(11, engine).await;
        let poll = world.open().await;
        for n in 0..10 {
            assert!(world.cast(poll, n, &choices(n)).await.status.is_success());
        }
        let trustee = &world.people.trustees[0];
        assert_eq!(code(world.service.tally_work(&trustee.caller, poll)).await, ErrorCode::WrongState);
        let share = |entries: &[types::polls::BoardEntry], note: &str| {
            let mut verifier = Verifier::new(Options::default());
            verifier.checkpoint(note);
            entries.iter().for_each(|entry| verifier.push(&entry.bytes.0));
            let manifest = verifier.state().course().manifest().cloned().expect("a manifest");
            let mine = Trustee::new(&trustee.code, &manifest, 1).expect("a trustee");
            let counted = verifier.counted()?;
            mine.share(&counted, manifest.closes_at + 1)
        };
        let entries = board(&world.service, &trustee.caller, poll).await.expect("the board");
        assert!(
            share(&entries, &world.head(poll).await.checkpoint).is_err(),
            "the own device refuses before the close"
        );
        world.pass(24 * HOUR).await;
        let entries = board(&world.service, &trustee.caller, poll).await.expect("the board");
        let good = share(&entries, &world.head(poll).await.checkpoint).expect("a share");
        let other = &world.people.trustees[1].caller;
        assert_eq!(code(world.service.post_share(other, poll, good.clone())).await, ErrorCode::NotAllowed);
        let mut single = good.clone();
        single[18 + 1] ^= 1;
        assert_eq!(code(world.service.post_share(&trustee.caller, poll, single)).await, ErrorCode::WrongAggregate);
        let work = world.service.post_share(&trustee.caller, poll, good.clone()).await.expect("posted");
        assert_eq!((work.shares, work.state), (vec![1], PollState::Counting));
        assert_eq!(code(world.service.post_share(&trustee.caller, poll, good.clone())).await, ErrorCode::AlreadyPosted);
        let caller = trustee.caller.clone();
        let early = world.open().await;
        assert!(world.cast(early, 0, &choices(0)).await.status.is_success());
        assert_eq!(code(world.service.post_share(&caller, early, good)).await, ErrorCode::OutOfOrder);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn any_verified_resident_can_be_named_a_trustee_by_login_and_nobody_else() {
    for engine in engines().await {
        let world = World::with(2, engine).await;
        world.unverified().await;
        let clerk = &world.people.clerks[0].caller;
        let page = world.service.create_draft(clerk, world.people.area, None).await.expect("a draft");
        let named = |caller, login: &'static str| world.service.trustee_by_login(caller, page.poll, login);
        for login in ["somebody", "not-there"] {
            let refused = named(clerk, login).await.expect_err("refused");
            assert_eq!(refused, Problem::field("login", "no-trustee"), "{login}");
        }
        let resident = world.caller(&world.voter(0).token).await;
        assert_eq!(code(named(&resident, "voter0")).await, ErrorCode::NotAllowed);

        let found = named(clerk, "voter0").await.expect("a verified resident");
        assert!(page.trustees.iter().all(|known| known.account != found.account), "has no role here");
        // Three were asked for; nobody looks through a list of telephone numbers.
        for _ in 3..20 {
            assert_eq!(code(named(clerk, "not-there")).await, ErrorCode::Invalid);
        }
        assert_eq!(code(named(clerk, "not-there")).await, ErrorCode::TooManyTries);
        let mut draft = world.draft(&world.people.trustees[..2]);
        let KeyDraft::Trustees { accounts, .. } = &mut draft.key else { panic!("trustees") };
        accounts.push(found.account);
        let saved = world.service.save_draft(clerk, page.poll, page.version, draft).await.expect("saved");
        assert_eq!(saved.problems, []);
        world.service.publish_poll(clerk, page.poll, saved.version).await.expect("published");
        let duties = world.service.ceremony(&resident, page.poll).await.expect("the ceremony");
        assert_eq!(duties.me, Some(3), "the resident holds the third share");
        assert_eq!(duties.trustees[2].name, found.name);
        assert_eq!(
            code(named(clerk, "voter1")).await,
            ErrorCode::WrongState,
            "published: nothing is looked up any more"
        );
    }
}
