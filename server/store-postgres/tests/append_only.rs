//! The audit log refuses to be changed, whoever asks the database.

use sqlx::{Connection as _, PgConnection};
use store::{Audit as _, testing::make};
use store_postgres::SqlStore;

#[tokio::test]
async fn entries_can_be_neither_changed_nor_deleted() {
    let Some(url) = store_postgres::testing::database().await else { return };
    let store = SqlStore::connect(&url).await.expect("opens");
    store.audit(&make::entry("a")).await.expect("appended");
    let mut raw = PgConnection::connect(&url).await.expect("opens");
    for sql in ["UPDATE audit SET action = 'b'", "DELETE FROM audit", "TRUNCATE audit"] {
        let refused = sqlx::query(sql).execute(&mut raw).await.expect_err("refused");
        assert!(refused.to_string().contains("append-only"), "{sql}: {refused}");
    }
    assert_eq!(store.audit_chain(0, 9).await.expect("read").len(), 1);
}
