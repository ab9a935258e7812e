//! A community of its own for each test, with a portal in this process that is asked through its router.

use axum::http::{Request, StatusCode, header};
use axum::{Router, body::Body};
use figment::Figment;
use http_body_util::BodyExt as _;
use rand_chacha::{ChaCha20Rng, rand_core::SeedableRng as _};
use server::cli::devices::{HandClock, TrusteeDevice, prepare_poll};
use server::cli::replay::{Community, Voter, found};
use server::config::{Config, Database};
use server::world::SystemEntropy;
use server::{Portal, router};
use service::{Caller, Clock as _, Service};
use std::future::IntoFuture as _;
use std::net::SocketAddr;
use std::sync::Arc;
use tempfile::TempDir;
use tower::ServiceExt as _;
use types::ids::{AccountId, PollId};
use types::polls::{BoardHead, KeyDraft, PollDraft, QuestionDraft, QuestionKind, VotingContext};
use types::{ErrorCode, Timestamp};

/// When every test begins.
const START: Timestamp = Timestamp(1_800_000_000_000);
pub(crate) const HOUR: i64 = 3_600_000;

/// The engines of this machine: SQLite, and PostgreSQL where it is installed.
pub(crate) async fn engines() -> Vec<Option<String>> {
    let postgres = store_postgres::testing::database().await;
    [None].into_iter().chain(postgres.map(Some)).collect()
}

/// The configuration of a portal over `folder`, or over a PostgreSQL database.
pub(crate) fn config(folder: &TempDir, postgres: Option<String>) -> Config {
    let mut config = Config::from_figment(&Figment::new()).expect("the defaults are right");
    config.data_dir = folder.path().to_owned();
    config.secret_file = folder.path().join("minyi.key");
    config.database = postgres.map_or_else(|| Database::Sqlite(folder.path().join("minyi.db")), Database::Postgres);
    config
}

pub(crate) struct World {
    pub(crate) service: Service,
    pub(crate) clock: Arc<HandClock>,
    pub(crate) people: Community,
    pub(crate) rng: ChaCha20Rng,
    router: Router,
    _folder: TempDir,
}

/// What the API answered.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: axum::http::HeaderMap,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    /// The body, read from JSON; panics unless the answer is a success.
    pub(crate) fn json<T: serde::de::DeserializeOwned>(&self) -> T {
        assert!(self.status.is_success(), "{} {}", self.status, String::from_utf8_lossy(&self.body));
        serde_json::from_slice(&self.body).expect("the JSON that is described")
    }

    /// Asserts a refusal by its code, and that status and content type go with it.
    pub(crate) fn is(&self, code: ErrorCode) {
        let document: serde_json::Value = serde_json::from_slice(&self.body).unwrap_or_default();
        assert_eq!(document["code"], code.as_str(), "{} {}", self.status, String::from_utf8_lossy(&self.body));
        assert_eq!(self.status.as_u16(), code.status());
        assert_eq!(self.headers[header::CONTENT_TYPE], "application/problem+json");
    }
}

