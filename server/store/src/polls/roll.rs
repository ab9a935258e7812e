//! Who may vote, and the frozen roll.

use super::Bytes32;
use crate::Result;
use async_trait::async_trait;
use types::{
    Timestamp,
    ids::{AccountId, HouseholdId, PersonId, PollId},
};

/// Whom to look for.
#[derive(Debug, Clone)]
pub struct Electors {
    /// The path of an area: it and all below it.
    pub path: String,
    /// Born on this day (YYYY-MM-DD) or before.
    pub born_until: String,
    /// Household representatives only.
    pub representatives: bool,
}

/// Somebody who may vote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Elector {
    /// The person.
    pub person: PersonId,
    /// Their household.
    pub household: HouseholdId,
    /// Their name.
    pub name: String,
    /// The building's name.
    pub building: String,
    /// The unit, perhaps empty.
    pub unit: String,
    /// The room.
    pub room: String,
}

/// A slot of a roll to be frozen.
#[derive(Debug, Clone)]
pub struct NewSlot {
    /// From 1.
    pub slot: i64,
    /// The person.
    pub person: PersonId,
    /// Only where one slot stands for a household.
    pub household: Option<HouseholdId>,
    /// The salt.
    pub salt: Bytes32,
    /// The text under the commitment.
    pub text: String,
    /// The commitment.
    pub commitment: Bytes32,
    /// The roll entry that holds it.
    pub leaf: i64,
}

/// A slot and how far it has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SlotRecord {
    /// From 1.
    pub slot: i64,
    /// The person.
    pub person: PersonId,
    /// The salt.
    pub salt: Bytes32,
    /// The text under the commitment.
    pub text: String,
    /// The commitment.
    pub commitment: Bytes32,
    /// The roll entry that holds it.
    pub leaf: i64,
    /// 0 before there is a credential.
    pub generation: i64,
    /// The credential that counts.
    pub credential: Option<Bytes32>,
    /// Its entry.
    pub credential_leaf: Option<i64>,
    /// The last ballot's number, 0 for none.
    pub number: i64,
    /// The last ballot's hash.
    pub last_hash: Option<Bytes32>,
    /// When it was recorded.
    pub last_at: Option<Timestamp>,
}

/// The roll of persons, and rolls frozen from it.
#[async_trait]
pub trait PollRoll: Send + Sync {
    /// Those who may vote, by person id.
    async fn electors(&self, electors: &Electors) -> Result<Vec<Elector>>;

    /// How many may vote; households are counted where `representatives` is set.
    async fn elector_count(&self, electors: &Electors) -> Result<i64>;

    /// A person's slot.
    async fn slot_of(&self, poll: PollId, person: PersonId) -> Result<Option<SlotRecord>>;

    /// A slot by its number.
    async fn slot(&self, poll: PollId, slot: i64) -> Result<Option<SlotRecord>>;

    /// The verified accounts of the persons on a roll with their slots, by slot after `after`.
    async fn roll_accounts(
        &self,
        poll: PollId,
        now: Timestamp,
        after: i64,
        limit: i64,
    ) -> Result<Vec<(i64, AccountId)>>;
}
