//! Writing a batch of votes that the board takes.

use super::judge::Judge;
use crate::{Db, SqlStore, dialect::Tx};
use sqlx::QueryBuilder;
use store::{
    Result,
    polls::{Vote, VoteKind},
};
use types::{Timestamp, ids::PollId};

/// Rows of credentials, ballots and points.
pub(super) async fn votes(
    store: &SqlStore,
    tx: &mut Tx,
    poll: PollId,
    at: Timestamp,
    first: i64,
    votes: &[&Vote],
) -> Result<()> {
    let mut all_points = Vec::new();
    let mut ballots = Vec::new();
    for (leaf, vote) in (first..).zip(votes) {
        match &vote.kind {
            VoteKind::Credential { slot, generation, key } => {
                credential(store, tx, poll, leaf, *slot, *generation, key).await?;
            }
            VoteKind::Ballot { slot, number, hash, points, challenged, .. } => {
                all_points.extend_from_slice(points);
                ballots.push((leaf, hash, *slot, *number, *challenged));
            }
        }
    }
    if ballots.is_empty() {
        return Ok(());
    }
    // First: a ballot that is there already has its points there, and those are the conflict that the caller expects.
    insert_points(store, tx, poll, all_points).await?;
    let mut query =
        QueryBuilder::<Db>::new("INSERT INTO poll_ballots (poll_id, leaf, hash, slot, number, challenged, at) ");
    query.push_values(&ballots, |mut row, (leaf, hash, slot, number, challenged)| {
        row.push_bind(poll.as_bytes())
            .push_bind(*leaf)
            .push_bind(hash.as_slice())
            .push_bind(*slot)
            .push_bind(*number)
            .push_bind(*challenged)
            .push_bind(at.0);
    });
    query.build().execute(&mut **tx).await.map_err(|error| store.error(error))?;
    Ok(())
}

async fn insert_points(store: &SqlStore, tx: &mut Tx, poll: PollId, points: Vec<u8>) -> Result<()> {
    let count = i64::try_from(points.len() / 32).unwrap_or(i64::MAX);
    sqlx::query(
        "INSERT INTO poll_points (poll_id, point)
         WITH RECURSIVE n(i) AS (SELECT CAST(0 AS BIGINT) UNION ALL SELECT i + 1 FROM n WHERE i + 1 < $3)
         SELECT $1, substr($2, CAST(n.i * 32 + 1 AS INTEGER), 32) FROM n",
    )
    .bind(poll.0.to_vec())
    .bind(points)
    .bind(count)
    .execute(&mut **tx)
    .await
    .map_err(|error| store.error(error))?;
    Ok(())
}

async fn credential(
    store: &SqlStore,
    tx: &mut Tx,
    poll: PollId,
    leaf: i64,
    slot: i64,
    generation: i64,
    key: &[u8; 32],
) -> Result<()> {
    let (poll, key) = (poll.as_bytes(), key.as_slice());
    sqlx::query!(
        "INSERT INTO poll_credentials (poll_id, public_key, slot, generation, leaf) VALUES ($1, $2, $3, $4, $5)",
        poll,
        key,
        slot,
        generation,
        leaf
    )
    .execute(&mut **tx)
    .await
    .map_err(|error| store.error(error))?;
    sqlx::query!(
        "UPDATE poll_slots SET credential = $1, generation = $2, credential_leaf = $3 WHERE poll_id = $4 AND slot = $5",
        key,
        generation,
        leaf,
        poll,
        slot
    )
    .execute(&mut **tx)
    .await
    .map_err(|error| store.error(error))?;
    sqlx::query!(
        "DELETE FROM poll_reissues WHERE poll_id = $1 AND slot = $2 AND generation <= $3",
        poll,
        slot,
        generation
    )
    .execute(&mut **tx)
    .await
    .map_err(|error| store.error(error))?;
    Ok(())
}

/// The slots' last ballots and the head's counts.
pub(super) async fn slots(store: &SqlStore, tx: &mut Tx, poll: PollId, at: Timestamp, judge: &Judge) -> Result<()> {
    let changed: Vec<_> = judge.known.slots.iter().filter(|(slot, _)| judge.voted.contains(slot)).collect();
    if !changed.is_empty() {
        let mut query =
            QueryBuilder::<Db>::new("UPDATE poll_slots SET number = v.column2, last_hash = v.column3, last_at = ");
        query.push_bind(at.0).push(" FROM (");
        query.push_values(&changed, |mut row, (slot, state)| {
            row.push_bind(**slot).push_bind(state.number).push_bind(state.last_hash.as_slice());
        });
        query
            .push(") AS v WHERE poll_slots.poll_id = ")
            .push_bind(poll.as_bytes())
            .push(" AND poll_slots.slot = v.column1");
        query.build().execute(&mut **tx).await.map_err(|error| store.error(error))?;
    }
    let fresh = i64::try_from(changed.iter().filter(|(_, state)| state.was == 0).count()).unwrap_or(i64::MAX);
    let poll = poll.as_bytes();
    sqlx::query!(
        "UPDATE poll_heads SET voted = voted + $1, ballots = ballots + $2, challenged = challenged + $3 WHERE poll_id = $4",
        fresh,
        judge.cast,
        judge.challenged,
        poll
    )
    .execute(&mut **tx)
    .await
    .map_err(|error| store.error(error))?;
    Ok(())
}
