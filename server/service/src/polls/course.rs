//! A poll's board as the rules see it, and a step of it.

use super::{
    convert::{code, count, hexes, refused},
    live::Kept,
    seal::{Tiles, seal},
};
use crate::{Result, Service};
use ballot::{Kind, Refusal, board::Course, checkpoint::LogKey, entry::kind_of, merkle};
use data_encoding::{BASE64, HEXLOWER};
use sha2::{Digest as _, Sha256};
use std::sync::Arc;
use store::polls::{Effect, EntryRecord, Head, NewEntry, Step};
use types::{
    ErrorCode, Problem,
    ids::PollId,
    polls::{BoardEntry, PollState, TreeProof},
};

/// A poll's course with the head that it was read at.
pub(super) struct Loaded {
    pub(super) course: Arc<Course>,
    /// The board's first entries, up to the first that is none of the key ceremony: all that checking the joint key needs.
    pub(super) ceremony: Arc<[EntryRecord]>,
    pub(super) head: Head,
}

/// How often a step is made again when somebody else was faster.
const TRIES: usize = 5;

impl Service {
    /// A published poll's course. What stands on the board was checked before it was recorded, and is again, once by
    /// every process.
    pub(super) async fn course(&self, poll: PollId) -> Result<Loaded> {
        let head = self.store().head(poll).await?.ok_or(ErrorCode::NotFound)?;
        let mut kept = self.live().courses.get(poll);
        if kept.as_ref().is_none_or(|kept| !kept.holds_at(&head)) {
            let entries = self.store().course(poll).await?;
            let (size, taking) = (head.size, head.taking);
            let checked = tokio::task::spawn_blocking(move || check(kept, &entries, size, taking));
            let checked = Arc::new(checked.await.map_err(|_| ErrorCode::Internal)?.map_err(broken)?);
            self.live().courses.keep(poll, &checked);
            kept = Some(checked);
        }
        let kept = kept.ok_or(ErrorCode::Internal)?;
        Ok(Loaded { course: Arc::clone(&kept.course), ceremony: Arc::clone(&kept.ceremony), head })
    }

    /// Appends entries that the rules allow. `make` sees the course and answers the new entries' bytes; `effects` sees
    /// the course after them. Made again from the start when somebody else was faster.
    pub(super) async fn step(
        &self,
        poll: PollId,
        from: &[PollState],
        make: impl Fn(&Loaded) -> Result<Vec<Vec<u8>>>,
        effects: impl Fn(&Course, PollState) -> Vec<Effect>,
    ) -> Result<Arc<Course>> {
        for _ in 0..TRIES {
            let record = self.store().draft_record(poll).await?.ok_or(ErrorCode::NotFound)?;
            if !from.contains(&record.state) {
                return Err(ErrorCode::WrongState.into());
            }
            let mut loaded = self.course(poll).await?;
            let made = make(&loaded)?;
            for (place, bytes) in (count(loaded.head.size)..).zip(&made) {
                let checked = loaded.course.check(bytes).map_err(refused)?;
                Arc::make_mut(&mut loaded.course).apply(&checked, place).map_err(refused)?;
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

/// Checks the entries before `size`; those that `known` holds are not checked again.
fn check(
    known: Option<Arc<Kept>>,
    entries: &[EntryRecord],
    size: i64,
    taking: bool,
) -> core::result::Result<Kept, Refusal> {
    let known = known.filter(|known| known.size <= size);
    let (mut course, from) =
        known.map_or_else(|| (Course::new(), 0), |known| (Course::clone(&known.course), known.size));
    for entry in entries.iter().filter(|entry| (from..size).contains(&entry.leaf)) {
        let checked = course.check(&entry.bytes)?;
        course.apply(&checked, count(entry.leaf))?;
    }
    // A trustee may rehearse after the roll is frozen. That entry stands among others, and a browser that checks the
    // board from its beginning has no use for it.
    let ceremony = (0..size).zip(entries).take_while(|(place, entry)| entry.leaf == *place && is_ceremony(entry.kind));
    let ceremony = ceremony.map(|(_, entry)| entry.clone()).collect();
    Ok(Kept { course: Arc::new(course), ceremony, size, taking })
}

fn is_ceremony(kind: i64) -> bool {
    kind <= Kind::Rehearsal as i64
}

/// An entry's bytes, ready to be appended.
pub(super) fn entry(bytes: Vec<u8>) -> Result<NewEntry> {
    let kind = kind_of(&bytes).map_err(refused)?;
    Ok(NewEntry { kind: kind as u8, leaf_hash: merkle::leaf_hash(&bytes), bytes })
}

/// Entries as they travel.
pub(super) fn travelling(entries: impl IntoIterator<Item = EntryRecord>) -> Vec<BoardEntry> {
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
