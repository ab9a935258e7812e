//! How many slots.

use crate::{Caller, Result, Service, policy::Action};
use ballot::entry::Building;
use std::collections::BTreeMap;
use store::polls::Elector;
use types::{
    ids::PollId,
    polls::{BuildingCount, PollState, SlotCounts},
};

/// The most buildings that a roll summary lists, and the most bytes of a name there.
const BUILDINGS_MAX: usize = ballot::entry::RollSummary::MAX_BUILDINGS;
const NAME_MAX: usize = 120;

impl Service {
    /// The slots as they would be frozen now (for clerks), or as they were (for everybody).
    ///
    /// # Errors
    /// `NotFound`; what the policy says.
    pub async fn slot_counts(&self, caller: &Caller, poll: PollId) -> Result<SlotCounts> {
        let record = self.published(poll).await?;
        if record.row.state >= PollState::Signing && record.row.slots > 0 {
            return Ok(counts_of(self.course(poll).await?.course.roll().map_or(&[], |roll| &roll.buildings)));
        }
        self.allowed(caller, Action::FreezeRoll, &record.area_path).await?;
        let page = self.fixed(&record)?;
        let electors = self.electors(&page).await?;
        Ok(counts_of(&buildings(&electors, &record.row.area_name)))
    }
}

/// Counts by building, as they travel.
pub(in crate::polls) fn counts_of(buildings: &[Building]) -> SlotCounts {
    let line = |b: &Building| BuildingCount { building: b.name.clone(), slots: b.slots.into() };
    SlotCounts {
        slots: buildings.iter().map(|b| u64::from(b.slots)).sum(),
        buildings: buildings.iter().map(line).collect(),
    }
}

/// Slots by building, in the order of their names, numbers by value; all together where there are too many buildings.
pub(super) fn buildings(electors: &[Elector], area: &str) -> Vec<Building> {
    let mut counts: BTreeMap<(u64, &str), u32> = BTreeMap::new();
    for elector in electors {
        let digits: String = elector.building.chars().filter(char::is_ascii_digit).take(9).collect();
        *counts.entry((digits.parse().unwrap_or(u64::MAX), &elector.building)).or_default() += 1;
    }
    if counts.len() > BUILDINGS_MAX {
        let slots = u32::try_from(electors.len()).unwrap_or(u32::MAX);
        return vec![Building { name: shortened(area), slots }];
    }
    counts.into_iter().map(|((_, name), slots)| Building { name: shortened(name), slots }).collect()
}

fn shortened(name: &str) -> String {
    name.chars()
        .scan(0, |len, c| {
            *len += c.len_utf8();
            (*len <= NAME_MAX).then_some(c)
        })
        .collect()
}
