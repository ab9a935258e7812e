//! Rolls on their way in.

use super::make::{self, NOW};
use crate::{ImportRow, Kept, Store};
use types::{
    ids::{HouseholdId, PersonId},
    roll::{AreaKind, ImportState},
};

/// 2,500 rows: buildings, households and people appear at once.
pub async fn all_or_nothing(store: &dyn Store) {
    let estate = make::area(store, 9000, AreaKind::Estate, None).await;
    let rows: Vec<ImportRow> = (1..=2500).map(make::row).collect();
    let id = make::ready(store, 9100, estate.id, &rows).await;
    assert_eq!(store.roll_counts(&estate.path, NOW).await.expect("counted").persons, 0);
    assert_eq!(store.import_content(id).await.expect("read"), None, "the file is forgotten");
    let entry = make::entry("roll");
    assert!(store.begin_apply(id, &make::job(1), &entry).await.expect("begun"));
    assert!(!store.begin_apply(id, &make::job(2), &entry).await.expect("an answer"), "once");
    let matched = store.apply_import(id, NOW, &entry, &make::job(3)).await.expect("applied").expect("applying");
    assert_eq!((matched.added, matched.changed, matched.unchanged), (2500, 0, 0));
    assert!(store.apply_import(id, NOW, &entry, &make::job(4)).await.expect("an answer").is_none(), "once");
    let counts = store.roll_counts(&estate.path, NOW).await.expect("counted");
    assert_eq!((counts.persons, counts.households), (2500, 2500));
    let buildings = store.areas_below(&estate.path, true, 100).await.expect("read");
    assert_eq!(buildings.len(), 27, "the estate and 26 buildings");
    assert_eq!(store.import(id).await.expect("read").expect("there").state, ImportState::Done);
}

/// The same file again doubles nobody; a number that appears later finds its person; a moved person moves.
pub async fn repeated_imports(store: &dyn Store) {
    let estate = make::area(store, 9000, AreaKind::Estate, None).await;
    let rows: Vec<ImportRow> = (1..=3).map(make::row).collect();
    make::import(store, 9100, estate.id, &rows).await;
    let fresh = |n: u32| ImportRow {
        person: PersonId(make::bytes(500 + n)),
        household: HouseholdId(make::bytes(500 + n)),
        ..make::row(n)
    };
    let again: Vec<ImportRow> = (1..=3).map(fresh).collect();
    let same = make::import(store, 9200, estate.id, &again).await;
    assert_eq!((same.added, same.changed, same.unchanged), (0, 0, 3));
    let numbered = ImportRow { id_hash: Some(vec![9; 32]), fingerprint: vec![2], ..fresh(1) };
    let later = make::import(store, 9300, estate.id, std::slice::from_ref(&numbered)).await;
    assert_eq!((later.added, later.changed), (0, 1));
    let moved =
        ImportRow { room: "77".to_owned(), household: HouseholdId(make::bytes(777)), fingerprint: vec![3], ..numbered };
    let moved = make::import(store, 9400, estate.id, &[moved]).await;
    assert_eq!((moved.added, moved.changed), (0, 1));
    let person = store.person(PersonId(make::bytes(1)), NOW).await.expect("read").expect("the first id stays");
    assert_eq!(person.room, "77");
    assert_eq!(store.roll_counts(&estate.path, NOW).await.expect("counted").persons, 3);
}

