//! `minyi export-poll`: the complete public record of a poll as a folder that verifies offline.
//!
//! The folder has the layout of the board's address (C2SP tlog-tiles): `checkpoint`, `tile/entries/…`, `tile/<level>/…`;
//! beside it `manifest.json` holds the manifest, and `attachments/<SHA-256>` the files that it names. Nothing else is in
//! it, and every byte of it is checked by `minyi verify FOLDER`.

use super::devices::DeviceError;
use super::verify::{MANIFEST, attachment_path};
use crate::Portal;
use crate::config::Config;
use crate::portal::StartError;
use ballot::entry::HEADER;
use ballot::tiles::{self, Holds};
use clap::Args;
use service::{Caller, Service};
use std::path::{Path, PathBuf};
use std::{fs, io};
use types::ids::PollId;

/// Write the complete public record of a poll into a folder.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  minyi export-poll 3f0c… ./record        the record as it is now; an open poll can be exported too
  minyi verify ./record                   recount it, on this or any other machine

The folder must not exist yet, or be empty. It holds public data only: no names of voters, no secrets.
Exit codes: 0 written · 1 not written, with the reason · 64 the command line is wrong")]
pub struct ExportArgs {
    /// The poll's id: the last part of its page's address.
    pub poll: PollId,
    /// The folder to write.
    pub folder: PathBuf,
}

/// Runs the command.
pub(super) async fn run(args: ExportArgs, config: Config) -> Result<(), ExportError> {
    let portal = Portal::open_existing(&config).await?;
    let entries = export(&portal.service, args.poll, &args.folder).await?;
    println!("{entries} entries in {}", args.folder.display());
    Ok(())
}

/// Why nothing was written, or not all.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The database does not open.
    #[error(transparent)]
    Start(#[from] StartError),
    /// The portal has refused.
    #[error(transparent)]
    Portal(#[from] DeviceError),
    /// A file cannot be written.
    #[error("{0}: {1}")]
    File(PathBuf, io::Error),
    /// There is something in the folder.
    #[error("{0} is not empty")]
    NotEmpty(PathBuf),
}

/// Writes the record of `poll` and returns how many entries it has.
///
/// # Errors
/// [`ExportError`]; the folder may then hold a part of the record, without its checkpoint.
pub async fn export(service: &Service, poll: PollId, folder: &Path) -> Result<u64, ExportError> {
    if fs::read_dir(folder).is_ok_and(|mut files| files.next().is_some()) {
        return Err(ExportError::NotEmpty(folder.to_owned()));
    }
    let nobody = Caller::default();
    let head = service.board_head(&nobody, poll).await.map_err(DeviceError::from)?;
    for tile in tiles::all(head.size) {
        let bytes = match tile.holds {
            Holds::Entries => service.board_bundle(&nobody, poll, tile.index, tile.width).await,
            Holds::Hashes(level) => service.board_tile(&nobody, poll, level, tile.index, tile.width).await,
        };
        let bytes = bytes.map_err(DeviceError::from)?;
        if tile.holds == Holds::Entries && tile.index == 0 {
            write(folder, MANIFEST, manifest_in(&bytes))?;
        }
        write(folder, &tile.path(), &bytes)?;
    }
    let page = service.poll_page(&nobody, poll).await.map_err(DeviceError::from)?;
    for file in page.attachments {
        let bytes = service.attachment(&nobody, poll, file.id).await.map_err(DeviceError::from)?.content;
        write(folder, &attachment_path(&file.sha256.0), &bytes)?;
    }
    // Last, so that a record with a checkpoint is a whole one.
    write(folder, "checkpoint", head.checkpoint.as_bytes())?;
    Ok(head.size)
}

/// The manifest in a board's first bundle of entries.
fn manifest_in(bundle: &[u8]) -> &[u8] {
    let entries = tiles::decode_bundle(bundle).unwrap_or_default();
    entries.first().and_then(|entry| entry.get(HEADER..)).unwrap_or_default()
}

fn write(folder: &Path, path: &str, bytes: &[u8]) -> Result<(), ExportError> {
    let file = folder.join(path);
    let made = file.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| fs::write(&file, bytes));
    made.map_err(|error| ExportError::File(file, error))
}
