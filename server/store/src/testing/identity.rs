//! Accounts, sessions, verification, roles.

use super::make::{self, NOW};
use crate::{ImportRow, NewAccount, NewCode, NewSession, Proof, Store, StoreError, Verification, Verified};
use types::{
    identity::Role,
    ids::{AccountId, PersonId, SessionId},
    roll::AreaKind,
};

fn conflict<T: core::fmt::Debug>(result: crate::Result<T>) -> String {
    match result {
        Err(StoreError::Conflict(name)) => name,
        other => panic!("no conflict: {other:?}"),
    }
}

/// A login is one account's; the constraint says so by name.
pub async fn accounts(store: &dyn Store) {
    let account = make::account(store, 1).await;
    let again = NewAccount {
        id: AccountId(make::bytes(2)),
        login: account.login.clone(),
        password_hash: "hash".to_owned(),
        language: "en".to_owned(),
        at: NOW,
    };
    assert_eq!(conflict(store.create_account(&again, None, &make::entry("sign-up")).await), "accounts_login");
    let again = NewAccount { id: account.id, login: "other".to_owned(), ..again };
    assert_eq!(conflict(store.create_account(&again, None, &make::entry("sign-up")).await), "accounts_pkey");
    assert_eq!(store.account_by_login("login1").await.expect("read").map(|found| found.id), Some(account.id));
    assert!(store.account_by_login("login9").await.expect("read").is_none());
    store.set_mail(account.id, "a@b.cn", false, "zh-Hans", None).await.expect("set");
    assert!(store.confirm_email(account.id, "a@b.cn", NOW).await.expect("an answer"));
    store.set_mail(account.id, "a@b.cn", true, "en", None).await.expect("set");
    assert!(
        store.account(account.id).await.expect("read").expect("there").email_confirmed_at.is_some(),
        "the same address stays"
    );
    store.set_mail(account.id, "c@d.cn", true, "en", None).await.expect("set");
    assert!(store.account(account.id).await.expect("read").expect("there").email_confirmed_at.is_none());
}

fn session(n: u32, account: AccountId) -> NewSession {
    NewSession {
        id: SessionId(make::bytes(n)),
        account,
        token_hash: vec![n.to_be_bytes()[3]; 32],
        device: "phone".to_owned(),
        at: NOW,
        expires_at: NOW.plus_ms(100),
    }
}

/// Sessions are found by token until they end, by time or by hand.
pub async fn sessions(store: &dyn Store) {
    let (a, b) = (make::account(store, 1).await, make::account(store, 2).await);
    for n in 1..=3 {
        store.create_session(&session(n, a.id)).await.expect("signed in");
    }
    assert_eq!(
        conflict(store.create_session(&NewSession { id: SessionId(make::bytes(9)), ..session(1, a.id) }).await),
        "sessions_token"
    );
    let by_token = async |n: u8, now| store.sessions_by_token(&[[n; 32]], now).await.expect("read").remove(0);
    let found = by_token(1, NOW).await.expect("there");
    assert_eq!((found.account, found.person), (a.id, None));
    let many = store.sessions_by_token(&[[3; 32], [9; 32], [1; 32], [3; 32]], NOW).await.expect("read");
    let ids: Vec<_> = many.iter().map(|one| one.as_ref().map(|one| one.id)).collect();
    assert_eq!(ids, [Some(SessionId(make::bytes(3))), None, Some(found.id), Some(SessionId(make::bytes(3)))]);
    assert!(store.sessions_by_token(&[], NOW).await.expect("read").is_empty());
    assert!(by_token(1, NOW.plus_ms(100)).await.is_none(), "ended by time");
    store.touch_session(found.id, NOW.plus_ms(50), NOW.plus_ms(200)).await.expect("touched");
    assert!(by_token(1, NOW.plus_ms(100)).await.is_some());
    assert_eq!(store.sessions(a.id, NOW).await.expect("read")[0].id, found.id, "last used first");
    assert!(!store.end_session(b.id, found.id).await.expect("an answer"), "not of another account");
    store.end_sessions(a.id, Some(found.id)).await.expect("ended");
    assert_eq!(store.sessions(a.id, NOW).await.expect("read").len(), 1);
    store.set_password(a.id, "new", None, &make::entry("change-password")).await.expect("set");
    assert!(by_token(1, NOW).await.is_none());
    store.create_session(&session(4, a.id)).await.expect("signed in");
    store.sweep(NOW.plus_ms(100)).await.expect("swept");
    assert!(by_token(4, NOW).await.is_none(), "swept");
}

