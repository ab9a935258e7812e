//! Both engines' migrations give the same tables, columns, and names of unique indexes.

use sqlx::{Connection as _, PgConnection, Row as _, SqliteConnection};
use std::collections::BTreeSet;

type Shape = BTreeSet<String>;

async fn sqlite() -> (Shape, Shape) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("test.db");
    store_sqlite::SqlStore::connect(&path).await.expect("opens").close().await;
    let mut raw = SqliteConnection::connect(&format!("sqlite://{}", path.display())).await.expect("opens");
    let columns = "SELECT m.name || '.' || c.name || ' ' ||
                     CASE c.type WHEN 'BLOB' THEN 'bytes' WHEN 'BIGINT' THEN 'integer' WHEN 'BOOLEAN' THEN 'boolean' ELSE lower(c.type) END || ' ' ||
                     CASE WHEN c.\"notnull\" = 1 THEN 'required' ELSE 'optional' END
                   FROM sqlite_schema m, pragma_table_info(m.name) c WHERE m.type = 'table' AND m.name NOT LIKE '\\_sqlx%' ESCAPE '\\'";
    let unique = "SELECT l.name FROM sqlite_schema m, pragma_index_list(m.name) l
                  WHERE m.type = 'table' AND l.\"unique\" = 1 AND l.origin = 'c'";
    let read = async |raw: &mut SqliteConnection, sql: &'static str| {
        sqlx::query(sql).fetch_all(raw).await.expect("read").iter().map(|row| row.get(0)).collect::<Shape>()
    };
    (read(&mut raw, columns).await, read(&mut raw, unique).await)
}

async fn postgres(url: &str) -> (Shape, Shape) {
    let mut raw = PgConnection::connect(url).await.expect("opens");
    let columns = "SELECT table_name || '.' || column_name || ' ' ||
                     CASE data_type WHEN 'bytea' THEN 'bytes' WHEN 'bigint' THEN 'integer' ELSE data_type::text END || ' ' ||
                     CASE is_nullable WHEN 'NO' THEN 'required' ELSE 'optional' END
                   FROM information_schema.columns WHERE table_schema = 'public' AND table_name NOT LIKE '\\_sqlx%'";
    let unique = "SELECT c.relname::text FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_namespace n ON n.oid = c.relnamespace
                  WHERE n.nspname = 'public' AND i.indisunique AND NOT i.indisprimary AND c.relname NOT LIKE '\\_sqlx%'";
    let read = async |raw: &mut PgConnection, sql: &'static str| {
        sqlx::query(sql).fetch_all(raw).await.expect("read").iter().map(|row| row.get(0)).collect::<Shape>()
    };
    (read(&mut raw, columns).await, read(&mut raw, unique).await)
}

#[tokio::test]
async fn both_migrations_give_the_same() {
    let Some(url) = store_postgres::testing::database().await else { return };
    let (lite_columns, lite_unique) = sqlite().await;
    let (pg_columns, pg_unique) = postgres(&url).await;
    assert!(lite_columns.len() > 100, "{}", lite_columns.len());
    let differ = |a: &Shape, b: &Shape| a.symmetric_difference(b).cloned().collect::<Vec<_>>();
    assert_eq!(differ(&lite_columns, &pg_columns), Vec::<String>::new());
    assert_eq!(differ(&lite_unique, &pg_unique), Vec::<String>::new());
}

#[tokio::test]
async fn every_foreign_key_can_wait_for_the_end_of_a_restore() {
    let Some(url) = store_postgres::testing::database().await else { return };
    let mut raw = PgConnection::connect(&url).await.expect("opens");
    let rigid = sqlx::query("SELECT conname::text FROM pg_constraint WHERE contype = 'f' AND NOT condeferrable");
    let rigid: Vec<String> = rigid.fetch_all(&mut raw).await.expect("read").iter().map(|row| row.get(0)).collect();
    assert_eq!(rigid, Vec::<String>::new());
}
