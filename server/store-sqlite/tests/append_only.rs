//! The audit log refuses to be changed, whoever asks the database.

use sqlx::{Connection as _, SqliteConnection};
use store::{Audit as _, testing::make};
use store_sqlite::SqlStore;

#[tokio::test]
async fn entries_can_be_neither_changed_nor_deleted() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("test.db");
    let store = SqlStore::connect(&path).await.expect("opens");
    store.audit(&make::entry("a")).await.expect("appended");
    let mut raw = SqliteConnection::connect(&format!("sqlite://{}", path.display())).await.expect("opens");
    for sql in ["UPDATE audit SET action = 'b'", "DELETE FROM audit"] {
        let refused = sqlx::query(sql).execute(&mut raw).await.expect_err("refused");
        assert!(refused.to_string().contains("append-only"), "{sql}: {refused}");
    }
    assert_eq!(store.audit_chain(0, 9).await.expect("read").len(), 1);
}
