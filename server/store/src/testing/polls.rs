//! Drafts, steps of a poll, and many votes in one transaction.

use super::make::{self, NOW};
use crate::polls::{
    AttachmentRecord, Bytes32, CredentialRecord, Edge, Effect, ListCursor, NewDraft, NewEntry, NewSlot, Presented,
    PresentedRecord, Publication, Seal, Sealed, Step, TileRecord, Vote, VoteKind, VoteOutcome, VoteRefusal, With,
};
use crate::{Area, NewJob, Result, Store};
use types::{
    ids::{AccountId, AreaId, AttachmentId, PersonId, PollId},
    polls::{PollState, TimelineKind},
    roll::AreaKind,
};

/// A tree of one level: enough to see that the right edge is given and kept.
fn seal(edge: Edge, leaves: &[Bytes32]) -> Result<Sealed> {
    let mut tiles: Vec<TileRecord> = edge.tiles.into_iter().filter(|tile| tile.level == 0).collect();
    let mut size = edge.size;
    for leaf in leaves {
        let position = size / 256;
        if tiles.last().is_none_or(|tile| tile.position != position) {
            assert_eq!(size % 256, 0, "the tile that grows is given");
            tiles.push(TileRecord { level: 0, position, hashes: Vec::new() });
        }
        let tile = tiles.last_mut().expect("just made");
        assert_eq!(tile.hashes.len() as i64, size % 256 * 32, "with all that it holds");
        tile.hashes.extend_from_slice(leaf);
        size += 1;
    }
    let root = *leaves.last().expect("something to append");
    Ok(Sealed { size, root, frontier: root.to_vec(), checkpoint: format!("size {size}"), tiles })
}

const SEAL: Seal<'static> = &seal;

fn hash(n: i64) -> Bytes32 {
    let mut hash = [3; 32];
    hash[..8].copy_from_slice(&n.to_be_bytes());
    hash
}

fn entry(kind: u8, n: i64) -> NewEntry {
    NewEntry { kind, bytes: n.to_be_bytes().to_vec(), leaf_hash: hash(n) }
}

fn job(first: i64) -> NewJob {
    let made = make::job(700_000 + u32::try_from(first).expect("small"));
    NewJob { payload: format!("from {first}"), dedupe_key: Some("ballots".to_owned()), ..made }
}

async fn draft(store: &dyn Store, n: u32, area: AreaId) -> PollId {
    let poll = PollId(make::bytes(n));
    let by = AccountId(make::bytes(1));
    let new = NewDraft { poll, area, title: "t".to_owned(), draft: "{}".to_owned(), by, at: NOW };
    store.create_draft(&new).await.expect("a draft");
    poll
}

fn step(poll: PollId, from: PollState, size: i64, entries: Vec<NewEntry>, effects: Vec<Effect>) -> Step {
    Step { poll, at: NOW, from, size, entries, effects }
}

fn publication(area: &Area, opens: i64) -> Effect {
    Effect::Publish(Box::new(Publication {
        version: 1,
        page: "{}".to_owned(),
        opens_at: NOW.plus_ms(opens),
        closes_at: NOW.plus_ms(1000),
        key_system: false,
        key_k: 2,
        key_n: 3,
        corrects: None,
        trustees: (1..=3).map(|n| AccountId(make::bytes(n))).collect(),
        clerks: vec![AccountId(make::bytes(4))],
        listed: vec![area.id, AreaId([0; 16])],
    }))
}

async fn publish(store: &dyn Store, poll: PollId, area: &Area, opens: i64) {
    let effects = vec![
        publication(area, opens),
        Effect::State(PollState::Ceremony),
        Effect::Event(TimelineKind::Published, Some(0)),
    ];
    assert!(
        store.advance(&step(poll, PollState::Draft, 0, vec![entry(1, 0)], effects), SEAL).await.expect("published")
    );
}

/// A poll of two slots that takes votes; its board has two entries.
async fn open(store: &dyn Store, n: u32, area: &Area) -> PollId {
    let poll = draft(store, n, area.id).await;
    publish(store, poll, area, 0).await;
    let slot = |slot: i64| NewSlot {
        slot,
        person: PersonId(make::bytes(u32::try_from(slot).expect("small"))),
        household: None,
        salt: hash(slot),
        text: format!("person {slot}"),
        commitment: hash(slot),
        leaf: 1,
    };
    let effects =
        vec![Effect::Roll(hash(9), vec![slot(1), slot(2)]), Effect::Taking(true), Effect::State(PollState::Open)];
    assert!(
        store.advance(&step(poll, PollState::Ceremony, 1, vec![entry(7, 1)], effects), SEAL).await.expect("opened")
    );
    poll
}

