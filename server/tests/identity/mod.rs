//! The door: who asks, from where, how much and how often; and mail through a mail server.

mod door;
pub(crate) mod mail;

use axum::{
    Router,
    body::Body,
    http::{Request, header},
};
use figment::Figment;
use http_body_util::BodyExt as _;
use server::{
    Portal,
    cli::devices::HandClock,
    config::{Config, Database, MailConfig},
    router,
    world::SystemEntropy,
};
use service::{Caller, Service};
use std::sync::Arc;
use tempfile::TempDir;
use tower::ServiceExt as _;
use types::{
    Timestamp,
    identity::{NewSession, SignUp},
};

const PASSWORD: &str = "rain-on-tin-roof";

struct Door {
    service: Service,
    clock: Arc<HandClock>,
    router: Router,
    _folder: TempDir,
}

struct Answer {
    status: u16,
    headers: axum::http::HeaderMap,
    body: String,
}

impl Answer {
    fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// The stable code of a problem document.
    fn code(&self) -> String {
        assert_eq!(self.header("content-type"), "application/problem+json", "{}", self.body);
        let document: serde_json::Value = serde_json::from_str(&self.body).expect("a problem document");
        document["code"].as_str().expect("a code").to_owned()
    }
}

impl Door {
    async fn open(mail: Option<MailConfig>) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let mut config = Config::from_figment(&Figment::new()).expect("the defaults are right");
        config.secret_file = folder.path().join("minyi.key");
        config.database = Database::Sqlite(folder.path().join("minyi.db"));
        config.mail = mail;
        let clock = Arc::new(HandClock::at(Timestamp(1_800_000_000_000)));
        let portal = Portal::open_with(&config, "https://minyi.example", clock.clone(), Arc::new(SystemEntropy)).await;
        let portal = portal.expect("the portal opens");
        Self { service: portal.service.clone(), clock, router: router(portal), _folder: folder }
    }

    async fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)], body: Vec<u8>) -> Answer {
        let mut request = Request::builder().method(method).uri(path).header(header::HOST, "minyi.example");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let answer =
            self.router.clone().oneshot(request.body(Body::from(body)).expect("a request")).await.expect("an answer");
        let (status, headers) = (answer.status().as_u16(), answer.headers().clone());
        let body = answer.into_body().collect().await.expect("a body").to_bytes();
        Answer { status, headers, body: String::from_utf8_lossy(&body).into_owned() }
    }

    async fn sign_in(&self, login: &str, password: &str) -> Answer {
        let body = serde_json::json!({ "login": login, "password": password }).to_string();
        self.ask("POST", "/api/v1/sessions", &[("content-type", "application/json")], body.into_bytes()).await
    }

    async fn sign_up(&self, login: &str) -> NewSession {
        let form = SignUp { login: login.to_owned(), password: PASSWORD.to_owned(), language: "en".to_owned() };
        self.service.sign_up(&Caller::default(), form).await.expect("signed up")
    }

    async fn is_signed_in(&self, token: &str) -> bool {
        self.service.caller(token, String::new(), String::new()).await.expect("an answer").account.is_some()
    }
}
