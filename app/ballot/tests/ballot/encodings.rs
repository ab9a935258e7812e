//! Every decoder: what it writes it reads, and nothing else.

use crate::forge::{SEALED, resign};
use crate::world::{World, draft, report};
use ballot::entry::{self, MAX_ENTRY};
use ballot::manifest::ManifestError;
use ballot::verify::Options;
use ballot::{Entry, Kind, Manifest, RecoveryCode, Refusal, Tracker};
use curve25519_dalek::ristretto::CompressedRistretto;
use data_encoding::HEXLOWER;
use proptest::prelude::*;
use std::sync::OnceLock;

/// The board of a whole poll, and its manifest.
fn whole() -> &'static (Manifest, Vec<Vec<u8>>) {
    static WHOLE: OnceLock<(Manifest, Vec<Vec<u8>>)> = OnceLock::new();
    WHOLE.get_or_init(|| {
        let (mut world, _) = crate::poll::closed();
        world.count();
        (world.manifest, world.board)
    })
}

/// One encoded entry of every kind.
fn samples() -> &'static [Vec<u8>] {
    static SAMPLES: OnceLock<Vec<Vec<u8>>> = OnceLock::new();
    SAMPLES.get_or_init(|| {
        let of = |kind: &Kind| whole().1.iter().find(|e| Entry::decode(e).unwrap().kind() == *kind).unwrap().clone();
        Kind::ALL.iter().map(of).collect()
    })
}

#[test]
fn every_kind_reads_back_what_it_writes_and_nothing_longer_or_shorter() {
    for bytes in samples() {
        let entry = Entry::decode(bytes).unwrap();
        assert_eq!(entry.encode(), *bytes);
        let open_ended = matches!(entry.kind(), Kind::Manifest | Kind::Ballot);
        assert_eq!(Entry::decode(&[bytes.as_slice(), &[0]].concat()).is_err(), !open_ended, "{:?}", entry.kind());
        for len in 0..bytes.len().min(if open_ended { 18 } else { usize::MAX }) {
            assert!(Entry::decode(&bytes[..len]).is_err());
        }
    }
    assert_eq!(Entry::decode(&vec![1; MAX_ENTRY + 1]), Err(Refusal::TooLarge));
    assert_eq!(entry::kind_of(&[2, 1, 0]), Err(Refusal::NotCanonical));
}

proptest! {
    #[test]
    fn whatever_is_read_is_written_back_the_same(kind in 0_usize..17, edits in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..6)) {
        let mut bytes = samples()[kind].clone();
        for (index, value) in edits {
            let i = index.index(bytes.len());
            bytes[i] = value;
        }
        if let Ok(entry) = Entry::decode(&bytes) {
            prop_assert_eq!(entry.encode(), bytes);
        }
    }

    #[test]
    fn noise_is_refused_without_panic(kind in 0_u8..20, body in proptest::collection::vec(any::<u8>(), 0..400)) {
        let mut bytes = vec![1, kind];
        bytes.extend(body);
        if let Ok(entry) = Entry::decode(&bytes) {
            prop_assert_eq!(entry.encode(), bytes);
        }
    }

    #[test]
    fn trackers_round_trip_however_they_are_typed(bytes: [u8; 10]) {
        let tracker = Tracker(bytes);
        let shown = tracker.to_string();
        prop_assert_eq!(shown.len(), 19);
        prop_assert_eq!(shown.parse(), Ok(tracker));
        let typed = shown.to_lowercase().replace(' ', "-").replace('0', "o").replace('1', "l");
        prop_assert_eq!(typed.parse(), Ok(tracker));
        prop_assert!(shown[..18].parse::<Tracker>().is_err());
    }

    #[test]
    fn every_single_typing_error_in_a_recovery_code_is_found(at in 0_usize..39, wrong in 0_usize..32) {
        use rand_chacha::rand_core::SeedableRng as _;
        let mut rng = rand_chacha::ChaCha20Rng::from_seed([1; 32]);
        let code = RecoveryCode::generate(&mut rng).to_string();
        prop_assert_eq!(code.parse::<RecoveryCode>().unwrap().to_string(), code.clone());
        let wrong = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ"[wrong];
        let mut typed = code.clone().into_bytes();
        prop_assume!(typed[at] != b'-' && typed[at] != wrong);
        typed[at] = wrong;
        prop_assert!(String::from_utf8(typed).unwrap().parse::<RecoveryCode>().is_err());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    /// A byte of any entry, in front of everything that comes after it.
    #[test]
    fn a_changed_board_is_found_out_and_never_a_panic(entry: prop::sample::Index, at: prop::sample::Index, flip in 1_u8..) {
        let (manifest, board) = whole();
        let mut changed = board.clone();
        let entry = entry.index(board.len());
        let at = at.index(board[entry].len());
        changed[entry][at] ^= flip;
        let code = report(manifest, &changed, Options::default()).exit_code();
        // The log signs anew, as `report` does: it may then choose when, after its time, it closed.
        let time = board[entry][1] == Kind::Close as u8 && (18..26).contains(&at);
        prop_assert!((1..=13).contains(&code) || time, "{code}");
    }
}

