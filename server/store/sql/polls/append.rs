//! Appending to the board, inside the transaction of whoever holds the head's lock.

use crate::{Db, SqlStore, dialect::Tx, sql::rows};
use sqlx::QueryBuilder;
use store::{
    Result,
    polls::{Bytes32, Edge, Head, NewEntry, Seal, TileRecord},
};
use types::{Timestamp, ids::PollId};

/// The head, locked, with the tree's frontier.
pub(super) struct Locked {
    pub(super) head: Head,
    pub(super) closes_at: i64,
    frontier: Vec<u8>,
}

/// Locks the end of a poll's board until the transaction ends.
pub(super) async fn lock(store: &SqlStore, tx: &mut Tx, poll: PollId) -> Result<Option<Locked>> {
    let poll = poll.as_bytes();
    let row = sqlx::query!(
        r#"UPDATE poll_heads SET size = size WHERE poll_id = $1
           RETURNING size AS "size!", root AS "root!", frontier AS "frontier!", checkpoint AS "checkpoint!", taking AS "taking!",
                     closes_at AS "closes_at!", joint_key AS "joint_key?", roll_hash AS "roll_hash?", slots AS "slots!",
                     voted AS "voted!", ballots AS "ballots!", challenged AS "challenged!""#,
        poll
    )
    .fetch_optional(&mut **tx)
    .await
    .map_err(|error| store.error(error))?;
    row.map(|row| {
        let head = Head {
            size: row.size,
            root: rows::bytes32(row.root, "poll_heads.root")?,
            checkpoint: row.checkpoint,
            taking: row.taking,
            joint_key: rows::optional_bytes32(row.joint_key, "poll_heads.joint_key")?,
            roll_hash: rows::optional_bytes32(row.roll_hash, "poll_heads.roll_hash")?,
            slots: row.slots,
            voted: row.voted,
            ballots: row.ballots,
            challenged: row.challenged,
        };
        Ok(Locked { head, closes_at: row.closes_at, frontier: row.frontier })
    })
    .transpose()
}

/// Appends entries and writes size, root, frontier and checkpoint. A head is kept when a tile became full, or when `keep`.
#[expect(clippy::too_many_arguments, reason = "all of one transaction, called from two places")]
pub(super) async fn append(
    store: &SqlStore,
    tx: &mut Tx,
    poll: PollId,
    at: Timestamp,
    locked: Locked,
    entries: &[&NewEntry],
    keep: bool,
    seal: Seal<'_>,
) -> Result<()> {
    if entries.is_empty() {
        return Ok(());
    }
    let first = locked.head.size;
    let tiles = right_edge(store, tx, poll, first, entries.len()).await?;
    let leaves: Vec<Bytes32> = entries.iter().map(|entry| entry.leaf_hash).collect();
    let sealed = seal(Edge { size: first, frontier: locked.frontier, tiles }, &leaves)?;
    insert_entries(store, tx, poll, at, first, entries).await?;
    for tile in &sealed.tiles {
        let poll = poll.as_bytes();
        sqlx::query!(
            "INSERT INTO poll_tiles (poll_id, level, position, hashes) VALUES ($1, $2, $3, $4)
             ON CONFLICT (poll_id, level, position) DO UPDATE SET hashes = excluded.hashes",
            poll,
            tile.level,
            tile.position,
            tile.hashes
        )
        .execute(&mut **tx)
        .await
        .map_err(|error| store.error(error))?;
    }
    let (poll, root) = (poll.as_bytes(), sealed.root.as_slice());
    sqlx::query!(
        "UPDATE poll_heads SET size = $1, root = $2, frontier = $3, checkpoint = $4 WHERE poll_id = $5",
        sealed.size,
        root,
        sealed.frontier,
        sealed.checkpoint,
        poll
    )
    .execute(&mut **tx)
    .await
    .map_err(|error| store.error(error))?;
    if keep || first >> 8 != sealed.size >> 8 {
        sqlx::query!(
            "INSERT INTO poll_checkpoints (poll_id, size, checkpoint, at) VALUES ($1, $2, $3, $4)",
            poll,
            sealed.size,
            sealed.checkpoint,
            at.0
        )
        .execute(&mut **tx)
        .await
        .map_err(|error| store.error(error))?;
    }
    Ok(())
}

/// The tiles at the right edge that an append of `count` leaves to a tree of `size` may change.
async fn right_edge(store: &SqlStore, tx: &mut Tx, poll: PollId, size: i64, count: usize) -> Result<Vec<TileRecord>> {
    let grown = size.saturating_add(i64::try_from(count).unwrap_or(i64::MAX));
    let poll = poll.as_bytes();
    let mut tiles = Vec::new();
    for level in 0..7_i64 {
        let (before, after) = (size >> (8 * level), grown >> (8 * level));
        if before == after {
            break;
        }
        let position = before >> 8;
        let hashes = sqlx::query_scalar!(
            r#"SELECT hashes AS "hashes!" FROM poll_tiles WHERE poll_id = $1 AND level = $2 AND position = $3"#,
            poll,
            level,
            position
        )
        .fetch_optional(&mut **tx)
        .await
        .map_err(|error| store.error(error))?;
        tiles.extend(hashes.map(|hashes| TileRecord { level, position, hashes }));
    }
    Ok(tiles)
}

async fn insert_entries(
    store: &SqlStore,
    tx: &mut Tx,
    poll: PollId,
    at: Timestamp,
    first: i64,
    entries: &[&NewEntry],
) -> Result<()> {
    let mut leaf = first;
    for some in entries.chunks(256) {
        let mut query =
            QueryBuilder::<Db>::new("INSERT INTO poll_entries (poll_id, leaf, kind, bytes, leaf_hash, at) ");
        query.push_values(some, |mut row, entry| {
            row.push_bind(poll.as_bytes())
                .push_bind(leaf)
                .push_bind(i64::from(entry.kind))
                .push_bind(entry.bytes.as_slice())
                .push_bind(entry.leaf_hash.as_slice())
                .push_bind(at.0);
            leaf += 1;
        });
        query.build().execute(&mut **tx).await.map_err(|error| store.error(error))?;
    }
    Ok(())
}
