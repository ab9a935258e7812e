//! More votes than the portal takes at one time.

use super::world::{World, choices, config};
use axum::http::{StatusCode, header};
use futures::future::{Either, select};
use sqlx::{Connection as _, SqliteConnection, sqlite::SqliteConnectOptions};
use types::ErrorCode;

#[tokio::test(flavor = "multi_thread")]
async fn a_vote_too_many_is_told_to_come_back_and_nothing_is_lost() {
    let folder = tempfile::tempdir().expect("a folder");
    let (file, mut config) = (folder.path().join("minyi.db"), config(&folder, None));
    config.votes_waiting = 1;
    let mut world = World::of(11, config, folder).await;
    let poll = world.open().await;
    let ballots = [world.sealed(poll, 0, &choices(0)).await.bytes, world.sealed(poll, 1, &choices(1)).await.bytes];
    let before = world.head(poll).await;

    // The database is slow: somebody else writes.
    let file = SqliteConnectOptions::new().filename(file);
    let mut other = SqliteConnection::connect_with(&file).await.expect("the same file");
    sqlx::query("BEGIN IMMEDIATE").execute(&mut other).await.expect("the writer's lock");
    let [first, second] = [0, 1].map(|n| Box::pin(world.post(poll, "ballots", n, ballots[n].clone())));
    let (busy, waiting, refused) = match select(first, second).await {
        Either::Left((busy, waiting)) => (busy, waiting, 0),
        Either::Right((busy, waiting)) => (busy, waiting, 1),
    };
    busy.is(ErrorCode::Busy);
    assert_eq!(busy.headers[header::RETRY_AFTER], "1");
    assert_eq!(world.head(poll).await, before, "nothing is stored");
    sqlx::query("ROLLBACK").execute(&mut other).await.expect("the lock is given back");

    assert_eq!(waiting.await.status, StatusCode::CREATED, "the one that was let in");
    let again = world.post(poll, "ballots", refused, ballots[refused].clone()).await;
    assert_eq!(again.status, StatusCode::CREATED, "the same bytes, sent again");
    assert_eq!(world.head(poll).await.size, before.size + 2);
}