/// A draft is saved over the version that was read, has ten files at most, and is gone or fixed afterwards.
pub async fn drafts(store: &dyn Store) {
    let area = make::area(store, 50, AreaKind::Estate, None).await;
    let poll = draft(store, 51, area.id).await;
    assert!(store.save_draft(poll, 1, "new", "{}", NOW).await.expect("saved"));
    assert!(!store.save_draft(poll, 1, "late", "{}", NOW).await.expect("an answer"), "somebody else has saved");
    assert_eq!(
        store.draft_record(poll).await.expect("read").map(|draft| (draft.title, draft.version)),
        Some(("new".to_owned(), 2))
    );
    let file = |n: u32| AttachmentRecord {
        id: AttachmentId(make::bytes(n)),
        poll,
        name: n.to_string(),
        mime: "image/png".to_owned(),
        sha256: hash(1),
        size: 1,
    };
    for n in 60..70 {
        assert!(store.add_attachment(&file(n), b"x").await.expect("added"));
    }
    assert!(!store.add_attachment(&file(70), b"x").await.expect("an answer"), "the eleventh");
    assert!(store.remove_attachment(poll, file(60).id).await.expect("removed"));
    assert!(store.add_attachment(&file(70), b"x").await.expect("added"));
    assert_eq!(store.attachments(poll).await.expect("read").len(), 10);
    assert!(store.delete_draft(poll).await.expect("deleted"));
    assert!(store.draft_record(poll).await.expect("read").is_none());
}

/// A step is taken in the state and at the size that it was made for, wholly or not at all; lists follow.
pub async fn steps(store: &dyn Store) {
    let area = make::area(store, 80, AreaKind::Estate, None).await;
    let poll = draft(store, 81, area.id).await;
    publish(store, poll, &area, 5).await;
    assert!(!store.delete_draft(poll).await.expect("an answer"), "fixed");
    let again = step(poll, PollState::Draft, 0, vec![entry(1, 0)], vec![publication(&area, 5)]);
    assert!(!store.advance(&again, SEAL).await.expect("an answer"));
    let wrong_size = step(poll, PollState::Ceremony, 5, vec![entry(2, 5)], vec![Effect::JointKey(hash(1))]);
    assert!(!store.advance(&wrong_size, SEAL).await.expect("an answer"));
    assert_eq!(store.head(poll).await.expect("read").map(|head| (head.size, head.joint_key)), Some((1, None)));
    let later = draft(store, 82, area.id).await;
    publish(store, later, &area, 9).await;
    let list = |after| store.poll_list(Some(area.id), Some("coming"), after, None, 1);
    let first = list(None).await.expect("read").remove(0);
    assert_eq!(first.poll, later, "newest opening first");
    let second = list(Some(ListCursor { opens_at: first.opens_at, poll: first.poll })).await.expect("read").remove(0);
    assert_eq!((second.poll, second.area), (poll, area.id));
    assert_eq!(store.poll_list(None, None, None, None, 9).await.expect("read").len(), 2);
    assert_eq!(store.trustee_polls(AccountId(make::bytes(2)), 9).await.expect("read").len(), 2);
}

