//! What the board knows of ballots before they are checked: three statements, whatever their number.

use super::list::list;
use crate::{SqlStore, sql::rows};
use sqlx::Row as _;
use std::collections::HashMap;
use store::{
    Result,
    polls::{Bytes32, CredentialRecord, Presented, PresentedRecord},
};
use types::{
    Timestamp,
    ids::{PersonId, PollId},
};

pub(super) async fn read(store: &SqlStore, poll: PollId, presented: &[Presented]) -> Result<Vec<PresentedRecord>> {
    if presented.is_empty() {
        return Ok(Vec::new());
    }
    let slots = slots(store, poll, presented).await?;
    let recorded = recorded(store, poll, presented).await?;
    let credentials = credentials(store, poll, presented).await?;
    let record = |one: &Presented| PresentedRecord {
        slot: slots.get(&one.person).copied(),
        recorded: recorded.get(&one.hash).copied(),
        credential: credentials.get(&one.credential).cloned(),
    };
    Ok(presented.iter().map(record).collect())
}

async fn slots(store: &SqlStore, poll: PollId, presented: &[Presented]) -> Result<HashMap<PersonId, (i64, i64)>> {
    let persons = presented.iter().map(|one| one.person.0.to_vec());
    let mut query = list("SELECT person_id, slot, number FROM poll_slots WHERE poll_id = ", poll, "person_id", persons);
    let rows = query.build().fetch_all(&store.reader).await.map_err(|error| store.error(error))?;
    rows.into_iter().map(|row| Ok((rows::id(row.get(0), "poll_slots.person_id")?, (row.get(1), row.get(2))))).collect()
}

type Recorded = (i64, bool, i64, Timestamp);

async fn recorded(store: &SqlStore, poll: PollId, presented: &[Presented]) -> Result<HashMap<Bytes32, Recorded>> {
    let hashes = presented.iter().map(|one| one.hash.to_vec());
    let start = "SELECT hash, slot, challenged, leaf, at FROM poll_ballots WHERE poll_id = ";
    let mut query = list(start, poll, "hash", hashes);
    let rows = query.build().fetch_all(&store.reader).await.map_err(|error| store.error(error))?;
    rows.into_iter()
        .map(|row| {
            let hash = rows::bytes32(row.get(0), "poll_ballots.hash")?;
            Ok((hash, (row.get(1), row.get(2), row.get(3), Timestamp(row.get(4)))))
        })
        .collect()
}

async fn credentials(
    store: &SqlStore,
    poll: PollId,
    presented: &[Presented],
) -> Result<HashMap<Bytes32, CredentialRecord>> {
    let keys = presented.iter().map(|one| one.credential.to_vec());
    let start = "SELECT c.public_key, c.slot, c.generation, c.leaf, s.generation, s.number, s.last_hash
                 FROM poll_credentials c JOIN poll_slots s ON s.poll_id = c.poll_id AND s.slot = c.slot WHERE c.poll_id = ";
    let mut query = list(start, poll, "c.public_key", keys);
    let rows = query.build().fetch_all(&store.reader).await.map_err(|error| store.error(error))?;
    rows.into_iter()
        .map(|row| {
            let record = CredentialRecord {
                slot: row.get(1),
                generation: row.get(2),
                leaf: row.get(3),
                slot_generation: row.get(4),
                number: row.get(5),
                last_hash: rows::optional_bytes32(row.get(6), "poll_slots.last_hash")?,
            };
            Ok((rows::bytes32(row.get(0), "poll_credentials.public_key")?, record))
        })
        .collect()
}
