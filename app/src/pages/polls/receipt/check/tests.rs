use super::*;
use ballot::checkpoint::LogKey;
use ballot::merkle::{Frontier, Node, TreeHash, consistency_proof, inclusion_proof, leaf_hash};
use std::collections::HashMap;
use types::Timestamp;

const ORIGIN: &str = "minyi.test/polls/1";
const MINE: u64 = 3;

/// A board of `size` one-byte entries that begin with `first`.
struct Log {
    key: LogKey,
    nodes: HashMap<Node, TreeHash>,
}

impl Log {
    fn new(size: u8, first: u8) -> Self {
        let mut frontier = Frontier::default();
        let mut nodes = HashMap::new();
        for i in 0..size {
            let byte = if i == 0 { first } else { i };
            nodes.extend(frontier.append(leaf_hash(&[byte])));
        }
        Self { key: LogKey::from_seed(&[9; 32]), nodes }
    }

    fn at(&self, node: Node) -> Option<TreeHash> {
        self.nodes.get(&node).copied()
    }

    fn head(&self, size: u64) -> Head {
        let root = ballot::merkle::tree_root(size, |node| self.at(node)).expect("a complete log");
        let note = Checkpoint { origin: ORIGIN.to_owned(), size, root }.sign(&self.key);
        Head { size, root: Hex32(root), note }
    }

    fn status(&self, size: u64, since: Option<u64>) -> BallotStatus {
        let hashes = |proof: Vec<TreeHash>| proof.into_iter().map(Hex32).collect();
        let inclusion = inclusion_proof(MINE, size, |node| self.at(node)).expect("a complete log");
        let consistency =
            since.map(|old| hashes(consistency_proof(old, size, |node| self.at(node)).expect("complete")));
        let proof = TreeProof { leaf: MINE, size, inclusion: hashes(inclusion), checkpoint: self.head(size).note };
        BallotStatus {
            standing: BallotStanding::Counts,
            tracker: "K7QD 4M2X P9RA ZC83".to_owned(),
            slot: 1,
            number: 1,
            at: Timestamp(0),
            proof,
            consistency,
        }
    }
}

fn kept(log: &Log) -> Kept {
    Kept {
        title: "井位".to_owned(),
        tracker: "K7QD 4M2X P9RA ZC83".to_owned(),
        hash: Hex32([1; 32]),
        leaf_hash: Hex32(leaf_hash(&[u8::try_from(MINE).expect("small")])),
        at: Timestamp(0),
        origin: ORIGIN.to_owned(),
        log_key: Hex32(log.key.public()),
        checked_at: None,
    }
}

#[test]
fn a_ballot_is_found_in_a_board_that_grew() {
    let log = Log::new(9, 0);
    let found = check(&kept(&log), Some(&log.head(5)), &log.status(9, Some(5))).expect("found");
    assert_eq!((found.leaf, found.head), (MINE, log.head(9)));
    assert_eq!(check_receipt(&kept(&log), &log.status(5, None).proof), Ok(log.head(5)));
}

#[test]
fn another_history_is_a_fork_even_if_the_ballot_is_in_it() {
    let (log, other) = (Log::new(9, 0), Log::new(9, 77));
    assert_eq!(check(&kept(&log), Some(&log.head(5)), &other.status(9, Some(5))), Err(Alarm::Fork));
    assert_eq!(check(&kept(&log), Some(&log.head(9)), &log.status(5, None)), Err(Alarm::Fork), "a shorter board");
    assert_eq!(check(&kept(&log), Some(&log.head(5)), &log.status(9, None)), Err(Alarm::Fork), "no proof given");
}

#[test]
fn a_board_without_the_ballot_is_noticed() {
    let log = Log::new(9, 0);
    let mut mine = kept(&log);
    mine.leaf_hash = Hex32(leaf_hash(b"another ballot"));
    assert_eq!(check(&mine, None, &log.status(9, None)), Err(Alarm::Missing));
}

#[test]
fn another_key_or_another_logs_name_is_refused() {
    let log = Log::new(9, 0);
    let mut mine = kept(&log);
    mine.log_key = Hex32(LogKey::from_seed(&[8; 32]).public());
    assert_eq!(check(&mine, None, &log.status(9, None)), Err(Alarm::BadLog));
    let mut mine = kept(&log);
    mine.origin = "minyi.test/polls/2".to_owned();
    assert_eq!(check(&mine, None, &log.status(9, None)), Err(Alarm::BadLog));
}
