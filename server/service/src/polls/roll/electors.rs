//! Who may vote, read from the roll of persons.

use crate::{
    Result, Service,
    polls::{drafts::FixedPage, drafts::born_until},
};
use std::collections::HashSet;
use store::polls::{Elector, Electors};
use types::polls::Electorate;

impl Service {
    /// Everybody who may vote. Of a household with several representatives, the one first on the roll of persons.
    pub(super) async fn electors(&self, page: &FixedPage) -> Result<Vec<Elector>> {
        let representatives = page.electorate == Electorate::Households;
        let born_until = born_until(page.closes_at, page.min_age);
        let mut households = HashSet::new();
        let mut found = Vec::new();
        for path in &page.paths {
            let electors = Electors { path: path.clone(), born_until: born_until.clone(), representatives };
            let some = self.store().electors(&electors).await?;
            found.extend(some.into_iter().filter(|one| !representatives || households.insert(one.household)));
        }
        Ok(found)
    }
}

/// The text under a slot's commitment: name, building, unit, room, as far as they are known.
pub(super) fn text(elector: &Elector) -> String {
    let parts = [&elector.name, &elector.building, &elector.unit, &elector.room];
    parts.into_iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join(" · ")
}