/// Somebody on another community's roll stands in the way, as do two rows that mean the same person; nothing is written.
pub async fn elsewhere(store: &dyn Store) {
    let city = make::area(store, 8000, AreaKind::City, None).await;
    let here = make::area(store, 9000, AreaKind::Estate, Some(&city)).await;
    let there = make::area(store, 9001, AreaKind::Estate, Some(&city)).await;
    let known = ImportRow { id_hash: Some(vec![9; 32]), ..make::row(1) };
    make::import(store, 9100, here.id, std::slice::from_ref(&known)).await;
    let id = make::ready(
        store,
        9200,
        there.id,
        &[ImportRow { person: PersonId(make::bytes(600)), ..known.clone() }, make::row(2)],
    )
    .await;
    let matched = store.match_import(id).await.expect("compared");
    assert_eq!(matched.elsewhere, [known.row]);
    assert!(store.begin_apply(id, &make::job(1), &make::entry("roll")).await.expect("begun"));
    let refused =
        store.apply_import(id, NOW, &make::entry("roll"), &make::job(2)).await.expect("an answer").expect("applying");
    assert_eq!(refused.elsewhere, [known.row]);
    store.refuse_import(id, 1, b"why").await.expect("refused");
    let import = store.import(id).await.expect("read").expect("there");
    assert_eq!((import.state, import.counts.problems, &*import.problems), (ImportState::Refused, 1, &b"why"[..]));
    assert_eq!(store.roll_counts(&there.path, NOW).await.expect("counted").persons, 0);
    // By number, and by home and name without a number: the same person.
    let nameless = ImportRow { row: 50, id_hash: None, person: PersonId(make::bytes(601)), ..known.clone() };
    let id = make::ready(store, 9300, here.id, &[known.clone(), nameless]).await;
    assert_eq!(store.match_import(id).await.expect("compared").twice, [known.row, 50]);
}

/// A cancelled import takes no more rows and cannot be applied.
pub async fn cancelled(store: &dyn Store) {
    let estate = make::area(store, 9000, AreaKind::Estate, None).await;
    let id = make::ready(store, 9100, estate.id, &[make::row(1)]).await;
    assert!(store.cancel_import(id, &make::entry("cancel")).await.expect("an answer"));
    assert!(!store.cancel_import(id, &make::entry("cancel")).await.expect("an answer"));
    assert!(!store.stage_rows(id, &[make::row(2)], 2, 2).await.expect("an answer"));
    assert!(!store.begin_apply(id, &make::job(1), &make::entry("roll")).await.expect("an answer"));
    assert_eq!(store.imports(estate.id).await.expect("read").len(), 1);
}

/// What the file has no column for stays as it is; what it has a column for is taken over, also where it is empty.
pub async fn kept_columns(store: &dyn Store) {
    let estate = make::area(store, 9000, AreaKind::Estate, None).await;
    let full = ImportRow { note: "ramp".to_owned(), ..make::row(1) };
    make::import(store, 9100, estate.id, &[full]).await;
    let bare = |n: u8| ImportRow {
        gender: String::new(),
        representative: false,
        birth: "1981-01-01".to_owned(),
        fingerprint: vec![n],
        ..make::row(1)
    };
    for (n, kept, expected) in [
        (2, Kept { gender: true, representative: true, note: true }, ("f", true, "ramp")),
        (3, Kept { representative: true, ..Kept::default() }, ("", true, "")),
        (4, Kept::default(), ("", false, "")),
    ] {
        let id = make::staged(store, 9100 + u32::from(n) * 10, estate.id, &[bare(n)], kept).await;
        assert!(store.begin_apply(id, &make::job(u32::from(n)), &make::entry("roll")).await.expect("begun"));
        store.apply_import(id, NOW, &make::entry("roll"), &make::job(90)).await.expect("applied").expect("applying");
        let person = store.person(PersonId(make::bytes(1)), NOW).await.expect("read").expect("there");
        assert_eq!((&*person.gender, person.representative, &*person.note), expected, "{kept:?}");
        assert_eq!(person.birth, "1981-01-01");
    }
}

/// An import that nobody applies is given up after a while; one that is over stays as it is.
pub async fn swept(store: &dyn Store) {
    let estate = make::area(store, 9000, AreaKind::Estate, None).await;
    let done = make::ready(store, 9100, estate.id, &[make::row(1)]).await;
    assert!(store.begin_apply(done, &make::job(1), &make::entry("roll")).await.expect("begun"));
    let left = make::ready(store, 9200, estate.id, &[make::row(2)]).await;
    let state = async |id| store.import(id).await.expect("read").expect("there").state;
    store.sweep_imports(NOW).await.expect("swept");
    assert_eq!(state(left).await, ImportState::Ready, "not old enough");
    store.sweep_imports(NOW.plus_ms(1)).await.expect("swept");
    assert_eq!((state(left).await, state(done).await), (ImportState::Cancelled, ImportState::Applying));
    assert!(store.apply_import(done, NOW, &make::entry("roll"), &make::job(2)).await.expect("applied").is_some());
}
