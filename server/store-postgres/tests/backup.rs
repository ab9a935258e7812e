//! A backup of one engine reads back into the other, and gives the same backup again.

use store::{Dump, StoreError, testing::make};
use store_postgres::SqlStore;
use types::roll::AreaKind;

async fn lines(store: &dyn Dump) -> Vec<String> {
    let mut lines = Vec::new();
    store
        .dump(&mut |line| {
            lines.push(line);
            Ok(())
        })
        .await
        .expect("written");
    lines
}

async fn restore(store: &dyn Dump, lines: &[String]) -> store::Result<u64> {
    let mut lines = lines.iter().cloned().map(Ok);
    store.restore(&mut lines).await
}

/// Rows have no order of their own.
fn sorted(mut lines: Vec<String>) -> Vec<String> {
    lines.sort();
    lines
}

#[tokio::test]
async fn what_was_backed_up_comes_back_on_either_engine() {
    let (Some(one), Some(two)) = (store_postgres::testing::database().await, store_postgres::testing::database().await)
    else {
        return;
    };
    let folder = tempfile::tempdir().expect("a folder");
    let first = SqlStore::connect(&one).await.expect("opens");
    let estate = make::area(&first, 9000, AreaKind::Estate, None).await;
    let rows: Vec<_> = (1..=1200).map(make::row).collect();
    make::import(&first, 9100, estate.id, &rows).await;
    let account = make::account(&first, 1).await;
    make::account(&first, 2).await;
    store::Verifications::verify_account(
        &first,
        &make::verification(account.id, rows[0].person),
        &make::entry("verify"),
        &[],
    )
    .await
    .expect("verified");
    let written = lines(&first).await;
    let lite = store_sqlite::SqlStore::connect(&folder.path().join("test.db")).await.expect("opens");
    for cut in [1, 50, written.len() - 1] {
        assert!(
            matches!(restore(&lite, &written[..cut]).await, Err(StoreError::Corrupt(_))),
            "cut off after {cut} lines"
        );
    }
    let rows = restore(&lite, &written).await.expect("read back into SQLite");
    assert!(rows > 2400);
    let again = lines(&lite).await;
    assert_eq!(sorted(again.clone()), sorted(written.clone()));
    let second = SqlStore::connect(&two).await.expect("opens");
    restore(&second, &again).await.expect("read back into PostgreSQL");
    assert_eq!(sorted(lines(&second).await), sorted(written));
}