/// RFC 9496, appendix A: encodings that must be refused, and multiples of the generator.
#[test]
fn points_of_rfc_9496() {
    let generator = curve25519_dalek::constants::RISTRETTO_BASEPOINT_POINT;
    let multiples = [
        (1_u8, "e2f2ae0a6abc4e71a884a961c500515f58e30b6aa582dd8db6a65945e08d2d76"),
        (2, "6a493210f7499cd17fecb510ae0cea23a110e8d5b901f8acadd3095c73a3b919"),
        (15, "e0c418f7c8d9c4cdd7395b93ea124f3ad99021bb681dfc3302a9d99a2e53e64e"),
    ];
    for (n, hex) in multiples {
        let point = generator * curve25519_dalek::Scalar::from(n);
        assert_eq!(HEXLOWER.encode(point.compress().as_bytes()), hex);
    }
    for bad in BAD_POINTS {
        let bytes: [u8; 32] = HEXLOWER.decode(bad.as_bytes()).unwrap().try_into().unwrap();
        assert!(CompressedRistretto(bytes).decompress().is_none(), "{bad}");
    }
}

const BAD_POINTS: [&str; 6] = [
    "00ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
    "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "0100000000000000000000000000000000000000000000000000000000000000",
    "ed57ffd8c914fb201471d1c3d245ce3c746fcbe63a3679d51b6a516ebebe0e20",
    "26948d35ca62e643e26a83177332e6b6afeb9d08e4268b650f1f5bbd8d81d371",
    "3eb858e78f5a7254d8c9731174a94f76755fd3941c0ac93735c07ba14579630e",
];

#[test]
fn the_identity_bad_points_and_large_scalars_are_refused_wherever_they_stand() {
    let mut world = World::open(&draft((2, 3)), 20);
    let voter = world.voter(1);
    let (context, ballot) = (world.context(), world.seal(&voter, &[vec![0], vec![1]]).bytes);
    let hex = |text: &str| -> [u8; 32] { HEXLOWER.decode(text.as_bytes()).unwrap().try_into().unwrap() };
    let bad = BAD_POINTS.map(hex);
    // The group order, and the order plus one: scalars that would reduce to 0 and 1.
    let order = hex("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");
    let mut above = order;
    above[0] += 1;
    // First question: 3 ciphertexts, 3 · 4 + 2 commitments, then responses.
    let (points, responses) = (6 + 14, 3 * 3 + 1);
    for i in 0..points + responses {
        let wrong: Vec<[u8; 32]> = match i {
            0..6 => [bad.to_vec(), vec![[0; 32]]].concat(),
            6..20 => bad.to_vec(),
            _ => vec![order, above, [0xff; 32]],
        };
        for value in wrong {
            let mut changed = ballot.clone();
            changed[SEALED + 32 * i..][..32].copy_from_slice(&value);
            resign(&context, &voter, &mut changed);
            assert_eq!(world.state.check(&changed).err(), Some(Refusal::NotCanonical), "place {i}");
        }
    }
    assert_eq!(world.state.check(&[ballot.as_slice(), &[0]].concat()).err(), Some(Refusal::TooLarge));
    assert_eq!(world.state.check(&ballot[..ballot.len() - 1]).err(), Some(Refusal::NotCanonical));
    world.post(&ballot).unwrap();
}

