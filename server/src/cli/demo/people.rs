//! The residents of 青禾社区, from a seed: the same people every time, none of them real.
//!
//! Six walk-ups of six floors and three houses of twelve: 360 flats, about 1,200 people, households as they are in an
//! older estate (many elders, three generations under one roof, young couples in the newer houses).

use super::names::{GIVEN, SURNAMES, generation};
use std::collections::HashSet;

/// The year that ages are reckoned from.
const YEAR: i32 = 2026;

/// Somebody on the roll.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Resident {
    pub(super) name: String,
    /// Year, month, day.
    pub(super) birth: (i32, u32, u32),
    pub(super) woman: bool,
    pub(super) home: Home,
    /// Represents the household.
    pub(super) head: bool,
}

/// A flat.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Home {
    pub(super) building: u32,
    pub(super) unit: u32,
    pub(super) room: u32,
}

/// People whom the story needs: name, year of birth, woman, building, unit, room. Each is the head of that flat.
pub(super) const NAMED: [(&str, i32, bool, u32, u32, u32); 10] = [
    ("李娟", 1986, true, 7, 1, 302),
    ("王磊", 1991, false, 8, 2, 501),
    ("周建国", 1968, false, 3, 2, 201),
    ("陈志强", 1963, false, 2, 1, 401),
    ("吴兰", 1957, true, 5, 3, 102),
    ("郑海燕", 1979, true, 9, 1, 701),
    ("王秀英", 1952, true, 1, 2, 301),
    ("刘洋", 1992, false, 7, 2, 802),
    ("赵敏", 1984, true, 4, 1, 502),
    ("林晓雯", 1995, true, 9, 2, 1001),
];

/// A fixed sequence of numbers that look random (SplitMix64). Never for anything secret.
pub(super) struct Dice(u64);

impl Dice {
    pub(super) const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next number below `sides`.
    pub(super) fn below(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % sides.max(1) as u64).unwrap_or(0)
    }

    fn within(&mut self, low: i32, high: i32) -> i32 {
        low + i32::try_from(self.below(usize::try_from(high - low + 1).unwrap_or(1))).unwrap_or(0)
    }

    fn pick<'a>(&mut self, words: &'a str) -> &'a str {
        let words: Vec<&str> = words.split(' ').collect();
        words[self.below(words.len())]
    }
}

/// Every flat of the estate, in the order of the doors.
pub(super) fn homes() -> Vec<Home> {
    let mut homes = Vec::new();
    for building in 1..=9 {
        // The walk-ups have three entrances and two flats on a floor; the later houses two entrances with a lift.
        let (units, floors, doors) = if building <= 6 { (3, 6, 2) } else { (2, 12, 2) };
        for unit in 1..=units {
            for floor in 1..=floors {
                homes.extend((1..=doors).map(|door| Home { building, unit, room: floor * 100 + door }));
            }
        }
    }
    homes
}

/// Everybody, household by household.
pub(super) fn residents() -> Vec<Resident> {
    let mut dice = Dice::new(0x9752_79be);
    let mut names = HashSet::new();
    names.extend(NAMED.iter().map(|(name, ..)| (*name).to_owned()));
    homes().into_iter().flat_map(|home| household(&home, &mut dice, &mut names)).collect()
}

/// A member of a household before they have a name: year of birth, woman, surname.
type Member = (i32, bool, String);

fn household(home: &Home, dice: &mut Dice, names: &mut HashSet<String>) -> Vec<Resident> {
    let named = NAMED.iter().find(|(_, _, _, b, u, r)| (*b, *u, *r) == (home.building, home.unit, home.room));
    let head = match named {
        Some((name, year, woman, ..)) => (*year, *woman, name.chars().take(1).collect()),
        // Elders live in the walk-ups, the young in the later houses.
        None if home.building <= 6 => (YEAR - dice.within(30, 84), dice.below(3) == 0, surname(dice)),
        None => (YEAR - dice.within(26, 66), dice.below(3) == 0, surname(dice)),
    };
    let mut people = Vec::new();
    for (place, (year, woman, surname)) in members(head, dice).into_iter().enumerate() {
        let name = match named {
            Some((name, ..)) if place == 0 => (*name).to_owned(),
            _ => new_name(&surname, year, woman, dice, names),
        };
        let birth =
            (year, u32::try_from(dice.within(1, 12)).unwrap_or(1), u32::try_from(dice.within(1, 28)).unwrap_or(1));
        people.push(Resident { name, birth, woman, home: home.clone(), head: place == 0 });
    }
    people
}

