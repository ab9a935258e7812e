//! `kill -9` at any moment: what was acknowledged is on the board, exactly once.

use super::world::{HOUR, config};
use ballot::voter::SealedBallot;
use rand_chacha::{ChaCha20Rng, rand_core::SeedableRng as _};
use server::Portal;
use server::cli::devices::{VoterDevice, prepare_poll};
use server::cli::replay::found;
use server::cli::verify::{Source, recount};
use server::world::{SystemClock, SystemEntropy};
use service::{Caller, Clock as _};
use std::collections::HashMap;
use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, RwLock};
use std::time::{Duration, Instant};
use tempfile::TempDir;
use types::ids::PollId;
use types::polls::{KeyDraft, PollDraft, QuestionDraft, QuestionKind, Receipt, VotingContext};

/// A community with an open poll, kept in a database that servers are started on.
pub(crate) struct Town {
    pub(crate) poll: PollId,
    pub(crate) voters: Vec<(String, VoterDevice)>,
    folder: TempDir,
    database: Option<String>,
    portal: Portal,
}

impl Town {
    pub(crate) async fn build(database: Option<String>, voters: usize) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let (clock, entropy) = (Arc::new(SystemClock::default()), Arc::new(SystemEntropy));
        let now = clock.now();
        let portal = Portal::open_with(&config(&folder, database.clone()), "http://127.0.0.1", clock, entropy)
            .await
            .expect("opens");
        let mut rng = ChaCha20Rng::from_seed([1; 32]);
        let people = found(&portal.service, voters, &mut rng).await.expect("a community");
        let mut draft = PollDraft {
            title: "Kill".to_owned(),
            opens_at: Some(now.plus_ms(-1)),
            closes_at: Some(now.plus_ms(HOUR)),
            key: KeyDraft::System,
            ..PollDraft::default()
        };
        draft.eligibility.areas = vec![people.area];
        draft.questions = vec![QuestionDraft {
            title: "Which?".to_owned(),
            kind: QuestionKind::Single,
            options: ["a", "b"].map(str::to_owned).to_vec(),
        }];
        let poll =
            prepare_poll(&portal.service, people.area, draft, &people.clerks, &[], &mut rng).await.expect("prepared");
        let voters = people.voters.into_iter().map(|voter| (voter.token, voter.device)).collect();
        Self { poll, voters, folder, database, portal }
    }

    /// What voter `n` was told: the kinds of their notices.
    pub(crate) async fn notices(&self, n: usize) -> Vec<String> {
        let caller =
            self.portal.service.caller(&self.voters[n].0, String::new(), String::new()).await.expect("a session");
        let page = self.portal.service.notices(&caller, None).await.expect("an inbox");
        page.notices.into_iter().map(|notice| notice.kind).collect()
    }

    /// Waits until the servers have done all their background work.
    pub(crate) async fn is_at_rest(&self) {
        let at_rest = async {
            while self.portal.service.jobs_waiting().await.expect("counted") > 0 {
                tokio::task::yield_now().await;
            }
        };
        tokio::time::timeout(Duration::from_secs(60), at_rest).await.expect("the work is done");
    }

    /// Every acknowledged ballot stands on the board once, where its receipt says, and the board passes its own rules.
    pub(crate) async fn holds_exactly_once(&self, acknowledged: &[Receipt]) {
        let entries =
            server::cli::devices::board(&self.portal.service, &Caller::default(), self.poll).await.expect("the board");
        let mut places: HashMap<[u8; 32], Vec<u64>> = HashMap::new();
        for entry in &entries {
            places.entry(ballot::sealed::ballot_hash(&entry.bytes.0)).or_default().push(entry.leaf);
        }
        for receipt in acknowledged {
            assert_eq!(
                places.get(&receipt.hash.0),
                Some(&vec![receipt.proof.leaf]),
                "acknowledged {}",
                receipt.tracker
            );
        }
        let record = tempfile::tempdir().expect("a folder");
        server::cli::export_poll::export(&self.portal.service, self.poll, record.path()).await.expect("exported");
        let saved: Vec<String> = acknowledged.iter().map(|receipt| receipt.proof.checkpoint.clone()).collect();
        let source = Source::open(&record.path().display().to_string()).expect("a folder");
        let outcome = recount(&source, None, &saved, &mut |_, _| ()).expect("readable");
        let open = [ballot::verify::Status::Passed, ballot::verify::Status::NotDue];
        let failed: Vec<_> = outcome.report.steps.iter().filter(|step| !open.contains(&step.status)).collect();
        assert!(failed.is_empty(), "{}", outcome.to_text());
    }
}

/// A `minyi serve` of its own process; killed without warning when dropped.
pub(crate) struct Server {
    child: Child,
    pub(crate) url: String,
}

impl Server {
    pub(crate) fn start(town: &Town) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_minyi"));
        command.args(["serve", "--address", "127.0.0.1:0"]).current_dir(town.folder.path());
        // No browser comes here: any folder does for what it would load.
        command.env("MINYI_SITE", town.folder.path());
        command.env("MINYI_DATA_DIR", town.folder.path()).stdout(Stdio::piped()).stderr(Stdio::null());
        if let Some(database) = &town.database {
            command.env("MINYI_DATABASE", database);
        }
        let mut child = command.spawn().expect("minyi starts");
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("its output")).read_line(&mut line).expect("a line");
        let url = line.trim().rsplit(' ').next().expect("an address").to_owned();
        assert!(url.starts_with("http://"), "{line}");
        Self { child, url }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // SIGKILL: nothing is flushed, nothing is finished.
        self.child.kill().expect("it was running");
        self.child.wait().expect("it has ended");
    }
}

