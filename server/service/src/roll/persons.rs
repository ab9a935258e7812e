//! Reading the roll: numbers masked, a page at a time.

use crate::{Caller, Result, Service, policy::Action, text};
use store::{Person, PersonsQuery};
use types::{
    ErrorCode,
    ids::{AreaId, PersonId},
    roll::{PersonPage, PersonQuery, PersonView, RollCounts},
};

const PAGE: i64 = 50;

impl Service {
    /// How many people and households there are in an area.
    ///
    /// # Errors
    /// What the policy says.
    pub async fn roll_counts(&self, caller: &Caller, area: AreaId) -> Result<RollCounts> {
        let (_, area) = self.allowed_in(caller, Action::ReadRoll, area).await?;
        Ok(self.store().roll_counts(&area.path, self.now()).await?)
    }

    /// A page of people by name: all, those whose name begins with a text, or those of a room.
    ///
    /// # Errors
    /// `Invalid` for a position that is none; what the policy says.
    pub async fn persons(&self, caller: &Caller, query: PersonQuery) -> Result<PersonPage> {
        let (_, area) = self.allowed_in(caller, Action::ReadRoll, query.area).await?;
        let after = query.after.as_deref().map(|text| position(text).ok_or(ErrorCode::Invalid)).transpose()?;
        let typed: String = query.text.chars().take(60).collect();
        let room = text::place_key(&typed);
        let query = PersonsQuery {
            path: area.path,
            name: text::name_key(&typed),
            room,
            after,
            limit: PAGE + 1,
            now: self.now(),
        };
        let mut persons = self.store().persons(&query).await?;
        let more = persons.len() as i64 > PAGE;
        persons.truncate(PAGE as usize);
        let next = persons.last().filter(|_| more).map(|last| format!("{}.{}", last.id, last.name_key));
        Ok(PersonPage { persons: persons.into_iter().map(|person| self.person_view(person)).collect(), next })
    }

    fn person_view(&self, person: Person) -> PersonView {
        let open = |purpose, sealed: Option<Vec<u8>>| {
            let plain = self.unseal(purpose, &sealed?)?;
            Some(text::masked(&String::from_utf8(plain).ok()?))
        };
        PersonView {
            id: person.id,
            name: person.name,
            birth: person.birth,
            gender: person.gender,
            id_number: open("id number", person.id_sealed),
            phone: open("phone", person.phone_sealed),
            household: person.household,
            area: person.area,
            building: person.building,
            unit: person.unit,
            room: person.room,
            representative: person.representative,
            verified: person.verified,
            note: person.note,
        }
    }
}

fn position(text: &str) -> Option<(String, PersonId)> {
    let (id, key) = text.split_once('.')?;
    Some((key.to_owned(), id.parse().ok()?))
}
