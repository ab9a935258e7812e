//! `minyi demo`: 青禾社区, an estate of some 1,150 residents who do not exist, with three polls.
//!
//! Everything goes through [`service`], as if people did it: sign-ups, the imported roll, letters with codes, key
//! ceremonies, sealed ballots. Three weeks pass on a clock that is set by hand.

mod accounts;
mod names;
mod people;
mod polls;
mod report;
mod roll;
mod stories;

pub use report::{DemoAccount, DemoAccounts, DemoPoll, DemoPolls, DemoReport, DemoStranger};
pub use roll::HEADINGS as ROLL_HEADINGS;

use super::devices::{DeviceError, HandClock, Result};
use crate::Portal;
use crate::config::Config;
use crate::world::{SystemClock, SystemEntropy};
use clap::Args;
use service::{Clock as _, Service};
use std::path::PathBuf;
use std::sync::Arc;
use types::{ErrorCode, Timestamp};

/// One day, in milliseconds.
const DAY: i64 = 86_400_000;
/// How long before now the story begins.
const BEGINS: i64 = 21 * DAY;

/// Fill a demonstration community: fictional people, three polls, accounts to try.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  minyi demo                   fill an empty portal and print the addresses and accounts to try
  minyi demo --if-empty        the same; where it was done before, print the list again (make serve does this)
  minyi demo --json            the same list for programs, on standard output

All demonstration accounts share one password, which is printed: never fill the demonstration where real people vote.
Every page of such a portal says that it is a demonstration.
The list is kept in demo.json in the data folder.
Exit codes: 0 filled, or not empty with --if-empty · 1 not filled, or not to its end, with the reason · 64 the command line is wrong")]
pub struct DemoArgs {
    /// Where there is a demonstration already, print its list; do nothing where there is a real community.
    #[arg(long)]
    pub if_empty: bool,
    /// Print the list as JSON.
    #[arg(long)]
    pub json: bool,
}

/// The moment at which the demonstration's clock must start for the story to end at `now`.
#[must_use]
pub const fn begins(now: Timestamp) -> Timestamp {
    now.plus_ms(-BEGINS)
}

/// Fills the community through `service`, whose clock `clock` must be, standing at [`begins`].
///
/// # Errors
/// [`DeviceError`] where the portal refuses, as it does where there is an account of one of these names.
pub async fn fill(
    service: &Service,
    clock: &HandClock,
    entropy: &dyn service::Entropy,
    now: Timestamp,
) -> Result<DemoReport> {
    let mut rng = super::devices::rng(entropy);
    let people = people::residents();
    let community = accounts::found(service, &people, &mut rng).await?;
    polls::hold(service, clock, now, community, &mut rng).await
}

/// Lets everything happen that is due: openings, closings, imports, notices.
async fn settle(service: &Service) -> Result<()> {
    while service.run_due_jobs("demo").await? > 0 {}
    Ok(())
}

/// Why there is no demonstration.
#[derive(Debug, thiserror::Error)]
pub(super) enum DemoError {
    #[error(transparent)]
    Start(#[from] crate::portal::StartError),
    #[error("this installation is not empty: a demonstration is made in a new one")]
    NotEmpty,
    #[error(transparent)]
    Device(#[from] DeviceError),
    #[error(
        "the demonstration was not filled to its end, and cannot be continued: delete {} (with PostgreSQL, the database too) and start again",
        .0.display()
    )]
    Unfinished(PathBuf),
    #[error("the list of accounts, demo.json in the data folder: {0}")]
    List(#[from] std::io::Error),
    #[error("the list cannot be written: {0}")]
    Json(#[from] serde_json::Error),
}

/// Runs the command.
pub(super) async fn run(args: DemoArgs, config: Config) -> core::result::Result<(), DemoError> {
    let public_url = config.url();
    let now = SystemClock { offset: config.clock_file.clone() }.now();
    let clock = Arc::new(HandClock::at(begins(now)));
    let entropy = Arc::new(SystemEntropy);
    let portal = Portal::open_with(&config, &public_url, Arc::clone(&clock) as _, Arc::clone(&entropy) as _).await?;
    let service = &portal.service;
    let report = match service.begin_demonstration().await {
        Ok(()) => {
            DemoReport::forget(&config.data_dir)?;
            let report = fill(service, &clock, entropy.as_ref(), now).await?;
            // Last, so that a demonstration with a list is a whole one.
            report.keep(&config.data_dir)?;
            report
        }
        Err(problem) if problem.code == ErrorCode::WrongState => match earlier(service, config.data_dir).await? {
            Some(report) if args.if_empty => report.at(&public_url),
            None if args.if_empty => return Ok(()),
            _ => return Err(DemoError::NotEmpty),
        },
        Err(problem) => return Err(DeviceError::Portal(problem).into()),
    };
    println!("{}", if args.json { serde_json::to_string_pretty(&report)? } else { report.to_text() });
    Ok(())
}

/// The list of a demonstration that was made before; none where the community is a real one.
async fn earlier(service: &Service, folder: PathBuf) -> core::result::Result<Option<DemoReport>, DemoError> {
    if !service.place().await.map_err(DeviceError::Portal)?.demonstration {
        return Ok(None);
    }
    match DemoReport::kept(&folder)? {
        Some(report) => Ok(Some(report)),
        None => Err(DemoError::Unfinished(folder)),
    }
}
