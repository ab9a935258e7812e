//! The conformance suite on SQLite.

use store_sqlite::SqlStore;

async fn open() -> Option<(SqlStore, tempfile::TempDir)> {
    let folder = tempfile::tempdir().expect("a folder");
    Some((SqlStore::connect(&folder.path().join("test.db")).await.expect("opens"), folder))
}

store::conformance!(open);