/// Each voter casts up to `rounds` ballots, one after the other; a ballot without an answer is sent again as it is.
/// Returns what was acknowledged.
pub(crate) fn cast_all(
    url: &dyn Fn() -> String,
    poll: PollId,
    voters: Vec<(String, VoterDevice)>,
    rounds: usize,
    stop: &AtomicBool,
) -> Vec<Receipt> {
    let agent: ureq::Agent = ureq::Agent::config_builder()
        .http_status_as_error(false)
        .timeout_global(Some(Duration::from_secs(10)))
        .build()
        .into();
    let mut rng = ChaCha20Rng::from_seed(voters[0].1.seed);
    let mut acknowledged = Vec::new();
    for round in 0..rounds {
        for (token, device) in &voters {
            let send = |method: &str, path: &str, body: &[u8]| loop {
                if stop.load(Ordering::Relaxed) {
                    return None;
                }
                let address = format!("{}/api/v1/polls/{poll}/{path}", url());
                let bearer = format!("Bearer {token}");
                let answer = match method {
                    "GET" => agent.get(&address).header("authorization", &bearer).call(),
                    _ => agent
                        .post(&address)
                        .header("authorization", &bearer)
                        .content_type("application/octet-stream")
                        .send(body),
                };
                // No connection, no answer, or an answer that broke off: the server was killed. Ask again.
                let Ok(mut answer) = answer else { continue };
                let Ok(text) = answer.body_mut().read_to_vec() else { continue };
                if answer.status() != 503 {
                    return Some((answer.status().as_u16(), text));
                }
            };
            let Some((status, context)) = send("GET", "voting-context", &[]) else { return acknowledged };
            assert_eq!(status, 200, "{}", String::from_utf8_lossy(&context));
            let context: VotingContext = serde_json::from_slice(&context).expect("a context");
            let prepared = device.prepare(&context, &[vec![u16::from(round % 2 == 0)]], &mut rng).expect("sealed");
            if let Some(credential) = prepared.credential {
                let Some((status, text)) = send("POST", "credentials", &credential) else { return acknowledged };
                assert_eq!(status, 201, "{}", String::from_utf8_lossy(&text));
            }
            let SealedBallot { bytes, hash, .. } = prepared.ballot;
            let Some((status, text)) = send("POST", "ballots", &bytes) else { return acknowledged };
            let receipt: Receipt = match status {
                201 => serde_json::from_slice(&text).expect("a receipt"),
                // The answer to the first try was lost with the server.
                409 => {
                    let mut document: serde_json::Value = serde_json::from_slice(&text).expect("a problem");
                    assert_eq!(document["code"], "duplicate", "{document}");
                    serde_json::from_value(document["receipt"].take()).expect("a receipt")
                }
                _ => panic!("{status} {}", String::from_utf8_lossy(&text)),
            };
            assert_eq!(receipt.hash.0, hash);
            acknowledged.push(receipt);
        }
    }
    acknowledged
}

/// Fewer ballots than a slot may cast in an hour.
const ROUNDS: usize = 90;

/// Kills and restarts the server for a while under the load of four phones.
async fn kill_repeatedly(database: Option<String>) {
    let town = Town::build(database, 24).await;
    let address = Arc::new(RwLock::new(String::new()));
    let stop = Arc::new(AtomicBool::new(false));
    let mut server = Server::start(&town);
    server.url.clone_into(&mut address.write().expect("not poisoned"));
    let phones: Vec<_> = (0..4)
        .map(|n| {
            let voters: Vec<_> = town.voters.iter().skip(n).step_by(4).cloned().collect();
            let (poll, stop, address) = (town.poll, Arc::clone(&stop), Arc::clone(&address));
            std::thread::spawn(move || {
                cast_all(&|| address.read().expect("not poisoned").clone(), poll, voters, ROUNDS, &stop)
            })
        })
        .collect();
    #[expect(clippy::disallowed_methods, reason = "the test is bounded by the real time")]
    let start = Instant::now();
    let mut kills = 0_u32;
    while start.elapsed() < Duration::from_secs(15) || kills < 8 {
        // Not a synchronisation: the moments at which it is killed.
        std::thread::sleep(Duration::from_millis(100 + u64::from(kills * 137 % 600)));
        drop(server);
        server = Server::start(&town);
        server.url.clone_into(&mut address.write().expect("not poisoned"));
        kills += 1;
    }
    stop.store(true, Ordering::Relaxed);
    let acknowledged: Vec<Receipt> = phones.into_iter().flat_map(|phone| phone.join().expect("a phone")).collect();
    drop(server);
    assert!(acknowledged.len() > 20, "only {} ballots were cast", acknowledged.len());
    println!("{kills} kills, {} ballots acknowledged", acknowledged.len());
    town.holds_exactly_once(&acknowledged).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_acknowledged_ballot_is_lost_or_doubled_on_sqlite() {
    kill_repeatedly(None).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_acknowledged_ballot_is_lost_or_doubled_on_postgresql() {
    let Some(database) = store_postgres::testing::database().await else { return };
    kill_repeatedly(Some(database)).await;
}
