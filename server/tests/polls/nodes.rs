//! Several `minyi` processes on one PostgreSQL: one board, whoever answers.

use super::crash::{Server, Town, cast_all};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

#[tokio::test(flavor = "multi_thread")]
async fn two_processes_on_one_database_keep_one_board() {
    let Some(database) = store_postgres::testing::database().await else { return };
    let town = Town::build(Some(database), 24).await;
    let (one, two) = (Server::start(&town), Server::start(&town));
    let stop = Arc::new(AtomicBool::new(false));
    let mut phones = Vec::new();
    for (n, url) in [&one, &two, &one, &two].into_iter().map(|server| server.url.clone()).enumerate() {
        let voters = town.voters.iter().skip(n).step_by(4).cloned().collect();
        let (poll, stop) = (town.poll, Arc::clone(&stop));
        phones.push(std::thread::spawn(move || cast_all(&|| url.clone(), poll, voters, 5, &stop)));
    }
    let acknowledged: Vec<_> = phones.into_iter().flat_map(|phone| phone.join().expect("a phone")).collect();
    assert!(!stop.load(Ordering::Relaxed));
    assert_eq!(acknowledged.len(), 24 * 5);
    let everybody_is_told = async {
        for n in 0..24 {
            while town.notices(n).await.len() < 7 {
                tokio::task::yield_now().await;
            }
        }
    };
    tokio::time::timeout(Duration::from_secs(60), everybody_is_told).await.expect("the work is done");
    town.is_at_rest().await;
    drop((one, two));
    for n in 0..24 {
        let mut told = town.notices(n).await;
        told.sort_unstable();
        assert_eq!(told[..5], ["ballot-recorded"; 5], "one for each of voter {n}'s ballots");
        assert_eq!(told[5..], ["poll-opens", "verified"], "once, whichever process did the work");
    }
    town.holds_exactly_once(&acknowledged).await;
}
