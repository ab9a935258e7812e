//! Reading an uploaded roll: parse, check each row, stage what passed, compare with the roll.

use super::{
    columns::Column,
    file,
    import::{of_file, of_row, twice},
    row::{self, CheckedRow},
};
use crate::{Result, Service};
use std::collections::{HashMap, HashSet};
use store::{ImportCounts, ImportRow, Kept, Matched};
use tokio::task::spawn_blocking;
use types::{
    ErrorCode, Timestamp,
    ids::{AreaId, HouseholdId, ImportId, PersonId},
    roll::{ImportState, RowProblem},
};

/// Rows checked, sealed and stored at a time: also the step of the progress bar.
const BATCH: usize = 2000;
/// Problems kept; the rest are counted.
const KEPT: usize = 200;

/// What was wrong so far.
#[derive(Default)]
struct Problems {
    count: i64,
    first: Vec<RowProblem>,
}

impl Problems {
    fn add(&mut self, more: impl IntoIterator<Item = RowProblem>) {
        for problem in more {
            self.count += 1;
            if self.first.len() < KEPT {
                self.first.push(problem);
            }
        }
    }
}

/// Ids for what may be new, the same for all rows of an address, and what was seen, to find doubles.
#[derive(Default)]
struct Seen {
    buildings: HashMap<String, AreaId>,
    homes: HashMap<(String, String, String), HouseholdId>,
    numbers: HashSet<Vec<u8>>,
    nameless: HashSet<(HouseholdId, String)>,
}

/// What reading has come to so far.
#[derive(Default)]
struct Reading {
    counts: ImportCounts,
    kept: Kept,
    problems: Problems,
}

impl Service {
    /// The job: from "reading" to "ready" or "refused". Begun anew when it was cut off.
    pub(crate) async fn read_import(&self, import: ImportId) -> Result<()> {
        let Some(sealed) = self.store().import_content(import).await? else { return Ok(()) };
        self.store().restart_import(import).await?;
        let content = self.unseal("import", &sealed).ok_or(ErrorCode::Internal)?;
        // A file that breaks its reader is as broken as one that the reader refuses.
        let parsed = spawn_blocking(move || file::read(&content)).await.unwrap_or(Err("file_broken"));
        let mut reading = Reading::default();
        match parsed {
            Err(reason) => reading.problems.add([of_file(reason)]),
            Ok(rows) => {
                if !self.check_rows(import, rows, &mut reading).await? {
                    return Ok(());
                }
            }
        }
        let Reading { mut counts, kept, mut problems } = reading;
        if problems.count == 0 {
            let matched = self.store().match_import(import).await?;
            problems.add(in_the_way(&matched));
            (counts.added, counts.changed, counts.unchanged) = (matched.added, matched.changed, matched.unchanged);
        }
        counts.problems = problems.count;
        let state = if problems.count == 0 { ImportState::Ready } else { ImportState::Refused };
        let problems = self.sealed_problems(&problems.first)?;
        self.store().import_checked(import, state, counts, kept, &problems).await?;
        Ok(())
    }

    /// Problems as stored: they quote the file.
    pub(super) fn sealed_problems(&self, problems: &[RowProblem]) -> Result<Vec<u8>> {
        let problems = serde_json::to_vec(problems).map_err(|_| ErrorCode::Internal)?;
        Ok(self.seal("problems", &problems))
    }

    /// Checks all rows and stages those that pass, as long as all do; false if the import was cancelled meanwhile.
    async fn check_rows(&self, import: ImportId, rows: file::Rows, reading: &mut Reading) -> Result<bool> {
        let Reading { counts, kept, problems } = reading;
        let today = today(self.now());
        let Some((number, headings)) = rows.first() else { return Ok(true) };
        let layout = match row::layout(*number, headings) {
            Ok(layout) => layout,
            Err(wrong) => {
                problems.add(wrong);
                return Ok(true);
            }
        };
        *kept = row::kept(&layout);
        counts.rows = rows.len() as i64 - 1;
        if counts.rows == 0 {
            problems.add([of_file("file_empty")]);
        }
        let mut seen = Seen::default();
        for batch in rows[1..].chunks(BATCH) {
            let mut staged = Vec::with_capacity(batch.len());
            for (number, cells) in batch {
                match row::check(*number, &layout, cells, &today) {
                    Ok(checked) => staged.extend(self.stage(checked, *kept, &mut seen, problems)),
                    Err(wrong) => problems.add(wrong),
                }
            }
            counts.done += batch.len() as i64;
            if problems.count > 0 {
                staged.clear();
            }
            if !self.store().stage_rows(import, &staged, counts.rows, counts.done).await? {
                return Ok(false);
            }
            tokio::task::yield_now().await;
        }
        Ok(true)
    }

