//! `minyi replay`: the ballots of a Pabulib file, cast again as secret ballots, and counted again.
//!
//! The portal runs in this process on a loopback port. People are enrolled through [`service`]; ballots go through the
//! public HTTP API, the record is verified over HTTP; the totals must be those of the file.

mod cast;
mod community;
mod pabulib;

pub use cast::{HttpError, cast_all};
pub use community::{Community, PASSWORD, Voter, found};
pub use pabulib::{Instance, PabulibError, Project};

use super::devices::{DeviceError, HandClock, open_sums, prepare_poll, rng};
use super::verify::{Outcome, Source, SourceError, recount};
use crate::config::Config;
use crate::world::{SystemClock, SystemEntropy};
use axum::serve::ListenerExt as _;
use clap::Args;
use figment::Figment;
use serde::Serialize;
use service::{Clock as _, Entropy, Service};
use std::fmt::Write as _;
use std::fs;
use std::future::IntoFuture as _;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use tokio::net::TcpListener;
use types::polls::{
    Electorate, GROUP_MIN, KeyDraft, OPTION_MAX, OPTIONS_MAX, PollDraft, QuestionDraft, QuestionKind, RulePreset,
    TITLE_MAX,
};

/// Ballots that are on their way at the same time.
const PHONES: usize = 8;
/// How long the poll is open by the clock that is set by hand.
const OPEN_MS: i64 = 86_400_000;

/// Cast the ballots of a Pabulib file as secret ballots, count them, and compare with the file's official count.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  minyi replay --pb toulouse-2022-12.pb                        on a temporary SQLite file
  minyi replay --pb toulouse-2022-12.pb --database postgres://minyi@localhost/empty
                                                               on an empty PostgreSQL database
  minyi replay --pb toulouse-2022-12.pb --json                 the comparison for programs

Files: https://pabulib.org, approval ballots (vote_type approval or choose-1), at most 50 projects, at least 10 voters.
The file's limits on how many projects a ballot names are proved by every ballot. A limit on their costs
(max_sum_cost) is not proved in this version: such a file is replayed without it, and the report says so.
Exit codes: 0 all totals agree and the record verifies · 1 they differ, or the record does not verify ·
2 the file or the run failed, with the reason · 64 the command line is wrong")]
pub struct ReplayArgs {
    /// The Pabulib file.
    #[arg(long, value_name = "FILE")]
    pub pb: PathBuf,
    /// An empty PostgreSQL database; a temporary SQLite file otherwise.
    #[arg(long, value_name = "URL")]
    pub database: Option<String>,
    /// Print the comparison as JSON.
    #[arg(long)]
    pub json: bool,
}

