//! A poll's board as the rules see it, and a step of it.

use super::{
    convert::{code, count, hexes, refused},
    seal::{Tiles, seal},
};
use crate::{Result, Service};
use ballot::{Refusal, board::Course, checkpoint::LogKey, entry::kind_of, merkle};
use data_encoding::{BASE64, HEXLOWER};
use sha2::{Digest as _, Sha256};
use store::polls::{Effect, EntryRecord, Head, NewEntry, Step};
use types::{
    ErrorCode, Problem,
    ids::PollId,
    polls::{BoardEntry, PollState, TreeProof},
};

/// A poll's course with the size of the board that it was read at.
pub(super) struct Loaded {
    pub(super) course: Course,
    pub(super) head: Head,
    pub(super) entries: Vec<EntryRecord>,
}

/// How often a step is made again when somebody else was faster.
const TRIES: usize = 5;

impl Service {
    /// Reads a published poll's course. What stands on the board was checked before it was recorded, and is again.
    pub(super) async fn course(&self, poll: PollId) -> Result<Loaded> {
        let head = self.store().head(poll).await?.ok_or(ErrorCode::NotFound)?;
        let entries = self.store().course(poll).await?;
        let mut course = Course::new();
        for entry in entries.iter().filter(|entry| entry.leaf < head.size) {
            let checked = course.check(&entry.bytes).map_err(broken)?;
            course.apply(&checked, count(entry.leaf)).map_err(broken)?;
        }
        Ok(Loaded { course, head, entries })
    }

    /// Appends entries that the rules allow. `make` sees the course and answers the new entries' bytes; `effects` sees
    /// the course after them. Made again from the start when somebody else was faster.
    pub(super) async fn step(
        &self,
        poll: PollId,
        from: &[PollState],
        make: impl Fn(&Loaded) -> Result<Vec<Vec<u8>>>,
        effects: impl Fn(&Course, PollState) -> Vec<Effect>,
    ) -> Result<Course> {
        for _ in 0..TRIES {
            let record = self.store().draft_record(poll).await?.ok_or(ErrorCode::NotFound)?;
            if !from.contains(&record.state) {
                return Err(ErrorCode::WrongState.into());
            }
            let mut loaded = self.course(poll).await?;
            let made = make(&loaded)?;
            for (place, bytes) in (count(loaded.head.size)..).zip(&made) {
                let checked = loaded.course.check(bytes).map_err(refused)?;
                loaded.course.apply(&checked, place).map_err(refused)?;
            }
            let step = Step {
                poll,
                at: self.now(),
                from: record.state,
                size: loaded.head.size,
                entries: made.into_iter().map(entry).collect::<Result<_>>()?,
                effects: effects(&loaded.course, record.state),
            };
            if self.take(&step, &loaded.course).await? {
                return Ok(loaded.course);
            }
        }
        Err(ErrorCode::Busy.into())
    }

    /// Writes a step whose entries were checked.
    pub(super) async fn take(&self, step: &Step, course: &Course) -> Result<bool> {
        let origin = course.manifest().map(|manifest| manifest.log.origin.clone()).ok_or(ErrorCode::Internal)?;
        let key = self.log_key();
        Ok(self.store().advance(step, &|edge, leaves| seal(&origin, &key, edge, leaves)).await?)
    }

    /// The key that signs the checkpoints of every poll of this installation.
    pub(super) fn log_key(&self) -> LogKey {
        LogKey::from_seed(&self.secret("board log key"))
    }

    /// The log key as a C2SP verifier key: name, key id, algorithm and key.
    pub(super) fn verifier_key(&self, origin: &str) -> String {
        let key = self.log_key().public();
        let id = Sha256::new().chain_update(origin).chain_update([b'\n', 1]).chain_update(key).finalize();
        format!("{origin}+{}+{}", HEXLOWER.encode(&id[..4]), BASE64.encode(&[&[1], &key[..]].concat()))
    }

    /// Inclusion proofs of these entries in the tree of the head.
    pub(super) async fn proofs(&self, poll: PollId, head: &Head, leaves: &[i64]) -> Result<Vec<TreeProof>> {
        let size = count(head.size);
        let nodes = leaves.iter().flat_map(|leaf| merkle::inclusion_nodes(count(*leaf), size));
        let tiles = Tiles::new(self.store().tiles(poll, &Tiles::places(nodes)).await?);
        let prove = |leaf: &i64| {
            let leaf = count(*leaf);
            let inclusion = merkle::inclusion_proof(leaf, size, |node| tiles.hash(node)).ok_or(ErrorCode::Internal)?;
            Ok(TreeProof { leaf, size, inclusion: hexes(inclusion), checkpoint: head.checkpoint.clone() })
        };
        leaves.iter().map(prove).collect()
    }

    /// The inclusion proof of one entry in the newest tree.
    pub(super) async fn proof(&self, poll: PollId, leaf: i64) -> Result<TreeProof> {
        let head = self.store().head(poll).await?.ok_or(ErrorCode::NotFound)?;
        self.proofs(poll, &head, &[leaf]).await?.pop().ok_or_else(|| ErrorCode::Internal.into())
    }
}

/// An entry's bytes, ready to be appended.
pub(super) fn entry(bytes: Vec<u8>) -> Result<NewEntry> {
    let kind = kind_of(&bytes).map_err(refused)?;
    Ok(NewEntry { kind: kind as u8, leaf_hash: merkle::leaf_hash(&bytes), bytes })
}

/// Entries as they travel.
pub(super) fn travelling(entries: Vec<EntryRecord>) -> Vec<BoardEntry> {
    let line = |entry: EntryRecord| BoardEntry {
        leaf: count(entry.leaf),
        kind: u8::try_from(entry.kind).unwrap_or(0),
        bytes: entry.bytes.into(),
        at: entry.at,
    };
    entries.into_iter().map(line).collect()
}

/// What stands on the board does not pass the rules: the database was changed by something else.
fn broken(refusal: Refusal) -> Problem {
    tracing::error!(refusal = code(refusal).as_str(), "a board in the database does not pass its own rules");
    ErrorCode::Internal.into()
}