impl World {
    /// A portal with `voters` verified residents, two clerks with keys, three trustees.
    pub(crate) async fn with(voters: usize, postgres: Option<String>) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let config = config(&folder, postgres);
        Self::of(voters, config, folder).await
    }

    /// The same with a configuration of the test's own, over `folder`.
    pub(crate) async fn of(voters: usize, config: Config, folder: TempDir) -> Self {
        let clock = Arc::new(HandClock::at(START));
        let portal = Portal::open_with(&config, "https://minyi.example", clock.clone(), Arc::new(SystemEntropy)).await;
        let portal = portal.expect("the portal opens");
        let mut rng = ChaCha20Rng::from_seed([42; 32]);
        let service = portal.service.clone();
        let people = found(&service, voters, &mut rng).await.expect("a community");
        Self { service, clock, people, rng, router: router(portal), _folder: folder }
    }

    /// Two questions, yes-no and approval; opens in an hour, closes a day later.
    pub(crate) fn draft(&self, trustees: &[TrusteeDevice]) -> PollDraft {
        let opens = self.clock.now().plus_ms(HOUR);
        let mut draft = PollDraft {
            title: "加装电梯".to_owned(),
            opens_at: Some(opens),
            closes_at: Some(opens.plus_ms(24 * HOUR)),
            key: if trustees.is_empty() {
                KeyDraft::System
            } else {
                KeyDraft::Trustees { k: 2, accounts: accounts(trustees) }
            },
            ..PollDraft::default()
        };
        draft.eligibility.areas = vec![self.people.area];
        draft.questions[0].title = "是否加装？".to_owned();
        draft.questions.push(QuestionDraft {
            title: "装在哪里？".to_owned(),
            kind: QuestionKind::Approval { min: 0, max: 2 },
            options: ["东侧", "西侧", "北侧"].map(str::to_owned).to_vec(),
        });
        draft
    }

    /// A poll with the trustees' key, signed, not open yet.
    pub(crate) async fn scheduled(&mut self) -> PollId {
        let draft = self.draft(&self.people.trustees);
        let Community { area, clerks, trustees, .. } = &self.people;
        prepare_poll(&self.service, *area, draft, clerks, trustees, &mut self.rng).await.expect("prepared")
    }

    /// The same, open.
    pub(crate) async fn open(&mut self) -> PollId {
        let poll = self.scheduled().await;
        self.pass(HOUR).await;
        poll
    }

    /// Lets time pass and does what is due.
    pub(crate) async fn pass(&self, ms: i64) {
        self.clock.pass(ms);
        while self.service.run_due_jobs("test").await.expect("background work") > 0 {}
    }

    pub(crate) fn voter(&self, n: usize) -> &Voter {
        &self.people.voters[n]
    }

    /// Asks the API.
    pub(crate) async fn ask(&self, method: &str, path: &str, token: Option<&str>, body: Vec<u8>) -> Answer {
        let mut request = Request::builder().method(method).uri(format!("/api/v1{path}"));
        if let Some(token) = token {
            request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
        }
        let request =
            request.header(header::CONTENT_TYPE, "application/octet-stream").body(Body::from(body)).expect("a request");
        let answer = self.router.clone().oneshot(request).await.expect("the router answers");
        let (status, headers) = (answer.status(), answer.headers().clone());
        let body = answer.into_body().collect().await.expect("a body").to_bytes().to_vec();
        Answer { status, headers, body }
    }

    /// The portal on a port of this machine, for clients that are programs of their own; its address.
    pub(crate) async fn serve(&self) -> String {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("an address");
        let app = self.router.clone().into_make_service_with_connect_info::<SocketAddr>();
        tokio::spawn(axum::serve(listener, app).into_future());
        format!("http://{address}")
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, None, Vec::new()).await
    }

    /// Posts to a poll as voter `n`.
    pub(crate) async fn post(&self, poll: PollId, what: &str, n: usize, body: Vec<u8>) -> Answer {
        self.ask("POST", &format!("/polls/{poll}/{what}"), Some(&self.voter(n).token), body).await
    }

    pub(crate) async fn context(&self, poll: PollId, n: usize) -> VotingContext {
        let path = format!("/polls/{poll}/voting-context");
        self.ask("GET", &path, Some(&self.voter(n).token), Vec::new()).await.json()
    }

    /// A sealed ballot of voter `n`, whose credential is registered if it was not.
    pub(crate) async fn sealed(&mut self, poll: PollId, n: usize, choices: &[Vec<u16>]) -> ballot::voter::SealedBallot {
        let context = self.context(poll, n).await;
        let prepared = self.people.voters[n].device.prepare(&context, choices, &mut self.rng).expect("sealed");
        if let Some(credential) = prepared.credential {
            assert_eq!(self.post(poll, "credentials", n, credential).await.status, StatusCode::CREATED);
        }
        prepared.ballot
    }

    /// Casts a ballot of voter `n`.
    pub(crate) async fn cast(&mut self, poll: PollId, n: usize, choices: &[Vec<u16>]) -> Answer {
        let ballot = self.sealed(poll, n, choices).await;
        self.post(poll, "ballots", n, ballot.bytes).await
    }

    pub(crate) async fn head(&self, poll: PollId) -> BoardHead {
        self.get(&format!("/polls/{poll}/board/head")).await.json()
    }

    /// The caller behind a token, for use cases that have no address in the API.
    pub(crate) async fn caller(&self, token: &str) -> Caller {
        self.service.caller(token, "test".to_owned(), "test".to_owned()).await.expect("a session")
    }
}

pub(crate) fn accounts(trustees: &[TrusteeDevice]) -> Vec<AccountId> {
    trustees.iter().filter_map(|device| Some(device.caller.account.as_ref()?.account)).collect()
}

/// Both questions answered.
pub(crate) fn choices(n: usize) -> Vec<Vec<u16>> {
    vec![vec![u16::from(n % 3 == 2)], if n.is_multiple_of(2) { vec![0, 1] } else { vec![2] }]
}

impl World {
    /// The token of somebody who has an account and has not proved who they are.
    pub(crate) async fn unverified(&self) -> String {
        let form = types::identity::SignUp {
            login: "somebody".to_owned(),
            password: "not-on-any-list-7".to_owned(),
            language: "en".to_owned(),
        };
        let device = Caller { account: None, origin: "somebody".to_owned(), device: String::new() };
        self.service.sign_up(&device, form).await.expect("an account").token
    }
}