/// Credentials and ballots are judged one after the other, in one transaction, by what stands on the board.
pub async fn votes(store: &dyn Store) {
    use VoteOutcome::{Duplicate, Recorded, Refused};
    let area = make::area(store, 90, AreaKind::Estate, None).await;
    let poll = open(store, 91, &area).await;
    let credential = |n: i64, slot, generation, key: i64| Vote {
        entry: entry(11, n),
        kind: VoteKind::Credential { slot, generation, key: hash(key) },
        with: With {
            jobs: vec![make::job(800_000 + u32::try_from(n).expect("small"))],
            audit: Some(make::entry("credential")),
        },
    };
    let ballot = |n: i64, slot, number, previous: Option<i64>, key: i64, challenged| Vote {
        entry: entry(if challenged { 14 } else { 13 }, n),
        kind: VoteKind::Ballot {
            slot,
            number,
            previous: previous.map_or([0; 32], hash),
            credential: hash(key),
            hash: hash(n),
            points: [hash(10_000 + n), hash(20_000 + n)].concat(),
            challenged,
        },
        with: With::default(),
    };
    let reused = |mut vote: Vote, of: i64| {
        if let VoteKind::Ballot { points, .. } = &mut vote.kind {
            points[..32].copy_from_slice(&hash(20_000 + of));
        }
        vote
    };
    let batch = [
        credential(100, 1, 1, 1000),
        credential(100, 1, 1, 1000),
        credential(101, 1, 1, 1001),
        credential(102, 2, 1, 1000),
        credential(103, 2, 2, 1002),
        credential(104, 3, 1, 1003),
        ballot(200, 1, 1, None, 1000, false),
        ballot(200, 1, 1, None, 1000, false),
        ballot(201, 1, 1, None, 1000, false),
        ballot(202, 1, 2, Some(7), 1000, false),
        reused(ballot(203, 1, 2, Some(200), 1000, false), 200),
        ballot(204, 2, 1, None, 1000, false),
        ballot(205, 1, 2, Some(200), 999, false),
        ballot(206, 1, 2, Some(200), 1000, true),
        ballot(207, 1, 2, Some(200), 1000, false),
    ];
    let expected = [
        Recorded(2),
        Duplicate(2),
        Refused(VoteRefusal::CredentialExists),
        Refused(VoteRefusal::CredentialReused),
        Refused(VoteRefusal::WrongGeneration),
        Refused(VoteRefusal::UnknownSlot),
        Recorded(3),
        Duplicate(3),
        Refused(VoteRefusal::WrongNumber),
        Refused(VoteRefusal::WrongPrevious),
        Refused(VoteRefusal::ReusedPoint),
        Refused(VoteRefusal::WrongSlot),
        Refused(VoteRefusal::UnknownCredential),
        Recorded(4),
        Recorded(5),
    ];
    let told = async || {
        let (audit, jobs) = (store.audit_head().await.expect("read").seq, store.jobs_waiting(NOW).await.expect("read"));
        (audit, jobs)
    };
    let (audit, jobs) = told().await;
    assert_eq!(store.append_votes(poll, NOW, &batch, &job, SEAL).await.expect("judged"), expected);
    assert_eq!(told().await, (audit + 1, jobs + 2), "the one credential is told of, and the ballots");
    // The same in a transaction of its own, and what has changed meanwhile.
    let later = [
        ballot(207, 1, 2, Some(200), 1000, false),
        ballot(206, 1, 3, Some(207), 1000, false),
        credential(105, 1, 2, 1004),
        ballot(208, 1, 3, Some(207), 1000, false),
        ballot(211, 2, 1, None, 1000, false),
        ballot(209, 1, 3, Some(207), 1004, false),
    ];
    let superseded = Refused(VoteRefusal::Superseded);
    let expected = [Duplicate(5), Refused(VoteRefusal::ReusedPoint), Recorded(6), superseded, superseded, Recorded(7)];
    assert_eq!(store.append_votes(poll, NOW, &later, &job, SEAL).await.expect("judged"), expected);
    assert_eq!(told().await, (audit + 2, jobs + 3), "the ballots are told of with those before");
    let gathered = job(2).id;
    assert_eq!(store.fix_work(poll, gathered, &|size| format!("to {size}")).await.expect("fixed"), Some(8));
    let claimed = store.claim_job(gathered, "node", NOW, NOW.plus_ms(1)).await.expect("claimed").expect("it waits");
    assert_eq!(claimed.payload, "to 8");
    let head = store.head(poll).await.expect("read").expect("a head");
    assert_eq!((head.size, head.slots, head.voted, head.ballots, head.challenged), (8, 2, 1, 3, 1));
    let slot = store.slot(poll, 1).await.expect("read").expect("a slot");
    assert_eq!(
        (slot.number, slot.last_hash, slot.generation, slot.credential),
        (3, Some(hash(209)), 2, Some(hash(1004)))
    );
    assert_eq!(store.last_ballots(poll, 0, 9).await.expect("read"), [(1, 209_i64.to_be_bytes().to_vec())]);
    let numbers =
        |ballots: Vec<crate::polls::BallotRecord>| ballots.into_iter().map(|b| (b.number, b.leaf)).collect::<Vec<_>>();
    assert_eq!(numbers(store.ballots_of(poll, 1, 9).await.expect("read")), [(3, 7), (2, 5), (1, 3)]);
    assert_eq!(numbers(store.ballots_by_hash(poll, &hash(200)[..10]).await.expect("read")), [(1, 3)]);
    assert_eq!(store.course(poll).await.expect("read").len(), 2, "what voters posted is no part of the course");
    assert_eq!(
        store.tiles(poll, &[(0, 0), (9, 9)]).await.expect("read").first().map(|tile| tile.hashes.len()),
        Some(8 * 32)
    );
    let present = |person, hash, credential| Presented { person: PersonId(make::bytes(person)), hash, credential };
    let three = [present(1, hash(206), hash(1004)), present(99, hash(99), hash(99)), present(2, hash(208), hash(1000))];
    let credential =
        CredentialRecord { slot: 1, generation: 2, leaf: 6, slot_generation: 2, number: 3, last_hash: Some(hash(209)) };
    let first = CredentialRecord { generation: 1, leaf: 2, ..credential.clone() };
    let known = [
        PresentedRecord { slot: Some((1, 3)), recorded: Some((1, true, 4, NOW)), credential: Some(credential) },
        PresentedRecord::default(),
        PresentedRecord { slot: Some((2, 0)), recorded: None, credential: Some(first) },
    ];
    assert_eq!(store.presented(poll, &three).await.expect("read"), known);
    assert!(store.presented(poll, &[]).await.expect("read").is_empty());
    let stolen = [ballot(212, 2, 1, None, 1000, false)];
    assert_eq!(store.append_votes(poll, NOW, &stolen, &job, SEAL).await.expect("judged"), [superseded]);
    // Closed by the clock, then by the step.
    let last = [ballot(210, 1, 4, Some(209), 1004, false)];
    let refused = [Refused(VoteRefusal::NotOpen)];
    assert_eq!(store.append_votes(poll, NOW.plus_ms(1000), &last, &job, SEAL).await.expect("judged"), refused);
    let close =
        step(poll, PollState::Open, 0, Vec::new(), vec![Effect::Taking(false), Effect::State(PollState::Counting)]);
    assert!(store.advance(&close, SEAL).await.expect("closed"));
    assert_eq!(store.append_votes(poll, NOW, &last, &job, SEAL).await.expect("judged"), refused);
}
