//! Accepting ballots through HTTP with a durable commit, against bare proof verification on the same cores.

use crate::load::{Ask, Connection};
use crate::{fill, machine, site::Site};
use ballot::{CredentialState, Manifest, PollContext, Sealing, VoterKey, check_ballot};
use hyper::Method;
use server::cli::replay::Voter;
use std::net::SocketAddr;
use std::path::Path;
use std::time::Instant;
use tokio::task::JoinSet;
use types::polls::VotingContext;

/// Voters, each on a connection of their own for all their ballots.
const VOTERS: usize = 256;
/// Ballots of each, one after the other.
const EACH: u32 = 12;
/// Connections at the same time.
const CONNECTIONS: usize = 256;

/// A voter's ballots, sealed beforehand, with what a bare check needs to know.
struct Sealed {
    token: String,
    ballots: Vec<(CredentialState, Vec<u8>)>,
}

pub async fn run(engine: &str, data: &Path, database: &str) {
    println!("\n## Accepting ballots, {engine}\n");
    let (poll, voters) = fill::open_poll(data, database, VOTERS).await;
    let site = Site::start(data, database).await;
    println!("- cold start to the first page: {:.0?}", site.cold_start);
    println!("- memory, idle: {:.0} MB", machine::memory(site.pid()).0);
    let path = format!("/api/v1/polls/{poll}");
    let (context, sealed) = seal_all(site.address, &path, voters).await;
    let count = VOTERS as f64 * f64::from(EACH);
    let bare = count / bare(&context, &sealed);
    let (start, load, served) = (Instant::now(), machine::cpu(std::process::id()), machine::cpu(site.pid()));
    cast_all(site.address, &path, sealed).await;
    let time = start.elapsed().as_secs_f64();
    let accepted = count / time;
    println!("- bare proof checks on all cores: {bare:.0} ballots/s");
    println!("- accepted through HTTP, durable: {accepted:.0} ballots/s; ratio {:.2}", accepted / bare);
    let micros = |before: f64, pid: u32| (machine::cpu(pid) - before) / count * 1e6;
    println!(
        "- processor time of a ballot: bare {:.0} µs, the portal {:.0} µs, the load's own {:.0} µs; {:.0} µs passed on all cores",
        1e6 * machine::cores() as f64 / bare,
        micros(served, site.pid()),
        micros(load, std::process::id()),
        time * machine::cores() as f64 / count * 1e6
    );
    println!("- memory, most at full ballot load: {:.0} MB", machine::memory(site.pid()).1);
}

async fn seal_all(address: SocketAddr, path: &str, voters: Vec<Voter>) -> (PollContext, Vec<Sealed>) {
    let mut connection = Connection::open(address).await;
    let (mut shared, mut sealed) = (None, Vec::new());
    for voter in voters {
        let token = Some(voter.token.as_str());
        let ask = Ask { method: Method::GET, path: &format!("{path}/voting-context"), token, body: Vec::new() };
        let (status, body) = connection.send(ask).await;
        assert_eq!(status, 200, "{}", String::from_utf8_lossy(&body));
        let given: VotingContext = serde_json::from_slice(&body).expect("a voting context");
        let manifest = Manifest::parse(&given.manifest.0).expect("a manifest");
        let context = PollContext::new(manifest, given.joint_key.0, given.roll_hash.0, given.slots).expect("a context");
        let key = VoterKey::derive(&voter.device.seed, context.poll());
        let body = key.credential(&context, given.slot);
        let ask = Ask { method: Method::POST, path: &format!("{path}/credentials"), token, body };
        let (status, body) = connection.send(ask).await;
        assert!(status == 200 || status == 201, "{}", String::from_utf8_lossy(&body));
        sealed.push(Sealed { ballots: seal(&context, &key, given.slot), token: voter.token });
        shared = Some(context);
    }
    (shared.expect("there are voters"), sealed)
}

fn seal(context: &PollContext, key: &VoterKey, slot: u32) -> Vec<(CredentialState, Vec<u8>)> {
    let mut rng = server::cli::devices::rng(&server::world::SystemEntropy);
    let mut last = None;
    let mut ballots = Vec::new();
    for n in 0..EACH {
        let choices = [vec![u16::try_from(n % 5).unwrap_or(0)]];
        let sealing = Sealing::new(context, key, slot, last, &choices).expect("a choice");
        let ballot = sealing.run(&mut rng).expect("a ballot");
        let (last_number, last_hash) = last.unwrap_or((0, [0; 32]));
        let state =
            CredentialState { key: key.public(), slot, generation: 1, superseded: false, last_number, last_hash };
        last = Some((n + 1, ballot.hash));
        ballots.push((state, ballot.bytes));
    }
    ballots
}

/// Seconds that it takes all cores to check every ballot, one by one.
fn bare(context: &PollContext, sealed: &[Sealed]) -> f64 {
    let start = Instant::now();
    let next = std::sync::atomic::AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for _ in 0..machine::cores() {
            scope.spawn(|| {
                while let Some(voter) = sealed.get(next.fetch_add(1, std::sync::atomic::Ordering::Relaxed)) {
                    for (state, bytes) in &voter.ballots {
                        check_ballot(context, Some(state), bytes).expect("a good ballot");
                    }
                }
            });
        }
    });
    start.elapsed().as_secs_f64()
}

async fn cast_all(address: SocketAddr, path: &str, sealed: Vec<Sealed>) {
    let mut shares: Vec<Vec<Sealed>> = (0..CONNECTIONS).map(|_| Vec::new()).collect();
    for (n, voter) in sealed.into_iter().enumerate() {
        shares[n % CONNECTIONS].push(voter);
    }
    let mut tasks = JoinSet::new();
    for share in shares {
        let path = format!("{path}/ballots");
        tasks.spawn(async move {
            let mut connection = Connection::open(address).await;
            for voter in share {
                for (_, body) in voter.ballots {
                    cast(&mut connection, &path, &voter.token, body).await;
                }
            }
        });
    }
    tasks.join_all().await;
}

/// Tries again where the portal says that it is busy, as a phone does.
async fn cast(connection: &mut Connection, path: &str, token: &str, body: Vec<u8>) {
    loop {
        let ask = Ask { method: Method::POST, path, token: Some(token), body: body.clone() };
        match connection.send(ask).await {
            (200 | 201, _) => return,
            (503, _) => tokio::time::sleep(std::time::Duration::from_millis(200)).await,
            (status, answer) => panic!("{status} {}", String::from_utf8_lossy(&answer)),
        }
    }
}
