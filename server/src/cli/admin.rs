//! `minyi admin create`: the first account that may found areas and give roles.

use crate::{Portal, config::Config, portal::StartError};
use clap::{Args, Subcommand};
use std::io::{self, BufRead as _, IsTerminal as _, Write as _};
use types::Problem;

/// Accounts that run the installation.
#[derive(Debug, Args)]
pub(super) struct AdminArgs {
    #[command(subcommand)]
    command: AdminCommand,
}

#[derive(Debug, Subcommand)]
enum AdminCommand {
    Create(CreateArgs),
}

/// Make an operator: founds areas and gives roles; sees no roll and runs no poll.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  minyi admin create --login guanli                asks for the password
  pass show minyi | minyi admin create --login guanli   reads it from standard input, one line

The password has at least 8 characters. It is never taken from the command line, which other users of the machine can see.")]
struct CreateArgs {
    /// A mobile number, or a user name of 3 to 40 letters, digits, _, - and dots.
    #[arg(long)]
    login: String,
}

/// Why there is no new account.
#[derive(Debug, thiserror::Error)]
pub(super) enum AdminError {
    #[error(transparent)]
    Start(#[from] StartError),
    #[error("the password could not be read: {0}")]
    Input(#[from] io::Error),
    #[error("{}", words(.0))]
    Refused(#[from] Problem),
}

fn words(problem: &Problem) -> String {
    let fields = problem.fields.iter().map(|field| format!("{}: {}", field.field, field.reason));
    [problem.code.meaning().to_owned()].into_iter().chain(fields).collect::<Vec<_>>().join("; ")
}

pub(super) async fn run(args: AdminArgs, config: Config) -> Result<(), AdminError> {
    let AdminCommand::Create(CreateArgs { login }) = args.command;
    let password = password()?;
    let public_url = config.public_url.clone().unwrap_or_else(|| format!("http://{}", config.address));
    let portal = Portal::open(&config, &public_url).await?;
    portal.service.create_operator(&login, &password).await?;
    println!("created");
    Ok(())
}

/// One line of standard input; a person at a terminal is asked for it.
fn password() -> io::Result<String> {
    if io::stdin().is_terminal() {
        eprint!("Password (it will be shown): ");
        io::stderr().flush()?;
    }
    let mut line = String::new();
    io::stdin().lock().read_line(&mut line)?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}
