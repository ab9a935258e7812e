//! Records for the stories.

use crate::{
    Account, Area, AuditEntry, Import, ImportCounts, ImportRow, Kept, NewAccount, NewJob, Proof, Store, Verification,
};
use types::{
    Timestamp,
    ids::{AccountId, AreaId, HouseholdId, ImportId, JobId, PersonId},
    roll::{AreaKind, ImportState},
};

/// When the stories play.
pub const NOW: Timestamp = Timestamp(1_700_000_000_000);

/// 16 bytes ending in `n`.
#[must_use]
pub fn bytes(n: u32) -> [u8; 16] {
    let mut bytes = [7; 16];
    bytes[12..].copy_from_slice(&n.to_be_bytes());
    bytes
}

/// An audit entry.
#[must_use]
pub fn entry(action: &str) -> AuditEntry {
    AuditEntry {
        at: NOW,
        actor: None,
        action: action.to_owned(),
        object: "thing:1".to_owned(),
        area: None,
        detail: String::new(),
    }
}

/// A job that is due now.
#[must_use]
pub fn job(n: u32) -> NewJob {
    NewJob { id: JobId(bytes(n)), kind: "story".to_owned(), payload: "{}".to_owned(), run_at: NOW, dedupe_key: None }
}

/// An area below `parent`.
pub async fn area(store: &dyn Store, n: u32, kind: AreaKind, parent: Option<&Area>) -> Area {
    let id = AreaId(bytes(n));
    let area = Area {
        id,
        parent: parent.map(|parent| parent.id),
        kind,
        name: format!("area {n}"),
        name_key: n.to_string(),
        path: format!("{}{id}/", parent.map_or("/", |parent| &parent.path)),
        depth: parent.map_or(0, |parent| parent.depth + 1),
    };
    store.create_area(&area, &entry("create-area")).await.expect("a new area");
    area
}

/// An account named `n`.
pub async fn account(store: &dyn Store, n: u32) -> Account {
    let id = AccountId(bytes(n));
    let new = NewAccount {
        id,
        login: format!("login{n}"),
        password_hash: "hash".to_owned(),
        language: "en".to_owned(),
        at: NOW,
    };
    store.create_account(&new, None, &entry("sign-up")).await.expect("a new account");
    store.account(id).await.expect("an answer").expect("the account")
}

/// A row of person `n`: building `n / 100`, room `n`, no identity number.
#[must_use]
pub fn row(n: u32) -> ImportRow {
    ImportRow {
        row: i64::from(n) + 2,
        person: PersonId(bytes(n)),
        household: HouseholdId(bytes(n)),
        area: AreaId(bytes(1_000_000 + n / 100)),
        building: format!("{}栋", n / 100),
        building_key: (n / 100).to_string(),
        unit: "1".to_owned(),
        room: n.to_string(),
        name: format!("name {n:05}"),
        name_key: format!("name{n:05}"),
        birth: "1980-01-01".to_owned(),
        gender: "f".to_owned(),
        id_hash: None,
        id_sealed: None,
        phone_sealed: Some(vec![1, 2, 3]),
        representative: true,
        note: String::new(),
        fingerprint: vec![1],
    }
}

/// An import of `rows`, checked and ready.
pub async fn ready(store: &dyn Store, n: u32, area: AreaId, rows: &[ImportRow]) -> ImportId {
    staged(store, n, area, rows, Kept::default()).await
}

/// The same of a file that lacks columns.
pub async fn staged(store: &dyn Store, n: u32, area: AreaId, rows: &[ImportRow], kept: Kept) -> ImportId {
    let id = ImportId(bytes(n));
    let import = Import {
        id,
        area,
        account: None,
        file_name: "roll.csv".to_owned(),
        state: ImportState::Reading,
        counts: ImportCounts::default(),
        problems: Vec::new(),
        created_at: NOW,
    };
    store.create_import(&import, b"file", &job(n), &entry("upload-roll")).await.expect("an import");
    let total = rows.len() as i64;
    assert!(store.stage_rows(id, rows, total, total).await.expect("staged"));
    let counts = ImportCounts { rows: total, done: total, ..ImportCounts::default() };
    store.import_checked(id, ImportState::Ready, counts, kept, b"").await.expect("checked");
    id
}

/// Imports `rows` into `area`.
pub async fn import(store: &dyn Store, n: u32, area: AreaId, rows: &[ImportRow]) -> crate::Matched {
    let id = ready(store, n, area, rows).await;
    assert!(store.begin_apply(id, &job(n + 1), &entry("apply-roll")).await.expect("begun"));
    store.apply_import(id, NOW, &entry("roll-applied"), &job(n + 2)).await.expect("applied").expect("was applying")
}

/// A verification by the operator.
#[must_use]
pub fn verification(account: AccountId, person: PersonId) -> Verification {
    Verification { account, person, at: NOW, until: NOW.plus_ms(1000), proof: Proof::Operator, hand_over: false }
}
