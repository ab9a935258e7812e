//! `minyi area`: the tree of areas, from the first one on.

use super::words;
use crate::{Portal, config::Config, portal::StartError};
use clap::{Args, Subcommand};
use service::Caller;
use types::{
    Problem,
    ids::AreaId,
    roll::{AreaKind, AreaView, NewArea},
};

/// The areas that polls, rolls and roles are for.
#[derive(Debug, Args)]
pub(super) struct AreaArgs {
    #[command(subcommand)]
    command: AreaCommand,
}

#[derive(Debug, Subcommand)]
enum AreaCommand {
    Create(CreateArgs),
    /// Show every area with its id; buildings come from the roll and are not shown.
    List,
}

/// Make an area; prints its id.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  minyi area create --name 青禾社区 --kind community             the top of the tree
  minyi area create --name 一期 --kind estate --parent 018f…     below it; minyi area list shows the ids

Kinds, from the top: city, district, street, community, estate, building. An area's kind is below its parent's;
levels may be left out. Buildings need not be made: they come with the roll.
Exit codes: 0 made · 1 not made, with the reason · 64 the command line is wrong")]
struct CreateArgs {
    /// Its name: 1 to 60 characters, not taken under the same parent.
    #[arg(long)]
    name: String,
    /// What it is: city, district, street, community, estate or building.
    #[arg(long, value_parser = kind)]
    kind: AreaKind,
    /// The area above: its id. Without it the area stands at the top.
    #[arg(long)]
    parent: Option<AreaId>,
}

/// Why there is no new area, or no list.
#[derive(Debug, thiserror::Error)]
pub(super) enum AreaError {
    #[error(transparent)]
    Start(#[from] StartError),
    #[error("{}", words(.0))]
    Refused(#[from] Problem),
}

/// Runs the command.
pub(super) async fn run(args: AreaArgs, config: Config) -> Result<(), AreaError> {
    let service = Portal::open_existing(&config).await?.service;
    match args.command {
        AreaCommand::Create(CreateArgs { name, kind, parent }) => {
            let area = service.create_area_on_server(NewArea { parent, kind, name }).await?;
            println!("{}", area.id);
        }
        AreaCommand::List => {
            for area in service.areas(&Caller::default()).await? {
                println!("{}", line(&area));
            }
        }
    }
    Ok(())
}

/// Id, kind, and the name under its parent's.
fn line(area: &AreaView) -> String {
    let indent = usize::try_from(area.depth).unwrap_or(0) * 2;
    format!("{}  {:<9}  {:indent$}{}", area.id, area.kind.as_str(), "", area.name)
}

fn kind(text: &str) -> Result<AreaKind, String> {
    AreaKind::from_name(text).ok_or_else(|| format!("allowed is {}", AreaKind::ALL.map(AreaKind::as_str).join(", ")))
}
