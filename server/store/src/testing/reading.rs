//! Reading areas and the roll.

use super::make::{self, NOW};
use crate::{ImportRow, LetterQuery, PersonsQuery, Store, StoreError};
use types::{ids::PersonId, roll::AreaKind};

/// The tree, downwards and upwards.
pub async fn areas(store: &dyn Store) {
    let city = make::area(store, 1, AreaKind::City, None).await;
    let estate = make::area(store, 2, AreaKind::Estate, Some(&city)).await;
    let building = make::area(store, 3, AreaKind::Building, Some(&estate)).await;
    let beside = make::area(store, 4, AreaKind::Estate, Some(&city)).await;
    let names = |areas: Vec<crate::Area>| areas.into_iter().map(|area| area.id).collect::<Vec<_>>();
    assert_eq!(
        names(store.areas_below("/", true, 99).await.expect("read")),
        [city.id, estate.id, building.id, beside.id]
    );
    assert_eq!(names(store.areas_below(&city.path, false, 99).await.expect("read")), [city.id, estate.id, beside.id]);
    assert_eq!(names(store.areas_below(&estate.path, true, 99).await.expect("read")), [estate.id, building.id]);
    assert_eq!(names(store.areas_above(&building.path).await.expect("read")), [city.id, estate.id, building.id]);
    let twin = crate::Area { id: types::ids::AreaId(make::bytes(5)), path: "/5/".to_owned(), ..beside };
    match store.create_area(&twin, &make::entry("create-area")).await {
        Err(StoreError::Conflict(name)) => assert_eq!(name, "areas_name"),
        other => panic!("a twin: {other:?}"),
    }
    let city = crate::Area { id: types::ids::AreaId(make::bytes(7)), path: "/7/".to_owned(), ..city };
    match store.create_area(&city, &make::entry("create-area")).await {
        Err(StoreError::Conflict(name)) => assert_eq!(name, "areas_top_name"),
        other => panic!("a twin at the top: {other:?}"),
    }
    let orphan =
        crate::Area { id: types::ids::AreaId(make::bytes(6)), parent: Some(twin.id), path: "/6/".to_owned(), ..twin };
    match store.create_area(&orphan, &make::entry("create-area")).await {
        Err(StoreError::Conflict(name)) => assert_eq!(name, "foreign_key"),
        other => panic!("an orphan: {other:?}"),
    }
}

/// Pages by name hold everybody once; searches find names by their beginning and rooms.
pub async fn persons(store: &dyn Store) {
    let estate = make::area(store, 9000, AreaKind::Estate, None).await;
    let rows: Vec<ImportRow> =
        (1..=250).map(|n| ImportRow { name_key: format!("张{}", n % 7), ..make::row(n) }).collect();
    make::import(store, 9100, estate.id, &rows).await;
    let query = |name: &str, room: &str, after| PersonsQuery {
        path: estate.path.clone(),
        name: name.to_owned(),
        room: room.to_owned(),
        after,
        limit: 40,
        now: NOW,
    };
    let mut seen: Vec<(String, PersonId)> = Vec::new();
    loop {
        let page = store.persons(&query("", "", seen.last().cloned())).await.expect("read");
        if page.is_empty() {
            break;
        }
        seen.extend(page.into_iter().map(|person| (person.name_key, person.id)));
    }
    assert_eq!(seen.len(), 250);
    assert!(seen.windows(2).all(|pair| pair[0] < pair[1]), "in order, each once");
    let threes = store.persons(&query("张3", "", None)).await.expect("read");
    assert!(!threes.is_empty() && threes.iter().all(|person| person.name_key == "张3"));
    let room = store.persons(&query("117", "117", None)).await.expect("read");
    assert_eq!(room.iter().map(|person| person.room.as_str()).collect::<Vec<_>>(), ["117"]);
}

/// Letters go to adults, by address, perhaps only to the unverified.
pub async fn letters(store: &dyn Store) {
    let estate = make::area(store, 9000, AreaKind::Estate, None).await;
    let mut rows: Vec<ImportRow> = (1..=3).map(make::row).collect();
    rows[1].birth = "2015-01-01".to_owned();
    make::import(store, 9100, estate.id, &rows).await;
    let account = make::account(store, 1).await;
    let query = |unverified_only| LetterQuery {
        path: estate.path.clone(),
        household: None,
        unverified_only,
        born_by: "2008-01-01".to_owned(),
        now: NOW,
        limit: 9,
    };
    let who = async |unverified| {
        let people = store.letter_persons(&query(unverified)).await.expect("read");
        people.into_iter().map(|person| person.person).collect::<Vec<_>>()
    };
    let (first, third) = (PersonId(make::bytes(1)), PersonId(make::bytes(3)));
    assert_eq!(who(false).await, [first, third]);
    store.verify_account(&make::verification(account.id, first), &make::entry("verify"), &[]).await.expect("verified");
    assert_eq!(who(true).await, [third]);
}

/// A backup of one engine reads back into an unused database, and into no other; a cut off one not at all.
pub async fn backup(store: &dyn Store) {
    let estate = make::area(store, 9000, AreaKind::Estate, None).await;
    let rows: Vec<ImportRow> = (1..=1200).map(make::row).collect();
    make::import(store, 9100, estate.id, &rows).await;
    make::account(store, 1).await;
    let mut lines: Vec<String> = Vec::new();
    let rows = store
        .dump(&mut |line| {
            lines.push(line);
            Ok(())
        })
        .await
        .expect("written");
    assert!(rows > 2400, "people and households: {rows}");
    let mut again = lines.iter().cloned().map(Ok);
    match store.restore(&mut again).await {
        Err(StoreError::Conflict(name)) => assert_eq!(name, "not_empty"),
        other => panic!("restored over what is there: {other:?}"),
    }
}