/// Tries are counted within a window and begin anew after it.
pub async fn throttles(store: &dyn Store) {
    for n in 1..=3 {
        let hits = store.hit(b"key", NOW.plus_ms(n), 100).await.expect("counted");
        assert_eq!((hits.count, hits.window_end), (n, NOW.plus_ms(101)));
    }
    assert_eq!(store.hit(b"other", NOW, 100).await.expect("counted").count, 1);
    assert_eq!(store.hit(b"key", NOW.plus_ms(101), 100).await.expect("counted").count, 1);
    store.unhit(b"key").await.expect("taken back");
    assert_eq!(store.hit(b"key", NOW.plus_ms(101), 100).await.expect("counted").count, 1);
    store.forgive(b"key").await.expect("forgiven");
    assert_eq!(store.hit(b"key", NOW.plus_ms(102), 100).await.expect("counted").count, 1);
}

async fn people(store: &dyn Store, count: u32) -> Vec<PersonId> {
    let estate = make::area(store, 9000, AreaKind::Estate, None).await;
    let rows: Vec<_> = (1..=count).map(make::row).collect();
    make::import(store, 9001, estate.id, &rows).await;
    (1..=count).map(|n| PersonId(make::bytes(n))).collect()
}

/// One person, one verified account: by the database, also for two at the same time.
pub async fn one_person_one_account(store: &dyn Store) {
    let people = people(store, 2).await;
    let (a, b) = (make::account(store, 1).await, make::account(store, 2).await);
    let entry = make::entry("verify");
    let verify = async |v: &Verification| store.verify_account(v, &entry, &[]).await.expect("an answer");
    assert_eq!(verify(&make::verification(a.id, people[0])).await, Verified::Done(None));
    assert_eq!(verify(&make::verification(a.id, people[0])).await, Verified::Done(None), "again is the same");
    assert_eq!(verify(&make::verification(b.id, people[0])).await, Verified::PersonTaken);
    assert_eq!(verify(&make::verification(a.id, people[1])).await, Verified::OtherPerson);
    let over = Verification { hand_over: true, ..make::verification(b.id, people[0]) };
    assert_eq!(verify(&over).await, Verified::Done(Some(a.id)));
    assert!(store.account(a.id).await.expect("read").expect("there").person.is_none());
    let later = NOW.plus_ms(1000);
    let expired = Verification { at: later, until: later.plus_ms(9), ..make::verification(a.id, people[0]) };
    assert_eq!(verify(&expired).await, Verified::Done(Some(b.id)), "an expired verification stands in nobody's way");
    assert_eq!(store.release_person(people[0], &entry).await.expect("released"), Some(a.id));
    assert_eq!(store.release_person(people[0], &entry).await.expect("an answer"), None);
}

/// A code works once, until it expires or is replaced; tries run out and lock the household until a new letter.
pub async fn codes(store: &dyn Store) {
    let people = people(store, 2).await;
    let account = make::account(store, 1).await;
    let entry = make::entry("codes");
    let issue = async |hash: u8| {
        let code = NewCode { person: people[0], hash: vec![hash; 32] };
        store.issue_codes(&[code], NOW, NOW.plus_ms(50), &entry).await.expect("issued");
    };
    issue(1).await;
    let holders = store.code_holders("", "0", "1", "1").await.expect("read");
    assert_eq!(holders.len(), 1);
    assert_eq!(
        (holders[0].person, holders[0].code_hash.clone(), holders[0].locked),
        (people[0], Some(vec![1; 32]), false)
    );
    let home = holders[0].household;
    for n in 1..=5 {
        assert_eq!(store.take_try(home, 5).await.expect("an answer"), Some(n));
    }
    store.return_tries(&[home]).await.expect("given back");
    assert_eq!(store.take_try(home, 5).await.expect("an answer"), Some(5));
    assert_eq!(store.take_try(home, 5).await.expect("an answer"), None);
    assert!(store.lock_household(home, NOW, &entry, &make::job(1)).await.expect("locked"));
    assert!(!store.lock_household(home, NOW, &entry, &make::job(2)).await.expect("an answer"), "told once");
    assert!(store.code_holders("", "0", "1", "1").await.expect("read")[0].locked);
    store.return_tries(&[home]).await.expect("an answer");
    assert_eq!(store.take_try(home, 5).await.expect("an answer"), None, "a lock is not given back");
    issue(2).await;
    assert_eq!(store.take_try(home, 5).await.expect("an answer"), Some(1), "a new letter unlocks");
    let by = |hash: u8, at: i64| Verification {
        at: NOW.plus_ms(at),
        proof: Proof::Code(vec![hash; 32]),
        ..make::verification(account.id, people[0])
    };
    let verify = async |v: Verification| store.verify_account(&v, &entry, &[]).await.expect("an answer");
    assert_eq!(verify(by(1, 0)).await, Verified::ProofGone, "replaced");
    assert_eq!(verify(by(2, 50)).await, Verified::ProofGone, "expired");
    assert!(store.account(account.id).await.expect("read").expect("there").person.is_none(), "nothing changed");
    assert_eq!(verify(by(2, 49)).await, Verified::Done(None));
    assert_eq!(verify(by(2, 49)).await, Verified::ProofGone, "used");
    assert_eq!(store.code_holders("", "0", "1", "1").await.expect("read")[0].code_hash, None);
}

