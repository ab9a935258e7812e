//! What the board already has of all that a batch of votes touches, points only if asked: read once, with the head locked.

use super::list::list;
use crate::{SqlStore, dialect::Tx, sql::rows};
use sqlx::Row as _;
use std::collections::{HashMap, HashSet};
use store::{
    Result,
    polls::{Bytes32, Vote, VoteKind},
};
use types::ids::PollId;

/// A slot, as far as votes depend on it.
#[derive(Debug, Clone, Default)]
pub(super) struct SlotState {
    pub(super) generation: i64,
    pub(super) number: i64,
    pub(super) last_hash: Bytes32,
    /// The number before this batch.
    pub(super) was: i64,
}

/// Slots by number; credentials by key as (slot, generation); ballots by hash as their place and whether they were opened;
/// points in use.
#[derive(Debug, Default)]
pub(super) struct Known {
    pub(super) slots: HashMap<i64, SlotState>,
    pub(super) credentials: HashMap<Bytes32, (i64, i64)>,
    /// Places of credentials, for repeated registrations.
    pub(super) credential_leaves: HashMap<Bytes32, i64>,
    pub(super) ballots: HashMap<Bytes32, (i64, bool)>,
    pub(super) points: HashSet<Bytes32>,
}

pub(super) async fn read(
    store: &SqlStore,
    tx: &mut Tx,
    poll: PollId,
    votes: &[Vote],
    with_points: bool,
) -> Result<Known> {
    let (mut slots, mut keys, mut hashes, mut points) = (HashSet::new(), HashSet::new(), Vec::new(), Vec::new());
    for vote in votes {
        match &vote.kind {
            VoteKind::Credential { slot, key, .. } => {
                slots.insert(*slot);
                keys.insert(*key);
            }
            VoteKind::Ballot { slot, credential, hash, points: some, .. } => {
                slots.insert(*slot);
                keys.insert(*credential);
                hashes.push(*hash);
                points.extend_from_slice(some);
            }
        }
    }
    let mut known = Known::default();
    read_slots(store, tx, poll, &slots, &mut known).await?;
    read_credentials(store, tx, poll, &keys, &mut known).await?;
    let owners: HashSet<i64> =
        known.credentials.values().map(|(slot, _)| *slot).filter(|slot| !slots.contains(slot)).collect();
    if !owners.is_empty() {
        read_slots(store, tx, poll, &owners, &mut known).await?;
    }
    read_ballots(store, tx, poll, &hashes, &mut known).await?;
    if with_points {
        read_points(store, tx, poll, points, &mut known).await?;
    }
    Ok(known)
}

async fn read_slots(
    store: &SqlStore,
    tx: &mut Tx,
    poll: PollId,
    slots: &HashSet<i64>,
    known: &mut Known,
) -> Result<()> {
    let start = "SELECT slot, generation, number, last_hash FROM poll_slots WHERE poll_id = ";
    let mut query = list(start, poll, "slot", slots.iter().copied());
    for row in query.build().fetch_all(&mut **tx).await.map_err(|error| store.error(error))? {
        let number: i64 = row.get(2);
        let last_hash = rows::optional_bytes32(row.get(3), "poll_slots.last_hash")?.unwrap_or_default();
        known.slots.insert(row.get(0), SlotState { generation: row.get(1), number, last_hash, was: number });
    }
    Ok(())
}

async fn read_credentials(
    store: &SqlStore,
    tx: &mut Tx,
    poll: PollId,
    keys: &HashSet<Bytes32>,
    known: &mut Known,
) -> Result<()> {
    let start = "SELECT public_key, slot, generation, leaf FROM poll_credentials WHERE poll_id = ";
    let mut query = list(start, poll, "public_key", keys.iter().map(|key| key.to_vec()));
    for row in query.build().fetch_all(&mut **tx).await.map_err(|error| store.error(error))? {
        let key = rows::bytes32(row.get(0), "poll_credentials.public_key")?;
        known.credentials.insert(key, (row.get(1), row.get(2)));
        known.credential_leaves.insert(key, row.get(3));
    }
    Ok(())
}

async fn read_ballots(
    store: &SqlStore,
    tx: &mut Tx,
    poll: PollId,
    hashes: &[Bytes32],
    known: &mut Known,
) -> Result<()> {
    if hashes.is_empty() {
        return Ok(());
    }
    let start = "SELECT hash, leaf, challenged FROM poll_ballots WHERE poll_id = ";
    let mut query = list(start, poll, "hash", hashes.iter().map(|hash| hash.to_vec()));
    for row in query.build().fetch_all(&mut **tx).await.map_err(|error| store.error(error))? {
        known.ballots.insert(rows::bytes32(row.get(0), "poll_ballots.hash")?, (row.get(1), row.get(2)));
    }
    Ok(())
}

// All points travel as one value and are cut up by the database: one statement, one parameter, whatever the batch.
async fn read_points(store: &SqlStore, tx: &mut Tx, poll: PollId, points: Vec<u8>, known: &mut Known) -> Result<()> {
    let count = i64::try_from(points.len() / 32).unwrap_or(i64::MAX);
    if count == 0 {
        return Ok(());
    }
    let found = sqlx::query(
        "WITH RECURSIVE n(i) AS (SELECT CAST(0 AS BIGINT) UNION ALL SELECT i + 1 FROM n WHERE i + 1 < $3)
         SELECT p.point FROM n JOIN poll_points p ON p.poll_id = $1 AND p.point = substr($2, CAST(n.i * 32 + 1 AS INTEGER), 32)",
    )
    .bind(poll.0.to_vec())
    .bind(points)
    .bind(count)
    .fetch_all(&mut **tx)
    .await
    .map_err(|error| store.error(error))?;
    for row in found {
        known.points.insert(rows::bytes32(row.get(0), "poll_points.point")?);
    }
    Ok(())
}
