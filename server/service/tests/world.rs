//! A portal's use cases with a clock to set, a mailer that keeps what it is given, and one estate.

use rand_chacha::{
    ChaCha20Rng,
    rand_core::{Rng as _, SeedableRng as _},
};
use service::{Caller, Clock, Entropy, Mail, Mailer, Secrets, Service, Settings};
use std::sync::{
    Arc, Mutex,
    atomic::{AtomicI64, Ordering},
};
use tempfile::TempDir;
use types::{
    ErrorCode, Problem, Timestamp,
    identity::{Role, RoleGrant, SignIn, SignUp, VerifyByCode},
    ids::AreaId,
    roll::{AreaKind, ImportState, ImportView, LetterRequest, NewArea},
};

pub(crate) const MINUTE: i64 = 60_000;
pub(crate) const DAY: i64 = 24 * 60 * MINUTE;
pub(crate) const PASSWORD: &str = "rain-on-tin-roof";

struct HandClock(AtomicI64);

impl Clock for HandClock {
    fn now(&self) -> Timestamp {
        Timestamp(self.0.load(Ordering::SeqCst))
    }
}

struct Seeded(Mutex<ChaCha20Rng>);

impl Entropy for Seeded {
    fn fill(&self, bytes: &mut [u8]) {
        self.0.lock().expect("no panic before").fill_bytes(bytes);
    }
}

/// Keeps mail instead of sending it; refuses the first so many.
#[derive(Default)]
pub(crate) struct Post {
    pub(crate) sent: Mutex<Vec<Mail>>,
    pub(crate) refuse: AtomicI64,
}

#[async_trait::async_trait]
impl Mailer for Post {
    fn is_on(&self) -> bool {
        true
    }

    async fn send(&self, mail: Mail) -> Result<(), String> {
        if self.refuse.fetch_sub(1, Ordering::SeqCst) > 0 {
            return Err("try later".to_owned());
        }
        self.sent.lock().expect("no panic before").push(mail);
        Ok(())
    }
}

pub(crate) struct World {
    pub(crate) service: Service,
    pub(crate) post: Arc<Post>,
    pub(crate) store: Arc<dyn store::Store>,
    clock: Arc<HandClock>,
    _folder: Option<TempDir>,
}