/// Where more people share an address than are read, whoever has the name is among them.
pub async fn codes_in_a_city(store: &dyn Store) {
    let estate = make::area(store, 9000, AreaKind::Estate, None).await;
    let first = make::row(1);
    let home = |n: u32| {
        let (household, area, room) = (first.household, first.area, first.room.clone());
        let (building, building_key) = (first.building.clone(), first.building_key.clone());
        ImportRow { household, area, building, building_key, room, ..make::row(n) }
    };
    let rows: Vec<ImportRow> = (1..=250).map(home).collect();
    make::import(store, 9001, estate.id, &rows).await;
    for n in [1, 250] {
        let holders = store.code_holders(&rows[n - 1].name_key, "0", "1", "1").await.expect("read");
        assert_eq!((holders.len(), holders[0].person), (200, rows[n - 1].person));
    }
}

/// A ticket is one account's, works until it ends, and once.
pub async fn tickets(store: &dyn Store) {
    let people = people(store, 1).await;
    let account = make::account(store, 1).await;
    store.put_ticket(account.id, &[1; 32], NOW.plus_ms(10)).await.expect("stored");
    store.put_ticket(account.id, &[2; 32], NOW.plus_ms(10)).await.expect("stored");
    assert!(store.ticket_account(&[1; 32], NOW).await.expect("read").is_none(), "replaced");
    assert!(store.ticket_account(&[2; 32], NOW.plus_ms(10)).await.expect("read").is_none(), "ended");
    assert_eq!(store.ticket_account(&[2; 32], NOW).await.expect("read").map(|found| found.id), Some(account.id));
    let by = Verification { proof: Proof::Ticket(vec![2; 32]), ..make::verification(account.id, people[0]) };
    let entry = make::entry("verify");
    assert_eq!(store.verify_account(&by, &entry, &[]).await.expect("an answer"), Verified::Done(None));
    assert_eq!(store.verify_account(&by, &entry, &[]).await.expect("an answer"), Verified::ProofGone);
}

/// Roles are granted once, listed downwards, found upwards.
pub async fn roles(store: &dyn Store) {
    let city = make::area(store, 1, AreaKind::City, None).await;
    let estate = make::area(store, 2, AreaKind::Estate, Some(&city)).await;
    let beside = make::area(store, 3, AreaKind::Estate, Some(&city)).await;
    let account = make::account(store, 1).await;
    let entry = make::entry("grant-role");
    let grant = async |n, area| {
        store.grant_role(account.id, Role::Clerk, area, None, &entry, &make::job(n)).await.expect("an answer")
    };
    assert!(grant(1, estate.id).await);
    assert!(!grant(2, estate.id).await);
    assert_eq!(store.roles_below(&city.path).await.expect("read").len(), 1);
    assert!(store.roles_below(&beside.path).await.expect("read").is_empty());
    assert_eq!(store.roles_of(account.id).await.expect("read")[0].area, estate.id);
    let building = format!("{}0123/", estate.path);
    assert_eq!(store.role_accounts(&building, "clerk").await.expect("read"), [account.id]);
    assert!(store.role_accounts(&city.path, "clerk").await.expect("read").is_empty());
    assert!(store.revoke_role(account.id, Role::Clerk, estate.id, &entry).await.expect("an answer"));
    assert!(!store.revoke_role(account.id, Role::Clerk, estate.id, &entry).await.expect("an answer"));
}

/// What an account may do follows from its home and its roles, and ends with the verification.
pub async fn standing(store: &dyn Store) {
    let people = people(store, 1).await;
    let account = make::account(store, 1).await;
    assert_eq!(store.standing(account.id, NOW).await.expect("read"), crate::Standing::default());
    store
        .verify_account(&make::verification(account.id, people[0]), &make::entry("verify"), &[])
        .await
        .expect("verified");
    let person = store.person(people[0], NOW).await.expect("read").expect("there");
    assert!(person.verified);
    assert_eq!(store.standing(account.id, NOW).await.expect("read").home, Some(person.path.clone()));
    assert_eq!(store.standing(account.id, NOW.plus_ms(1000)).await.expect("read").home, None);
    assert_eq!(store.verified_accounts(&person.path, NOW, None, 9).await.expect("read"), [account.id]);
    assert!(store.verified_accounts(&person.path, NOW, Some(account.id), 9).await.expect("read").is_empty());
}
