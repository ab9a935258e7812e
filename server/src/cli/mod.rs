//! The commands, one file or folder each.

mod admin;
mod area;
mod backup;
pub mod demo;
pub mod devices;
pub mod export_poll;
mod import_roll;
pub mod replay;
mod serve;
pub mod verify;

use crate::config::{Config, ConfigError};
use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// The command line is wrong (`EX_USAGE` of sysexits.h).
pub const USAGE: u8 = 64;

/// Minyi 民议: consultations, volunteers, and secret ballots that anyone can recount.
#[derive(Debug, Parser)]
#[command(name = "minyi", version, arg_required_else_help = true)]
#[command(after_help = "Start here:
  minyi demo && minyi serve      a fictional community to try everything in
  minyi admin create --login NAME   the first account of a real one, then
  minyi area create --name NAME --kind community   what it is for; then minyi serve
  minyi verify URL               recount a poll; needs no account and no database

Settings come from minyi.toml and from variables that start with MINYI_; docs/OPERATIONS.md lists them.")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Serve(serve::ServeArgs),
    Admin(admin::AdminArgs),
    Area(area::AreaArgs),
    Backup(backup::BackupArgs),
    Restore(backup::RestoreArgs),
    Demo(demo::DemoArgs),
    ImportRoll(import_roll::ImportRollArgs),
    ExportPoll(export_poll::ExportArgs),
    Verify(verify::VerifyArgs),
    Replay(replay::ReplayArgs),
    /// Print the description of the HTTP API (OpenAPI 3.1) as JSON.
    Openapi,
}

/// Reads the command line and does what it says.
#[must_use]
pub fn run() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(help) => {
            let _ = help.print();
            return if help.use_stderr() { ExitCode::from(USAGE) } else { ExitCode::SUCCESS };
        }
    };
    match cli.command {
        Command::Verify(args) => verify::run(&args),
        Command::Replay(args) => replay::run(&args),
        Command::Demo(args) => with_config(async |config| demo::run(args, config).await),
        Command::ImportRoll(args) => with_config(async |config| import_roll::run(args, config).await),
        Command::ExportPoll(args) => with_config(async |config| export_poll::run(args, config).await),
        Command::Admin(args) => with_config(async |config| admin::run(args, config).await),
        Command::Area(args) => with_config(async |config| area::run(args, config).await),
        Command::Backup(args) => with_config(async |config| backup::backup(args, config).await),
        Command::Restore(args) => with_config(async |config| backup::restore(args, config).await),
        Command::Openapi => openapi(),
        Command::Serve(args) => with_config(async |config| serve::run(args, config).await),
    }
}

/// Runs `command` with the configuration read; a reason not to goes to standard error.
fn with_config<E: core::fmt::Display>(command: impl AsyncFnOnce(Config) -> Result<(), E>) -> ExitCode {
    let config = match crate::telemetry::start_logging().and_then(|()| Config::read()) {
        Ok(config) => config,
        Err(ConfigError(reason)) => return fail(USAGE, &reason),
    };
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return fail(1, &error),
    };
    match runtime.block_on(command(config)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => fail(1, &error),
    }
}

/// A refusal of the portal for somebody at a terminal.
fn words(problem: &types::Problem) -> String {
    let fields = problem.fields.iter().map(|field| format!("{}: {}", field.field, field.reason));
    [problem.code.meaning().to_owned()].into_iter().chain(fields).collect::<Vec<_>>().join("; ")
}

fn fail(code: u8, reason: &dyn core::fmt::Display) -> ExitCode {
    eprintln!("minyi: {reason}");
    ExitCode::from(code)
}

fn openapi() -> ExitCode {
    match serde_json::to_string_pretty(&crate::api::description()) {
        Ok(text) => {
            println!("{text}");
            ExitCode::SUCCESS
        }
        Err(error) => fail(1, &error),
    }
}
