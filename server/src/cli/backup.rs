//! `minyi backup` and `minyi restore`: everything in the database as lines of JSON, the same for both engines.

use crate::{
    config::Config,
    portal::{StartError, must_exist, open_store},
};
use clap::Args;
use std::{
    fs::File,
    io::{self, BufRead as _, BufReader, BufWriter, Write as _},
    path::PathBuf,
};

/// Write everything in the database to a file, while the portal runs.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  minyi backup 2026-11-23.jsonl
  minyi backup /dev/stdout | zstd > 2026-11-23.jsonl.zst

The file holds every table as it was at one moment: accounts, rolls, polls, boards, the audit log. It is text: one JSON value
a line, the same from SQLite and from PostgreSQL, so that it also moves an installation from one to the other.
It does NOT hold the secret (minyi.key): keep that apart. Without it identity numbers and system keys cannot be read,
and with both together they can: guard the file like the database.")]
pub(super) struct BackupArgs {
    /// The file to write; one that exists is not overwritten.
    file: PathBuf,
}

/// Read a backup into an unused database: all of it, or nothing.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  minyi restore 2026-11-23.jsonl
  minyi restore 2026-11-23.jsonl --database postgres://minyi@db/minyi

The database must be new, and the secret (minyi.key) the one the backup was made with: put it in place first.
The backup must be of the same version of minyi. No portal may run on the database meanwhile.")]
pub(super) struct RestoreArgs {
    /// The file to read.
    file: PathBuf,
    /// Instead of MINYI_DATABASE: postgres://… or the path of an SQLite file.
    #[arg(long)]
    database: Option<String>,
}

/// Why there is no backup, or nothing was restored.
#[derive(Debug, thiserror::Error)]
pub(super) enum BackupError {
    #[error(transparent)]
    Start(#[from] StartError),
    #[error(transparent)]
    Config(#[from] crate::config::ConfigError),
    #[error("{0}: {1}")]
    File(PathBuf, io::Error),
    #[error("the database is not new: nothing was changed")]
    NotEmpty,
    #[error("nothing was restored: {0}")]
    Store(store::StoreError),
}

/// Writes a backup.
pub(super) async fn backup(args: BackupArgs, config: Config) -> Result<(), BackupError> {
    let failed = |error| BackupError::File(args.file.clone(), error);
    must_exist(&config.database)?;
    let store = open_store(&config.database).await?;
    let mut options = File::options();
    // A device such as /dev/stdout exists already.
    options.write(true).create_new(!args.file.starts_with("/dev"));
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = BufWriter::new(options.open(&args.file).map_err(failed)?);
    let rows = store.dump(&mut |line| writeln!(file, "{line}")).await.map_err(BackupError::Store)?;
    file.flush().map_err(failed)?;
    if file.get_ref().metadata().is_ok_and(|data| data.is_file()) {
        file.get_ref().sync_all().map_err(failed)?;
    }
    eprintln!("{rows} rows");
    Ok(())
}

/// Reads a backup.
pub(super) async fn restore(args: RestoreArgs, mut config: Config) -> Result<(), BackupError> {
    if let Some(database) = args.database {
        config.database = database.parse()?;
    }
    let file = File::open(&args.file).map_err(|error| BackupError::File(args.file.clone(), error))?;
    let store = open_store(&config.database).await?;
    let rows = store.restore(&mut BufReader::new(file).lines()).await.map_err(|error| match error {
        store::StoreError::Conflict(name) if name == "not_empty" => BackupError::NotEmpty,
        other => BackupError::Store(other),
    })?;
    eprintln!("{rows} rows");
    Ok(())
}