/// Who lives with `head`: a spouse, children, the head's parents, or a grown child with a family of their own.
fn members(head: Member, dice: &mut Dice) -> Vec<Member> {
    let (year, woman, own) = head.clone();
    let age = YEAR - year;
    let mut members = vec![head];
    if dice.below(100)
        < if age > 74 {
            26
        } else if age < 32 {
            18
        } else {
            6
        }
    {
        return members;
    }
    let spouse = surname(dice);
    members.push((year + dice.within(-4, 4), !woman, spouse.clone()));
    let family = if woman { spouse } else { own.clone() };
    for _ in 0..children(age, dice) {
        members.push((year + dice.within(24, 33), dice.below(2) == 0, family.clone()));
    }
    if (34..=58).contains(&age) && dice.below(100) < 48 {
        let elder = year - dice.within(23, 30);
        members.push((elder, true, surname(dice)));
        if dice.below(100) < 55 {
            members.push((elder - dice.within(0, 3), false, own));
        }
    }
    if age >= 59 && dice.below(100) < 56 {
        let child = year + dice.within(24, 29);
        members.push((child, false, family.clone()));
        members.push((child + 1, true, surname(dice)));
        members.push((child + dice.within(25, 30), dice.below(2) == 0, family));
    }
    members.retain(|(born, ..)| *born < YEAR);
    members
}

fn children(parents_age: i32, dice: &mut Dice) -> usize {
    match (parents_age, dice.below(100)) {
        (..28, roll) => usize::from(roll < 30),
        (28..52, roll) => usize::from(roll < 88) + usize::from(roll < 30),
        (52..60, roll) => usize::from(roll < 60),
        _ => 0,
    }
}

fn surname(dice: &mut Dice) -> String {
    let all: Vec<char> = SURNAMES.chars().filter(|c| !c.is_whitespace()).collect();
    all[dice.below(all.len())].to_string()
}

/// A name that nobody on the roll has yet, so that a name leads to one person: first one of its generation, then,
/// where the surname is so common that those are taken, with a second character.
fn new_name(surname: &str, year: i32, woman: bool, dice: &mut Dice, names: &mut HashSet<String>) -> String {
    for attempt in 0.. {
        let given = dice.pick(GIVEN[generation(year)][usize::from(!woman)]);
        let more = dice.pick(GIVEN[2][usize::from(!woman)]).chars().next().filter(|_| attempt >= 6);
        let name: String = surname.chars().chain(more).chain(given.chars()).take(3).collect();
        if names.insert(name.clone()) {
            return name;
        }
    }
    surname.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_estate_is_the_same_every_time_and_as_large_as_told() {
        let people = residents();
        assert_eq!(people, residents());
        assert!((1_100..=1_300).contains(&people.len()), "{}", people.len());
        let names: HashSet<&str> = people.iter().map(|person| person.name.as_str()).collect();
        assert_eq!(names.len(), people.len());
        for (name, ..) in NAMED {
            assert!(people.iter().any(|person| person.name == name && person.head), "{name}");
        }
    }

    #[test]
    fn ages_are_those_of_people() {
        let people = residents();
        assert!(people.iter().all(|person| (1925..YEAR).contains(&person.birth.0)));
        let share = |from: i32, to: i32| {
            people.iter().filter(|p| (from..to).contains(&(YEAR - p.birth.0))).count() * 100 / people.len()
        };
        assert!((12..=28).contains(&share(0, 18)), "children {}", share(0, 18));
        assert!((15..=35).contains(&share(60, 120)), "elders {}", share(60, 120));
    }
}
