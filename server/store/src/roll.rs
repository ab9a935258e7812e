//! The people on the roll.

use crate::Result;
use async_trait::async_trait;
use types::{
    Timestamp,
    ids::{AreaId, HouseholdId, PersonId},
    roll::RollCounts,
};

/// A person on the roll.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The person.
    pub id: PersonId,
    /// Name.
    pub name: String,
    /// The name as compared and ordered.
    pub name_key: String,
    /// `YYYY-MM-DD`
    pub birth: String,
    /// `f`, `m` or empty.
    pub gender: String,
    /// The identity number, encrypted.
    pub id_sealed: Option<Vec<u8>>,
    /// The phone number, encrypted.
    pub phone_sealed: Option<Vec<u8>>,
    /// The household.
    pub household: HouseholdId,
    /// The building's area.
    pub area: AreaId,
    /// The building's path.
    pub path: String,
    /// The building's name.
    pub building: String,
    /// Unit, may be empty.
    pub unit: String,
    /// Room.
    pub room: String,
    /// Whether the person represents the household.
    pub representative: bool,
    /// The committee's remark.
    pub note: String,
    /// Whether an account is verified as this person, unexpired.
    pub verified: bool,
}

/// Which people to list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonsQuery {
    /// At and below this path.
    pub path: String,
    /// Beginning of the name as compared, empty for all.
    pub name: String,
    /// Or this room; empty for none.
    pub room: String,
    /// After this position.
    pub after: Option<(String, PersonId)>,
    /// At most so many.
    pub limit: i64,
    /// For what "verified" means.
    pub now: Timestamp,
}

/// Somebody who gets a code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LetterPerson {
    /// The person.
    pub person: PersonId,
    /// Name.
    pub name: String,
    /// The household.
    pub household: HouseholdId,
    /// The building's name.
    pub building: String,
    /// Unit, may be empty.
    pub unit: String,
    /// Room.
    pub room: String,
}

/// Who gets letters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LetterQuery {
    /// At and below this path.
    pub path: String,
    /// Only this household.
    pub household: Option<HouseholdId>,
    /// Leave out who is verified at `now`.
    pub unverified_only: bool,
    /// Born on or before this date, `YYYY-MM-DD`.
    pub born_by: String,
    /// The present.
    pub now: Timestamp,
    /// At most so many people.
    pub limit: i64,
}

/// The roll.
#[async_trait]
pub trait Roll: Send + Sync {
    /// The person.
    async fn person(&self, person: PersonId, now: Timestamp) -> Result<Option<Person>>;

    /// A page of people, by name.
    async fn persons(&self, query: &PersonsQuery) -> Result<Vec<Person>>;

    /// How many there are at and below `path`.
    async fn roll_counts(&self, path: &str, now: Timestamp) -> Result<RollCounts>;

    /// Who gets letters, by address.
    async fn letter_persons(&self, query: &LetterQuery) -> Result<Vec<LetterPerson>>;
}
