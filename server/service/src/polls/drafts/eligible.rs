//! Who would be on the roll.

use crate::{Result, Service, polls::convert::count};
use store::{Area, polls::Electors};
use types::{
    Timestamp,
    polls::{Electorate, Eligibility, PollDraft},
};

/// China Standard Time, UTC+8 without summer time: the day on which somebody comes of age is a day there.
const OFFSET_MS: i64 = 8 * 3_600_000;
const DAY_MS: i64 = 86_400_000;

/// The last birthday (YYYY-MM-DD) with which one is `age` full years old on the day of `at`.
pub(in crate::polls) fn born_until(at: Timestamp, age: u8) -> String {
    let (year, month, day) = civil((at.0 + OFFSET_MS).div_euclid(DAY_MS));
    format!("{:04}-{month:02}-{day:02}", year - i64::from(age))
}

/// The proleptic Gregorian date of a day counted from 1970-01-01 (Hinnant, "chrono-compatible low-level date algorithms").
fn civil(days: i64) -> (i64, i64, i64) {
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let of_era = shifted.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
    (year_of_era + era * 400 + i64::from(month <= 2), month, day)
}

/// The paths of the chosen areas, without those that lie in another chosen one.
pub(super) fn paths(eligibility: &Eligibility, areas: &[Area]) -> Vec<String> {
    let mut paths: Vec<&str> =
        areas.iter().filter(|area| eligibility.areas.contains(&area.id)).map(|area| area.path.as_str()).collect();
    paths.sort_unstable();
    let mut outer: Vec<String> = Vec::new();
    for path in paths {
        if outer.last().is_none_or(|last| !path.starts_with(last.as_str())) {
            outer.push(path.to_owned());
        }
    }
    outer
}

impl Service {
    /// How many would be on the roll, as far as the draft says who.
    pub(super) async fn eligible(&self, draft: &PollDraft, areas: &[Area]) -> Result<u64> {
        let born_until = born_until(draft.closes_at.unwrap_or_else(|| self.now()), draft.eligibility.min_age);
        let representatives = draft.eligibility.electorate == Electorate::Households;
        let mut sum = 0;
        for path in paths(&draft.eligibility, areas) {
            let electors = Electors { path, born_until: born_until.clone(), representatives };
            sum += count(self.store().elector_count(&electors).await?);
        }
        Ok(sum)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use types::ids::AreaId;

    #[test]
    fn somebody_is_of_age_on_their_birthday_in_china() {
        // 2026-11-23T15:59:59.999Z is still the 23rd there; a millisecond later it is the 24th.
        assert_eq!(born_until(Timestamp(1_795_449_599_999), 18), "2008-11-23");
        assert_eq!(born_until(Timestamp(1_795_449_600_000), 18), "2008-11-24");
        assert_eq!(born_until(Timestamp(0), 0), "1970-01-01");
        assert_eq!(civil(-719_468), (0, 3, 1));
        assert_eq!(civil(11_016), (2000, 2, 29));
    }

    #[test]
    fn an_area_within_another_is_not_counted_twice() {
        let area = |n: u8, path: &str| Area {
            id: AreaId([n; 16]),
            parent: None,
            kind: types::roll::AreaKind::Estate,
            name: String::new(),
            name_key: String::new(),
            path: path.to_owned(),
            depth: 0,
        };
        let areas = [area(1, "/a/"), area(2, "/a/b/"), area(3, "/c/d/"), area(4, "/c/")];
        let chosen = |ids: &[u8]| Eligibility {
            areas: ids.iter().map(|n| AreaId([*n; 16])).collect(),
            ..Eligibility::default()
        };
        assert_eq!(paths(&chosen(&[2, 1]), &areas), ["/a/"]);
        assert_eq!(paths(&chosen(&[2, 3]), &areas), ["/a/b/", "/c/d/"]);
    }
}