    /// The row as stored, unless it means the same person as an earlier one.
    fn stage(&self, row: CheckedRow, kept: Kept, seen: &mut Seen, problems: &mut Problems) -> Option<ImportRow> {
        let area = *seen.buildings.entry(row.building_key.clone()).or_insert_with(|| AreaId(self.new_id()));
        let home = (row.building_key.clone(), row.unit.clone(), row.room.clone());
        let household = *seen.homes.entry(home).or_insert_with(|| HouseholdId(self.new_id()));
        let id_hash = row.id_number.as_ref().map(|number| self.keyed_hash("id number", number.as_bytes()).to_vec());
        let fresh = match &id_hash {
            Some(hash) => seen.numbers.insert(hash.clone()),
            None => seen.nameless.insert((household, row.name_key.clone())),
        };
        if !fresh {
            problems.add([twice(row.row, if id_hash.is_some() { Column::IdNumber } else { Column::Name })]);
            return None;
        }
        Some(ImportRow {
            row: row.row.into(),
            person: PersonId(self.new_id()),
            household,
            area,
            fingerprint: self.fingerprint(&row, kept),
            id_sealed: row.id_number.as_ref().map(|number| self.seal("id number", number.as_bytes())),
            phone_sealed: row.phone.as_ref().map(|phone| self.seal("phone", phone.as_bytes())),
            building: row.building,
            building_key: row.building_key,
            unit: row.unit,
            room: row.room,
            name: row.name,
            name_key: row.name_key,
            birth: row.birth,
            gender: row.gender.to_owned(),
            id_hash,
            representative: row.representative,
            note: row.note,
        })
    }

    /// Keyed hash of all that a row says of a person, each part after its length. What the file does not say is not the
    /// same as what it leaves empty.
    fn fingerprint(&self, row: &CheckedRow, kept: Kept) -> Vec<u8> {
        const UNSAID: &str = "\0";
        let parts = [
            row.name.as_str(),
            &row.building_key,
            &row.unit,
            &row.room,
            &row.birth,
            if kept.gender && row.gender.is_empty() { UNSAID } else { row.gender },
            row.id_number.as_deref().unwrap_or_default(),
            row.phone.as_deref().unwrap_or_default(),
            match row.representative {
                _ if kept.representative => UNSAID,
                true => "1",
                false => "0",
            },
            if kept.note { UNSAID } else { &row.note },
        ];
        let mut bytes = Vec::with_capacity(160);
        for part in parts {
            bytes.extend((part.len() as u32).to_be_bytes());
            bytes.extend(part.as_bytes());
        }
        self.keyed_hash("roll row", &bytes)[..16].to_vec()
    }
}

/// The rows whose person is on another roll, or in another row.
pub(super) fn in_the_way(matched: &Matched) -> Vec<RowProblem> {
    let elsewhere = matched.elsewhere.iter().map(|row| of_row(*row, "elsewhere"));
    elsewhere.chain(matched.twice.iter().map(|row| of_row(*row, "twice"))).collect()
}

/// The day in China (UTC+8) as `YYYY-MM-DD`: days to civil date by the algorithm of Howard Hinnant's `chrono`-compatible dates.
pub(super) fn today(now: Timestamp) -> String {
    let days = (now.0 + 8 * 3_600_000).div_euclid(86_400_000) + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_turns_at_midnight_in_china() {
        assert_eq!(today(Timestamp(0)), "1970-01-01");
        assert_eq!(today(Timestamp(951_753_599_999)), "2000-02-28", "one millisecond before");
        assert_eq!(today(Timestamp(951_753_600_000)), "2000-02-29");
        assert_eq!(today(Timestamp(1_795_449_600_000)), "2026-11-24");
    }
}