#[test]
fn a_manifest_is_one_byte_string() {
    let bytes = draft((2, 3)).to_bytes().unwrap();
    let manifest = Manifest::parse(&bytes).unwrap();
    assert_eq!(manifest.to_bytes().unwrap(), bytes);
    let text = String::from_utf8(bytes).unwrap();
    let parse = |text: &str| Manifest::parse(text.as_bytes());
    let unordered = text.replacen("\"k\":2,\"n\":3", "\"n\":3,\"k\":2", 1);
    assert_ne!(unordered, text);
    for bad in [
        text.replacen(':', ": ", 1),
        text.replace("\"corrects\":null,", ""),
        unordered,
        text.replacen('{', "{\"extra\":1,", 1),
        text.replacen("\"format\"", "\"format\":\"x\",\"format\"", 1),
        text.replace("000102", "0001"),
        text.replace("\"min\":1", "\"min\":-1"),
        format!("{text} x"),
        "null".into(),
    ] {
        assert!(matches!(parse(&bad), Err(ManifestError::Unreadable(_))), "{bad}");
    }
    assert_eq!(Manifest::parse(&vec![b' '; 50_000]), Err(ManifestError::TooLarge));
}

#[test]
fn manifests_outside_the_limits_name_the_field() {
    use ballot::Draft;
    type Change = fn(&mut Draft);
    let wrong: &[(&str, Change)] = &[
        ("format", |d| d.format.push('x')),
        ("corrects", |d| d.corrects = Some(d.poll)),
        ("title", |d| d.title = "x".repeat(201)),
        ("title", |d| d.title = "two\nlines".into()),
        ("text", |d| d.text = "x".repeat(20_001)),
        ("questions", |d| d.questions.clear()),
        ("questions[0].options", |d| d.questions[0].options.truncate(1)),
        ("questions[0].max", |d| d.questions[0].max = 2),
        ("questions[1].max", |d| d.questions[1].max = 5),
        ("questions[0].yes", |d| d.questions[0].yes = Some(3)),
        ("questions[1].yes", |d| d.questions[1].yes = Some(0)),
        ("rule.preset", |d| d.rule.quorum = None),
        ("electorate.kind", |d| d.electorate.min_age = 16),
        ("electorate.areas", |d| d.electorate.areas.clear()),
        ("min_group", |d| d.min_group = 9),
        ("closes_at", |d| d.closes_at = d.opens_at),
        ("keys.k", |d| d.keys.k = 1),
        ("keys.n", |d| d.keys.n = 10),
        ("keys.names", |d| d.keys.names.truncate(2)),
        ("clerk_signatures", |d| d.clerk_signatures = 1),
        ("clerks[1].key", |d| d.clerks[1].key = d.clerks[0].key),
        ("log.origin", |d| d.log.origin.push('+')),
    ];
    for (field, act) in wrong {
        let mut draft = draft((2, 3));
        act(&mut draft);
        let Err(ManifestError::Field { field: found, .. }) = draft.to_bytes() else { panic!("{field}") };
        assert_eq!(found, *field);
    }
}

#[test]
fn refusal_codes_are_distinct() {
    let codes: std::collections::HashSet<&str> = Refusal::ALL.iter().map(|r| r.code()).collect();
    assert_eq!(codes.len(), Refusal::ALL.len());
    assert!(codes.iter().all(|c| c.chars().all(|c| c.is_ascii_lowercase() || c == '-')));
}