/// Why there is no comparison.
#[derive(Debug, thiserror::Error)]
pub enum ReplayError {
    /// The file.
    #[error(transparent)]
    File(#[from] PabulibError),
    /// Not a poll of this portal.
    #[error("{0}")]
    Unfit(String),
    /// The portal or somebody's device.
    #[error(transparent)]
    Device(#[from] DeviceError),
    /// The API.
    #[error(transparent)]
    Http(#[from] HttpError),
    /// The record.
    #[error(transparent)]
    Record(#[from] SourceError),
}

/// One project's line of the comparison.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Line {
    /// The project's id in the file.
    pub project: String,
    /// Its name.
    pub name: String,
    /// Votes by the sealed ballots.
    pub counted: u64,
    /// Votes by the file's official count, or where it has none, by its own ballots.
    pub official: u64,
}

/// What came of a replay.
#[derive(Debug, Clone, Serialize)]
pub struct Comparison {
    /// Ballots cast.
    pub ballots: usize,
    /// The projects.
    pub lines: Vec<Line>,
    /// The file has an official count (the column `votes`).
    pub official: bool,
    /// The file limits the cost of a ballot, which this version does not prove.
    pub cost_limit_not_proven: Option<String>,
    /// Every step of the verifier has passed.
    pub verified: bool,
}

/// A portal that runs for the replay.
pub struct Portal {
    /// Its use cases.
    pub service: Service,
    /// Its clock.
    pub clock: Arc<HandClock>,
    /// Its randomness.
    pub entropy: Arc<dyn Entropy>,
    /// Its address, without a slash at the end.
    pub url: String,
}

/// Runs the command.
#[must_use]
pub fn run(args: &ReplayArgs) -> ExitCode {
    let told = |error: &dyn core::fmt::Display| {
        eprintln!("minyi replay: {error}");
        ExitCode::from(2)
    };
    let instance = match fs::read(&args.pb) {
        Ok(bytes) => Instance::parse(&bytes),
        Err(error) => return told(&format!("{}: {error}", args.pb.display())),
    };
    let instance = match instance {
        Ok(instance) => instance,
        Err(error) => return told(&format!("{}: {error}", args.pb.display())),
    };
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return told(&error),
    };
    match runtime.block_on(in_a_portal(args.database.as_deref(), &instance)) {
        Ok(comparison) => {
            let json = || serde_json::to_string_pretty(&comparison).unwrap_or_default();
            println!("{}", if args.json { json() } else { comparison.to_text() });
            if comparison.agrees() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
        }
        Err(error) => told(&error),
    }
}

/// Replays `instance` in a portal of its own: in `database` (an empty PostgreSQL database), or a temporary SQLite file.
///
/// # Errors
/// [`ReplayError`] where a step of the way fails.
pub async fn in_a_portal(database: Option<&str>, instance: &Instance) -> Result<Comparison, ReplayError> {
    let unfit = |error: &dyn core::fmt::Display| ReplayError::Unfit(error.to_string());
    let data = tempfile::tempdir().map_err(|error| unfit(&error))?;
    let file = data.path().join("replay.db").display().to_string();
    let figment = Figment::new()
        .merge(("data_dir", data.path().display().to_string()))
        .merge(("database", database.unwrap_or(&file)));
    let config = Config::from_figment(&figment).map_err(|error| unfit(&error))?;
    let listener = TcpListener::bind("127.0.0.1:0").await.map_err(|error| unfit(&error))?;
    let address = listener.local_addr().map_err(|error| unfit(&error))?;
    let url = format!("http://{address}");
    let clock = Arc::new(HandClock::at(SystemClock::default().now()));
    let entropy: Arc<dyn Entropy> = Arc::new(SystemEntropy);
    let opened = crate::Portal::open_with(&config, &url, Arc::clone(&clock) as _, Arc::clone(&entropy)).await;
    let opened = opened.map_err(|error| unfit(&error))?;
    let service = opened.service.clone();
    let listener = listener.tap_io(|socket| drop(socket.set_nodelay(true)));
    let app = crate::router(opened).into_make_service_with_connect_info::<SocketAddr>();
    let server = tokio::spawn(axum::serve(listener, app).into_future());
    let portal = Portal { service, clock, entropy, url };
    let compared = replay(&portal, instance).await;
    server.abort();
    compared
}

/// Replays `instance` in an empty portal.
///
/// # Errors
/// [`ReplayError`] where a step of the way fails. Totals that differ are no error here: see [`Comparison::agrees`].
pub async fn replay(portal: &Portal, instance: &Instance) -> Result<Comparison, ReplayError> {
    let Portal { service, clock, entropy, url } = portal;
    let mut random = rng(entropy.as_ref());
    let people = found(service, instance.ballots.len(), &mut random).await?;
    let opens = clock.now().plus_ms(60_000);
    let mut draft = draft(instance)?;
    draft.eligibility.areas = vec![people.area];
    draft.opens_at = Some(opens);
    draft.closes_at = Some(opens.plus_ms(OPEN_MS));
    let accounts = people.trustees.iter().filter_map(|device| Some(device.caller.account.as_ref()?.account));
    draft.key = KeyDraft::Trustees { k: 2, accounts: accounts.collect() };
    let poll = prepare_poll(service, people.area, draft, &people.clerks, &people.trustees, &mut random).await?;
    clock.move_to(opens);
    community::settle(service).await?;

    let (address, ballots, source) =
        (format!("{url}/api/v1/polls/{poll}"), instance.ballots.clone(), Arc::clone(entropy));
    let Community { voters, trustees, .. } = people;
    let cast = tokio::task::spawn_blocking(move || cast_all(&address, &voters, &ballots, PHONES, source.as_ref()));
    cast.await.map_err(|error| ReplayError::Unfit(error.to_string()))??;

    clock.move_to(opens.plus_ms(OPEN_MS + 1));
    community::settle(service).await?;
    open_sums(service, poll, &trustees[..2], clock.now()).await?;
    let board = format!("{url}/polls/{poll}");
    let recounted = tokio::task::spawn_blocking(move || recount(&Source::open(&board)?, None, &[], &mut |_, _| ()));
    let outcome = recounted.await.map_err(|error| ReplayError::Unfit(error.to_string()))??;
    Ok(Comparison::new(instance, &outcome))
}

/// The poll that a file describes.
fn draft(instance: &Instance) -> Result<PollDraft, ReplayError> {
    let (projects, voters) = (instance.projects.len(), instance.ballots.len());
    if !(2..=OPTIONS_MAX).contains(&projects) {
        return Err(ReplayError::Unfit(format!(
            "the file has {projects} projects; a question has 2 to {OPTIONS_MAX} options"
        )));
    }
    if voters < GROUP_MIN as usize {
        return Err(ReplayError::Unfit(format!(
            "the file has {voters} voters; no total is ever published for fewer than {GROUP_MIN}"
        )));
    }
    let meta = |key: &str| instance.meta.get(key).map_or("", String::as_str);
    let title = one_line(&[meta("description"), meta("unit"), meta("instance")].join(" "), TITLE_MAX);
    let options =
        instance.projects.iter().map(|project| one_line(&format!("{} {}", project.id, project.name), OPTION_MAX));
    let kind = QuestionKind::Approval { min: u32::from(instance.min), max: u32::from(instance.max) };
    let mut draft = PollDraft {
        title: if title.is_empty() { "Pabulib".to_owned() } else { title.clone() },
        text: instance.meta.iter().map(|(key, value)| format!("- {key}: {value}\n")).collect(),
        language: "en".to_owned(),
        questions: vec![QuestionDraft {
            title: format!("{title} {}–{}", instance.min, instance.max),
            kind,
            options: options.collect(),
        }],
        rule: RulePreset::Advisory,
        ..PollDraft::default()
    };
    draft.eligibility.electorate = Electorate::Residents;
    Ok(draft)
}

/// `text` on one line of at most `limit` characters.
fn one_line(text: &str, limit: usize) -> String {
    let clean: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    clean.trim().chars().take(limit).collect::<String>().trim_end().to_owned()
}

impl Comparison {
    fn new(instance: &Instance, outcome: &Outcome) -> Self {
        let totals = outcome.totals.first().map_or(&[][..], Vec::as_slice);
        let own = instance.counts();
        let lines = instance.projects.iter().zip(own).enumerate().map(|(n, (project, own))| Line {
            project: project.id.clone(),
            name: project.name.clone(),
            // A missing total must differ from every count.
            counted: totals.get(n).map_or(u64::MAX, |(_, votes)| u64::from(*votes)),
            official: project.votes.unwrap_or(own),
        });
        Self {
            ballots: instance.ballots.len(),
            lines: lines.collect(),
            official: instance.projects.iter().all(|project| project.votes.is_some()),
            cost_limit_not_proven: instance.cost_limit.clone(),
            verified: outcome.report.first_failure().is_none(),
        }
    }

    /// Every total is the file's, and the record verifies.
    #[must_use]
    pub fn agrees(&self) -> bool {
        self.verified && self.lines.iter().all(|line| line.counted == line.official)
    }

    /// The comparison for people.
    #[must_use]
    pub fn to_text(&self) -> String {
        let mut text = format!("{:>9} {:>9}  project\n", "counted", "official");
        for line in &self.lines {
            let sign = if line.counted == line.official { ' ' } else { '≠' };
            let _ = writeln!(text, "{:>9} {:>9} {sign}{} {}", line.counted, line.official, line.project, line.name);
        }
        if !self.official {
            text.push_str("The file has no official count for some projects: compared with its own ballots.\n");
        }
        if let Some(limit) = &self.cost_limit_not_proven {
            let _ = writeln!(
                text,
                "Its ballots were limited to a cost of {limit}: that limit is not proven in this version."
            );
        }
        let verdict = if self.verified { "the record verifies" } else { "the record does NOT verify" };
        let agreement = if self.agrees() { "all totals agree" } else { "the totals do NOT all agree" };
        let _ = write!(text, "{} ballots: {agreement}; {verdict}.", self.ballots);
        text
    }
}
