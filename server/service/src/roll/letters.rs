//! Letters with one-time codes, one letter per household, one code per adult.

use crate::{Caller, Result, Service, policy::Action};
use store::{LetterPerson, LetterQuery, NewCode};
use types::{
    Problem, Timestamp,
    roll::{Letter, LetterBatch, LetterCode, LetterRequest},
};

/// People in one print run.
const MOST: i64 = 5000;
/// A code works so long.
const VALID_MS: i64 = 60 * 86_400_000;
const CODE_LENGTH: usize = 10;
const ADULT_YEARS: i32 = 18;

impl Service {
    /// Makes new codes in place of the old ones, and unlocks the households. The codes are shown once.
    ///
    /// # Errors
    /// `Invalid` (`area`: `too_many`: choose a building; `area`: `nobody`); what the policy says.
    pub async fn issue_letters(&self, caller: &Caller, form: LetterRequest) -> Result<LetterBatch> {
        let (clerk, area) = self.allowed_in(caller, Action::IssueLetters, form.area).await?;
        let now = self.now();
        let query = LetterQuery {
            path: area.path.clone(),
            household: form.household,
            unverified_only: form.unverified_only,
            born_by: born_by(now),
            now,
            limit: MOST + 1,
        };
        let people = self.store().letter_persons(&query).await?;
        if people.is_empty() {
            return Err(Problem::field("area", "nobody"));
        }
        if people.len() as i64 > MOST {
            return Err(Problem::field("area", "too-many"));
        }
        let codes: Vec<String> = people.iter().map(|_| self.new_code(CODE_LENGTH)).collect();
        let stored: Vec<NewCode> = people
            .iter()
            .zip(&codes)
            .map(|(person, code)| NewCode { person: person.person, hash: self.code_hash(code) })
            .collect();
        let expires_at = now.plus_ms(VALID_MS);
        let mut entry = self.entry(Some(clerk), "issue-letters", &format!("area:{}", area.id), Some(area.id));
        entry.detail = format!(r#"{{"codes":{}}}"#, stored.len());
        self.store().issue_codes(&stored, now, expires_at, &entry).await?;
        Ok(LetterBatch { area_name: area.name, issued_at: now, expires_at, letters: letters(people, codes) })
    }
}

/// People come ordered by address, so that a household's people stand together.
fn letters(people: Vec<LetterPerson>, codes: Vec<String>) -> Vec<Letter> {
    let mut letters: Vec<Letter> = Vec::new();
    for (person, code) in people.into_iter().zip(codes) {
        let (first, second) = code.split_at(CODE_LENGTH / 2);
        let code = LetterCode { name: person.name, code: format!("{first}-{second}") };
        match letters.last_mut().filter(|letter| letter.household == person.household) {
            Some(letter) => letter.codes.push(code),
            None => letters.push(Letter {
                household: person.household,
                building: person.building,
                unit: person.unit,
                room: person.room,
                codes: vec![code],
            }),
        }
    }
    letters
}

/// The last day of birth of somebody who is of age now, in China's time.
fn born_by(now: Timestamp) -> String {
    let today = super::read::today(now);
    let (year, rest) = today.split_at(4);
    format!("{:04}{rest}", year.parse::<i32>().unwrap_or(1970) - ADULT_YEARS)
}
