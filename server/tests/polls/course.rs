//! The whole course of a poll, from the outside: key, roll, ballots, close, shares, result, record.

use super::world::{HOUR, World, choices, engines};
use server::cli::devices::{open_sums, prepare_poll};
use server::cli::export_poll::export;
use server::cli::verify::{Source, recount};
use service::Caller;
use types::ErrorCode;
use types::ids::PollId;
use types::polls::{
    BallotStanding, BallotStatus, Decision, KeyDraft, MyRecord, PollList, PollPage, PollResult, PollState, Published,
    Receipt, Standing,
};

async fn result(world: &World, poll: PollId) -> PollResult {
    world.get(&format!("/polls/{poll}/result")).await.json()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_poll_with_three_trustees_is_counted_and_its_record_verifies() {
    for engine in engines().await {
        let mut world = World::with(13, engine).await;
        let poll = world.open().await;
        world.get(&format!("/polls/{poll}/result")).await.is(ErrorCode::WrongState);
        let mut receipts = Vec::new();
        for n in 0..12 {
            let cast = world.cast(poll, n, &choices(n)).await;
            receipts.push(cast.json::<Receipt>());
        }
        // Voting again replaces: voter 2 said no, and now says yes.
        let again: Receipt = world.cast(poll, 2, &choices(0)).await.json();
        let status = |tracker: String| {
            let tracker = tracker.replace(' ', "").to_lowercase();
            let path = format!("/polls/{poll}/ballots/{tracker}?since={}", receipts[0].proof.size);
            let world = &world;
            async move { world.get(&path).await.json::<BallotStatus>() }
        };
        assert_eq!(status(receipts[2].tracker.clone()).await.standing, BallotStanding::Replaced);
        assert_eq!(status(again.tracker.clone()).await.standing, BallotStanding::Counts);
        let page: PollPage = world.get(&format!("/polls/{poll}")).await.json();
        assert_eq!((page.card.turnout.slots, page.card.turnout.voted, page.standing), (13, 12, Standing::SignedOut));

        world.pass(24 * HOUR).await;
        let counting = result(&world, poll).await;
        assert_eq!((counting.state, counting.outcome), (PollState::Counting, Published::Pending));
        open_sums(&world.service, poll, &world.people.trustees[1..], service::Clock::now(world.clock.as_ref()))
            .await
            .expect("opened");
        let done = result(&world, poll).await;
        let Published::Totals { questions } = &done.outcome else { panic!("totals: {:?}", done.outcome) };
        let votes = |question: usize| questions[question].options.iter().map(|option| option.votes).collect::<Vec<_>>();
        // Of 0..12 every third says no (2, 5, 8, 11), but voter 2 has voted again; even ones mark the first two.
        assert_eq!((votes(0), votes(1)), (vec![9, 3, 0], vec![6, 6, 6]));
        assert_eq!((questions[0].decision, questions[1].decision), (Decision::Passed, Decision::Each));
        assert_eq!((done.ballots, done.turnout.voted), (13, 12));

        let folder = tempfile::tempdir().expect("a folder");
        export(&world.service, poll, folder.path()).await.expect("exported");
        let tracker = again.tracker.parse().expect("a tracker");
        let saved = [receipts[0].proof.checkpoint.clone()];
        let place = folder.path().display().to_string();
        let outcome =
            recount(&Source::open(&place).expect("a folder"), Some(tracker), &saved, &mut |_, _| ()).expect("readable");
        assert_eq!(outcome.report.first_failure(), None, "{}", outcome.to_text());
        let list: PollList = world.get("/polls?state=closed").await.json();
        assert_eq!(list.polls.iter().map(|card| card.poll).collect::<Vec<_>>(), [poll]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_poll_with_a_system_key_needs_nobody_after_the_close_and_says_whose_key_it_is() {
    for engine in engines().await {
        let mut world = World::with(11, engine).await;
        let draft = world.draft(&[]);
        assert_eq!(draft.key, KeyDraft::System);
        let poll =
            prepare_poll(&world.service, world.people.area, draft, &world.people.clerks, &[], &mut world.rng).await;
        let poll = poll.expect("prepared");
        world.pass(HOUR).await;
        for n in 0..10 {
            assert!(world.cast(poll, n, &choices(n)).await.status.is_success());
        }
        world.pass(24 * HOUR).await;
        let done = result(&world, poll).await;
        assert_eq!((done.state, done.key), (PollState::Finished, types::polls::KeyHolder::System));
        assert!(matches!(done.outcome, Published::Totals { .. }));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_result_that_would_lay_single_ballots_open_is_not_published() {
    for engine in engines().await {
        let mut world = World::with(11, engine).await;
        let poll = world.open().await;
        for n in 0..9 {
            assert!(world.cast(poll, n, &choices(n)).await.status.is_success());
        }
        world.pass(24 * HOUR).await;
        let done = result(&world, poll).await;
        assert_eq!((done.state, done.outcome), (PollState::Finished, Published::Withheld { voted: 9, needed: 10 }));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_ballot_stuffed_for_somebody_absent_shows_in_their_record() {
    for engine in engines().await {
        let mut world = World::with(11, engine).await;
        let poll = world.open().await;
        let record = format!("/polls/{poll}/my-record");
        let token = world.voter(4).token.clone();
        let ask = async |world: &World| world.ask("GET", &record, Some(&token), Vec::new()).await.json::<MyRecord>();
        assert_eq!(ask(&world).await.ballots, 0);
        // Whoever rules the server signs in as the absentee, with a device of their own.
        world.people.voters[4].device.seed = [66; 32];
        assert!(world.cast(poll, 4, &choices(4)).await.status.is_success());
        let seen = ask(&world).await;
        assert_eq!(seen.ballots, 1);
        let device = ballot::VoterKey::derive(&[4; 32], ballot::PollId(poll.0)).public();
        assert_ne!(
            seen.credential.map(|credential| credential.key.0),
            Some(device),
            "not the key of the absentee's phone"
        );
        // Voters are told together with those of the same second.
        world.pass(1_000).await;
        let notices = world.service.notices(&world.caller(&token).await, None).await.expect("an inbox").notices;
        assert!(notices.iter().any(|notice| notice.kind == "ballot-recorded" && notice.poll == Some(poll)));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_poll_that_is_never_signed_lapses() {
    for engine in engines().await {
        let world = World::with(11, engine).await;
        let clerk = &world.people.clerks[0].caller;
        let page = world.service.create_draft(clerk, world.people.area, None).await.expect("a draft");
        let draft = world.draft(&world.people.trustees);
        let saved = world.service.save_draft(clerk, page.poll, page.version, draft).await.expect("saved");
        let stale = world.service.save_draft(clerk, page.poll, page.version, page.draft).await;
        assert_eq!(stale.expect_err("somebody else saved").code, ErrorCode::WrongState);
        world.service.publish_poll(clerk, page.poll, saved.version).await.expect("published");
        assert_eq!(world.service.delete_draft(clerk, page.poll).await.expect_err("fixed").code, ErrorCode::WrongState);
        world.pass(25 * HOUR).await;
        let page = world.service.poll_page(&Caller::default(), page.poll).await.expect("the page");
        assert_eq!(page.card.state, PollState::Lapsed);
        assert!(page.timeline.iter().all(|event| event.done), "a lapsed poll promises nothing");
    }
}
