//! The conformance suite on PostgreSQL.

use store_postgres::SqlStore;

async fn open() -> Option<(SqlStore, ())> {
    let url = store_postgres::testing::database().await?;
    Some((SqlStore::connect(&url).await.expect("opens"), ()))
}

store::conformance!(open);
