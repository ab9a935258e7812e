//! Databases with people and polls in them, filled through the use cases.

use rand_chacha::ChaCha20Rng;
use server::Portal;
use server::cli::devices::{ClerkDevice, HandClock, prepare_poll, rng};
use server::cli::replay::{Voter, found};
use server::config::Config;
use server::world::{SystemClock, SystemEntropy};
use service::{Clock as _, Service};
use std::path::Path;
use std::sync::Arc;
use types::Timestamp;
use types::ids::{AreaId, PollId};
use types::polls::{KeyDraft, PollDraft, QuestionDraft, QuestionKind, RulePreset};

const HOUR: i64 = 3_600_000;

/// A portal whose clock stands some hours back, so that what it opens now is open for the real one.
pub struct Past {
    pub service: Service,
    pub clock: Arc<HandClock>,
    pub rng: ChaCha20Rng,
    pub now: Timestamp,
}

impl Past {
    pub async fn open(data: &Path, database: &str) -> Self {
        let values = [("data_dir", data.display().to_string()), ("database", database.to_owned())];
        let figment = values.into_iter().fold(figment::Figment::new(), |figment, value| figment.merge(value));
        let config = Config::from_figment(&figment).expect("a right configuration");
        let now = SystemClock::default().now();
        let clock = Arc::new(HandClock::at(now.plus_ms(-3 * HOUR)));
        let portal =
            Portal::open_with(&config, "http://127.0.0.1", Arc::clone(&clock) as _, Arc::new(SystemEntropy)).await;
        let service = portal.expect("the database opens").service;
        Self { service, clock, rng: rng(&SystemEntropy), now }
    }

    /// Lets everything happen that is due.
    pub async fn settle(&self) {
        while self.service.run_due_jobs("bench").await.expect("work gets done") > 0 {}
    }

    /// An open poll with a system key and five options.
    pub async fn poll(&mut self, area: AreaId, clerks: &[ClerkDevice], title: &str) -> PollId {
        let opens = self.clock.now().plus_ms(60_000);
        let mut draft = PollDraft {
            title: title.to_owned(),
            text: "一段说明。\n\n- 费用：117,240 元\n- 工期：两个月\n".repeat(8),
            questions: vec![QuestionDraft {
                title: "请选一项".to_owned(),
                kind: QuestionKind::Single,
                options: (1..=5).map(|n| format!("方案 {n}")).collect(),
            }],
            rule: RulePreset::Advisory,
            key: KeyDraft::System,
            opens_at: Some(opens),
            closes_at: Some(self.now.plus_ms(240 * HOUR)),
            ..PollDraft::default()
        };
        draft.eligibility.areas = vec![area];
        prepare_poll(&self.service, area, draft, clerks, &[], &mut self.rng).await.expect("a poll")
    }
}

/// A community of so many voters, verified, and one open poll.
pub async fn open_poll(data: &Path, database: &str, voters: usize) -> (PollId, Vec<Voter>) {
    let mut past = Past::open(data, database).await;
    let community = found(&past.service, voters, &mut past.rng).await.expect("a community");
    let poll = past.poll(community.area, &community.clerks, "接受选票的速度").await;
    past.clock.pass(HOUR);
    past.settle().await;
    (poll, community.voters)
}
