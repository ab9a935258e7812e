//! `minyi admin`: the accounts that may found areas and give roles.

use super::words;
use crate::{Portal, config::Config, portal::StartError};
use clap::{Args, Subcommand};
use std::io::{self, BufRead as _, IsTerminal as _};
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
    /// Show who runs the installation.
    List,
    Revoke(RevokeArgs),
}

/// Make an operator: founds areas and gives roles; sees no roll and runs no poll.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  minyi admin create --login guanli                     asks for the password
  pass show minyi | minyi admin create --login guanli   reads it from standard input, one line

The password has at least 8 characters. It is never taken from the command line, which other users of the machine can see.
Then make the first area: minyi area create --help
Exit codes: 0 made · 1 not made, with the reason · 64 the command line is wrong")]
struct CreateArgs {
    /// A mobile number, or a user name of 3 to 40 letters, digits, _, - and dots.
    #[arg(long)]
    login: String,
}

/// Take the installation out of an operator's hands. The account stays, with its other roles.
#[derive(Debug, Args)]
#[command(after_help = "Example:
  minyi admin revoke --login guanli     holds from the operator's next request on

An operator for one area only is revoked on that area's page.
Exit codes: 0 revoked · 1 no such operator, or another reason · 64 the command line is wrong")]
struct RevokeArgs {
    /// As `minyi admin list` shows it.
    #[arg(long)]
    login: String,
}

/// Why nothing was done.
#[derive(Debug, thiserror::Error)]
pub(super) enum AdminError {
    #[error(transparent)]
    Start(#[from] StartError),
    #[error("the password could not be read: {0}")]
    Input(#[from] io::Error),
    #[error("{}", words(.0))]
    Refused(#[from] Problem),
}

/// Runs the command.
pub(super) async fn run(args: AdminArgs, config: Config) -> Result<(), AdminError> {
    match args.command {
        AdminCommand::Create(CreateArgs { login }) => {
            let password = password()?;
            // May be the first command of all, so the database need not be there.
            Portal::open(&config, &config.url()).await?.service.create_operator(&login, &password).await?;
            println!("created");
        }
        AdminCommand::List => {
            for operator in Portal::open_existing(&config).await?.service.operators().await? {
                println!("{}", operator.login);
            }
        }
        AdminCommand::Revoke(RevokeArgs { login }) => {
            Portal::open_existing(&config).await?.service.revoke_operator(&login).await?;
            println!("revoked");
        }
    }
    Ok(())
}

/// One line of standard input; a person at a terminal is asked for it, and it is not shown.
fn password() -> io::Result<String> {
    if io::stdin().is_terminal() {
        return rpassword::prompt_password("Password (it will not be shown): ");
    }
    let mut line = String::new();
    io::stdin().lock().read_line(&mut line)?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}