impl World {
    pub(crate) async fn on_sqlite() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let store = store_sqlite::SqlStore::connect(&folder.path().join("test.db")).await.expect("opens");
        Self::over(Arc::new(store), Some(folder))
    }

    pub(crate) async fn on_postgres() -> Option<Self> {
        let url = store_postgres::testing::database().await?;
        Some(Self::over(Arc::new(store_postgres::SqlStore::connect(&url).await.expect("opens")), None))
    }

    fn over(store: Arc<dyn store::Store>, folder: Option<TempDir>) -> Self {
        let clock = Arc::new(HandClock(AtomicI64::new(1_800_000_000_000)));
        let entropy = Arc::new(Seeded(Mutex::new(ChaCha20Rng::from_seed([3; 32]))));
        let post = Arc::new(Post::default());
        let world = service::World { clock: clock.clone(), entropy, mailer: post.clone() };
        let settings =
            Settings { public_url: "https://minyi.example".to_owned(), votes_waiting: Settings::VOTES_WAITING };
        let service = Service::new(store.clone(), world, Secrets::new([5; 32]), settings);
        Self { service, post, store, clock, _folder: folder }
    }

    pub(crate) fn pass(&self, ms: i64) {
        self.clock.0.fetch_add(ms, Ordering::SeqCst);
    }

    /// Does all background work that is due.
    pub(crate) async fn work(&self) {
        self.service.run_due_jobs("test").await.expect("background work");
    }

    /// Somebody's device, each on a network of its own.
    pub(crate) fn device(&self, name: &str) -> Caller {
        Caller { account: None, origin: self.service.origin_key(name), device: format!("{name}'s phone") }
    }

    pub(crate) async fn caller(&self, name: &str, token: &str) -> Caller {
        let device = self.device(name);
        self.service.caller(token, device.origin, device.device).await.expect("an answer")
    }

    pub(crate) fn form(login: &str) -> SignUp {
        SignUp { login: login.to_owned(), password: PASSWORD.to_owned(), language: "en".to_owned() }
    }

    pub(crate) async fn sign_up(&self, name: &str) -> Caller {
        let session = self.service.sign_up(&self.device(name), Self::form(name)).await.expect("signed up");
        self.caller(name, &session.token).await
    }

    pub(crate) async fn sign_in(&self, name: &str) -> Caller {
        let form = SignIn { login: name.to_owned(), password: PASSWORD.to_owned() };
        let session = self.service.sign_in(&self.device(name), form).await.expect("signed in");
        self.caller(name, &session.token).await
    }

    /// The operator, one estate, and its clerk.
    pub(crate) async fn estate(&self) -> Estate {
        self.service.create_operator("operator", PASSWORD).await.expect("an operator");
        let operator = self.sign_in("operator").await;
        let form = NewArea { parent: None, kind: AreaKind::Estate, name: "青禾小区".to_owned() };
        let area = self.service.create_area(&operator, form).await.expect("an area").id;
        let clerk = self.sign_up("clerk").await;
        let grant = RoleGrant { login: "clerk".to_owned(), role: Role::Clerk, area };
        self.service.grant_role(&operator, grant).await.expect("granted");
        Estate { area, operator, clerk }
    }

    /// Reads a file as a roll, up to the state before it is applied.
    pub(crate) async fn read(&self, estate: &Estate, name: &str, bytes: Vec<u8>) -> ImportView {
        let import = self.service.import_preview(&estate.clerk, estate.area, name, bytes).await.expect("taken in");
        self.work().await;
        self.service.import_status(&estate.clerk, import).await.expect("a status")
    }

    /// Imports a roll of CSV lines below the usual headings.
    pub(crate) async fn import(&self, estate: &Estate, lines: &str) -> ImportView {
        let view = self.read(estate, "roll.csv", csv(lines)).await;
        assert_eq!(view.state, ImportState::Ready, "{:?}", view.problems);
        self.service.import_apply(&estate.clerk, view.id).await.expect("begun");
        self.work().await;
        self.service.import_status(&estate.clerk, view.id).await.expect("a status")
    }

    /// The codes of new letters for the whole estate, by name.
    pub(crate) async fn codes(&self, estate: &Estate) -> Vec<(String, String)> {
        let form = LetterRequest { area: estate.area, household: None, unverified_only: false };
        let batch = self.service.issue_letters(&estate.clerk, form).await.expect("letters");
        batch.letters.into_iter().flat_map(|letter| letter.codes).map(|code| (code.name, code.code)).collect()
    }
}

pub(crate) struct Estate {
    pub(crate) area: AreaId,
    pub(crate) operator: Caller,
    pub(crate) clerk: Caller,
}

pub(crate) fn csv(lines: &str) -> Vec<u8> {
    format!("姓名,楼栋,单元,房号,出生日期,性别,身份证号,手机,户代表,备注\n{lines}").into_bytes()
}

/// Who lives in 3-1-401.
pub(crate) const ROLL: &str = "张伟,3栋,1单元,401,1980-01-01,男,,13800000001,是,\n李芳,3栋,1单元,401,1982-02-02,女,,,否,\n王小明,3栋,1单元,402,2015-06-01,男,,,否,\n";

pub(crate) fn proof(name: &str, code: &str) -> VerifyByCode {
    let [building, unit, room] = ["3", "1", "401"].map(str::to_owned);
    VerifyByCode { name: name.to_owned(), building, unit, room, code: code.to_owned() }
}

/// The code of a refusal.
pub(crate) fn refused<T>(result: Result<T, Problem>) -> ErrorCode {
    match result {
        Ok(_) => panic!("not refused"),
        Err(problem) => problem.code,
    }
}

/// The first wrong field of a refusal: name and reason.
pub(crate) fn wrong_field<T>(result: Result<T, Problem>) -> (String, String) {
    match result {
        Ok(_) => panic!("not refused"),
        Err(problem) => problem.fields.into_iter().next().map(|field| (field.field, field.reason)).expect("a field"),
    }
}
