//! The test vectors of docs/BALLOT.md, from a random source with a fixed seed.

use crate::forge::{SEALED, resign, t};
use crate::world::{Voter, World, draft, frontier, log_key, note};
use ballot::checkpoint::{LogKey, cosign};
use ballot::merkle::{consistency_proof, inclusion_proof, leaf_hash};
use ballot::{ClerkKey, Entry, Kind, Payload, RecoveryCode, Refusal, Tracker, roll, tiles};
use data_encoding::HEXLOWER;
use rand_chacha::rand_core::{Rng as _, SeedableRng as _};
use serde_json::{Value, json};
use std::collections::HashMap;

fn hex(bytes: &[u8]) -> String {
    HEXLOWER.encode(bytes)
}

/// Every file of `vectors/` and its content.
pub(crate) fn files() -> [(&'static str, String); 3] {
    let (board, entries) = board();
    let text = |value: &Value| format!("{value:#}\n");
    [("hash.json", text(&hashes())), ("board.json", text(&board)), ("log.json", text(&log(&entries)))]
}

/// Files of the fuzz targets' corpus that only a board can give: path and content.
pub(crate) fn corpus() -> [(&'static str, Vec<u8>); 3] {
    let (_, entries) = board();
    let place = |kind| entries.iter().position(|entry| entry[1] == kind as u8).unwrap();
    let (ballot, challenge) = (place(Kind::Ballot), place(Kind::Challenge));
    let start = tiles::encode_bundle(entries[..=ballot].iter().map(Vec::as_slice)).unwrap();
    [
        ("board/to-the-first-ballot", start),
        ("ballot/first", entries[ballot].clone()),
        ("challenge/of-the-second", entries[challenge].clone()),
    ]
}

/// The secrets behind the recovery codes that `World` draws first.
fn secrets() -> [[u8; 16]; 3] {
    let mut rng = rand_chacha::ChaCha20Rng::from_seed([7; 32]);
    std::array::from_fn(|_| {
        let mut secret = [0; 16];
        rng.fill_bytes(&mut secret);
        secret
    })
}

/// The hash, what is derived with it, and what people type.
fn hashes() -> Value {
    let code = RecoveryCode::generate(&mut rand_chacha::ChaCha20Rng::from_seed([7; 32]));
    let secret = secrets()[0];
    let poll = ballot::PollId(*b"0123456789abcdef");
    json!({
        "t": [
            { "label": "x", "parts": [], "digest": hex(&t("x", &[])) },
            { "label": "x", "parts": ["", "00"], "digest": hex(&t("x", &[b"", &[0]])) },
            { "label": "x", "parts": ["00", ""], "digest": hex(&t("x", &[&[0], b""])) },
        ],
        "tracker": { "hash": hex(&t("x", &[])[..32]), "tracker": Tracker::of(t("x", &[]).first_chunk().unwrap()).to_string() },
        "recovery_code": { "secret": hex(&secret), "code": code.to_string() },
        "voter_key": {
            "seed": hex(&[5; 32]), "poll": hex(&poll.0),
            "public": hex(&ballot::VoterKey::derive(&[5; 32], poll).public()),
        },
        "clerk_key": { "seed": hex(&[1; 32]), "public": hex(&ClerkKey::derive(&[1; 32]).public().0) },
        "roll_slot": {
            "poll": hex(&poll.0), "slot": 7, "salt": hex(&[9; 32]), "person": "王小明 3栋502",
            "commitment": hex(&roll::commit(poll, 7, &[9; 32], "王小明 3栋502")),
        },
    })
}

/// A whole poll with one question, two of three trustees, eleven ballots (one replaced, one challenged).
fn board() -> (Value, Vec<Vec<u8>>) {
    let mut draft = draft((2, 3));
    draft.questions.truncate(1);
    let mut world = World::open(&draft, 12);
    let mut first = world.voter(1);
    let sealed = world.seal(&first, &[vec![0]]);
    let refused: Vec<Value> = changed(&world, &first, &sealed.bytes)
        .iter()
        .map(|case| json!({ "what": case.what, "bytes": hex(&case.bytes), "refusal": case.refusal.code() }))
        .collect();
    world.post(&sealed.bytes).unwrap();
    first.last = Some((1, sealed.hash));
    let challenged = world.seal(&first, &[vec![2]]);
    let challenge = challenged.opening.challenge(&world.context(), &challenged.bytes);
    world.post(&challenge).unwrap();
    world.vote(&mut first, &[vec![1]]);
    for slot in 2..=10 {
        let mut voter = world.voter(slot);
        world.vote(&mut voter, &[vec![u16::from(slot > 7)]]);
    }
    world.close();
    world.count();
    let context = world.context();
    let result = world.state.course().result().unwrap().questions.clone().unwrap();
    let report = world.report();
    assert_eq!(report.exit_code(), 0);
    let value = json!({
        "manifest": String::from_utf8(draft.to_bytes().unwrap()).unwrap(),
        "trustee_secrets": secrets().map(|s| hex(&s)),
        "manifest_hash": hex(world.manifest.hash()),
        "joint_key": hex(context.joint_key()),
        "roll_hash": hex(context.roll_hash()),
        "context": hex(context.hash()),
        "ballot_size": context.ballot_size(),
        "ballot": {
            "voter_seed": hex(&first.seed), "slot": 1, "choices": [[0]], "bytes": hex(&sealed.bytes),
            "hash": hex(&sealed.hash), "tracker": sealed.tracker.to_string(),
        },
        "refused": refused,
        "challenge": { "bytes": hex(&challenge), "tracker": challenged.tracker.to_string(), "choices": [[2]] },
        "entries": world.board.iter().map(|e| hex(e)).collect::<Vec<_>>(),
        "checkpoint": note(&world.manifest, &world.board),
        "root": hex(&report.root),
        "counts": { "cast": report.cast, "challenged": report.challenged, "counted": report.counted },
        "totals": result.iter().map(|q| q.totals.clone()).collect::<Vec<_>>(),
        "chosen": result.iter().map(|q| q.outcome.chosen.clone()).collect::<Vec<_>>(),
    });
    (value, world.board)
}

/// A changed ballot, and how it is refused where the original would be accepted.
pub(crate) struct Changed {
    pub(crate) what: &'static str,
    pub(crate) bytes: Vec<u8>,
    pub(crate) refusal: Refusal,
}

/// Changes to a slot's first ballot that must be refused.
pub(crate) fn changed(world: &World, voter: &Voter, ballot: &[u8]) -> Vec<Changed> {
    let context = world.context();
    let mut cases = vec![];
    let mut case = |what, signed: bool, act: &dyn Fn(&mut Vec<u8>)| {
        let mut bytes = ballot.to_vec();
        act(&mut bytes);
        if signed {
            resign(&context, voter, &mut bytes);
        }
        let refusal = world.state.check(&bytes).err().unwrap();
        cases.push(Changed { what, bytes, refusal });
    };
    case("a byte more", false, &|b| b.push(0));
    case("a byte less", false, &|b| b.truncate(b.len() - 1));
    case("version 2", false, &|b| b[0] = 2);
    case("another poll", false, &|b| b[2] ^= 1);
    case("another context", false, &|b| b[18] ^= 1);
    case("another credential", false, &|b| b[50] ^= 1);
    case("another slot", true, &|b| b[85] ^= 3);
    case("number 2", true, &|b| b[89] = 2);
    case("a previous ballot that is none", true, &|b| b[90] = 1);
    case("a changed signature", false, &|b| *b.last_mut().unwrap() ^= 1);
    case("identity as a first half", true, &|b| b[SEALED..SEALED + 32].fill(0));
    case("a negative field element as a point", true, &|b| b[SEALED] ^= 1);
    case("a response of the group order", true, &|b| {
        let order = HEXLOWER.decode(b"edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010").unwrap();
        let at = b.len() - 96;
        b[at..at + 32].copy_from_slice(&order);
    });
    case("a changed response", true, &|b| {
        let at = b.len() - 96;
        b[at] ^= 1;
    });
    case("two ciphertexts swapped", true, &|b| {
        let (one, two) = (b[SEALED..SEALED + 64].to_vec(), b[SEALED + 64..SEALED + 128].to_vec());
        b[SEALED..SEALED + 64].copy_from_slice(&two);
        b[SEALED + 64..SEALED + 128].copy_from_slice(&one);
    });
    cases
}

/// Tree, proofs, tiles, checkpoint and cosignature over the board's first entries.
fn log(entries: &[Vec<u8>]) -> Value {
    let entries = &entries[..21];
    let mut nodes = HashMap::new();
    let mut tree = ballot::merkle::Frontier::new();
    let roots: Vec<String> = entries
        .iter()
        .map(|entry| {
            nodes.extend(tree.append(leaf_hash(entry)));
            hex(&tree.root())
        })
        .collect();
    let stored = |node| nodes.get(&node).copied();
    let hexes = |hashes: Vec<[u8; 32]>| hashes.iter().map(|h| hex(h)).collect::<Vec<_>>();
    let proofs = |pairs: &[(u64, u64)], make: &dyn Fn(u64, u64) -> Vec<[u8; 32]>| -> Vec<Value> {
        pairs.iter().map(|(a, b)| json!({ "of": a, "in": b, "proof": hexes(make(*a, *b)) })).collect()
    };
    let Payload::Manifest(manifest) = Entry::decode(&entries[0]).unwrap().payload else { panic!() };
    let manifest = ballot::Manifest::parse(&manifest.0).unwrap();
    let mut signed = note(&manifest, entries);
    let line = cosign(&signed, "witness.example/w1", &LogKey::from_seed(&[3; 32]), 1_764_000_000).unwrap();
    signed.push_str(&line);
    assert_eq!(frontier(entries).root(), tree.root());
    json!({
        "leaves": entries.iter().map(|e| hex(&leaf_hash(e))).collect::<Vec<_>>(),
        "roots": roots,
        "inclusion": proofs(&[(0, 1), (0, 21), (7, 21), (20, 21), (12, 13)], &|i, n| inclusion_proof(i, n, stored).unwrap()),
        "consistency": proofs(&[(1, 21), (8, 21), (13, 21), (20, 21), (21, 21)], &|i, n| consistency_proof(i, n, stored).unwrap()),
        "tiles": tiles::all(70_000).iter().map(tiles::Tile::path).filter(|p| p.contains(".p/")).collect::<Vec<_>>(),
        "log_key": hex(&log_key().public()),
        "witness_key": hex(&LogKey::from_seed(&[3; 32]).public()),
        "checkpoint": signed,
    })
}
