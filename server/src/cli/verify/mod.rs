//! `minyi verify`: recounts a poll from its public record, by the same steps as the page that recounts in the browser.
//!
//! Of this project it uses the crate `ballot` alone: an auditor reads that crate, docs/BALLOT.md, and these four files.

mod report;
mod source;
#[cfg(test)]
mod tests;
mod tiles;

pub use report::Outcome;
pub use source::{Source, SourceError};

use ballot::checkpoint::{Note, Witness};
use ballot::tiles::WIDTH;
use ballot::verify::{Finding, Options, Report, Status, Step, StepReport};
use ballot::{Digest, Tracker, Verifier};
use clap::Args;
use data_encoding::HEXLOWER_PERMISSIVE;
use sha2::{Digest as _, Sha256};
use std::io::{IsTerminal as _, Write as _};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::mpsc::{Receiver, sync_channel};
use std::{fs, io, thread};

/// The exit code where the record cannot be read at all.
pub const UNREADABLE: u8 = 20;

/// Bundles that are read ahead while proofs are checked.
const AHEAD: usize = 4;

/// Recount a poll from its public record: its address, or a folder written by `minyi export-poll`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  minyi verify https://minyi.example/polls/3f0c…        the poll's page; its board is found from it
  minyi verify https://minyi.example/polls/3f0c… --tracker 'K7QD 4M2X P9RA ZC83'
                                                        and whether this ballot counts
  minyi verify ./record --saved monday.txt              the record contains the board as it was on Monday
  minyi verify ./record --json                          the same for programs, on standard output
  minyi verify https://minyi.example/polls/3f0c… --manifest 5e80… --witness witness.example+1f2e3d4c+BE…
                                                        it is the poll that was announced under this hash, and the
                                                        board that this witness has signed

The steps are V1 to V13, as in docs/BALLOT.md. Exit codes:
  0       every step that is due has passed
  1–13    the number of the first step that failed
  20      the record could not be read (no connection, no such folder)
  64      the command line is wrong

Nothing is sent anywhere: not the tracker, not the saved checkpoints. Nothing is believed that is not recomputed here.")]
pub struct VerifyArgs {
    /// The poll's address (https://…/polls/ID), its board's address, or a folder.
    pub place: String,
    /// The code on a receipt: say whether this ballot counts (step V13).
    #[arg(long, value_name = "CODE")]
    pub tracker: Option<Tracker>,
    /// A checkpoint that was kept earlier, as a file; the board must contain it. Can be given several times.
    #[arg(long, value_name = "CHECKPOINT")]
    pub saved: Vec<PathBuf>,
    /// The hash of the manifest as it was announced, 64 hexadecimal digits: the record is of this poll (step V1).
    #[arg(long, value_name = "HEX", value_parser = digest)]
    pub manifest: Option<Digest>,
    /// The key that a witness publishes, NAME+ID+BASE64: it must have signed the checkpoint (step V2). Can be given several times.
    #[arg(long, value_name = "VKEY")]
    pub witness: Vec<Witness>,
    /// How many of the witnesses must have signed, if not all.
    #[arg(long, value_name = "N", requires = "witness")]
    pub cosignatures: Option<usize>,
    /// Print the report as JSON.
    #[arg(long)]
    pub json: bool,
}

impl VerifyArgs {
    fn options(&self) -> Options {
        Options {
            manifest: self.manifest,
            witnesses: self.witness.clone(),
            cosignatures: self.cosignatures.unwrap_or(self.witness.len()),
            tracker: self.tracker,
            ..Options::default()
        }
    }
}

fn digest(hex: &str) -> Result<Digest, String> {
    let bytes = HEXLOWER_PERMISSIVE.decode(hex.as_bytes()).ok();
    bytes.and_then(|bytes| bytes.try_into().ok()).ok_or_else(|| "not 64 hexadecimal digits".to_owned())
}

/// Runs the command.
#[must_use]
pub fn run(args: &VerifyArgs) -> ExitCode {
    let verified = Source::open(&args.place).and_then(|source| {
        let saved = args.saved.iter().map(read_saved).collect::<Result<Vec<_>, _>>()?;
        recount_with(&source, args.options(), &saved, &mut progress())
    });
    match verified {
        Ok(outcome) => {
            let text = if args.json { outcome.to_json() } else { outcome.to_text() };
            // A closed pipe (`| head`) must not hide the exit code.
            let _ = writeln!(io::stdout(), "{text}");
            ExitCode::from(outcome.report.exit_code())
        }
        Err(error) => {
            let _ = writeln!(io::stderr(), "minyi verify: {error}");
            ExitCode::from(UNREADABLE)
        }
    }
}

fn read_saved(path: &PathBuf) -> Result<String, SourceError> {
    fs::read_to_string(path).map_err(|error| SourceError {
        place: path.display().to_string(),
        problem: error.to_string(),
        of_record: false,
    })
}

/// Recounts the record and looks for a ballot: [`recount_with`] without a manifest or witnesses to compare with.
///
/// # Errors
/// As [`recount_with`].
pub fn recount(
    source: &Source,
    tracker: Option<Tracker>,
    saved: &[String],
    progress: &mut dyn FnMut(u64, u64),
) -> Result<Outcome, SourceError> {
    recount_with(source, Options { tracker, ..Options::default() }, saved, progress)
}

/// Recounts the record: everything that `minyi verify` says. `progress` is told entries read, and entries in all.
///
/// # Errors
/// [`SourceError`] where the record cannot be reached. What is wrong with the record itself is in the report.
pub fn recount_with(
    source: &Source,
    options: Options,
    saved: &[String],
    progress: &mut dyn FnMut(u64, u64),
) -> Result<Outcome, SourceError> {
    let note = source.checkpoint()?;
    let size = size_of(&note);
    let mut verifier = Verifier::new(options);
    saved.iter().chain([&note]).for_each(|note| verifier.checkpoint(note));
    let mut found = Vec::new();
    read_all(source, size, &mut verifier, &mut found, progress)?;
    supply_replaced(source, size, &mut verifier)?;
    check_files(source, &verifier, &mut found)?;
    let mut report = verifier.finish();
    found.into_iter().for_each(|(step, index, code)| add(&mut report, step, index, code));
    Ok(Outcome::new(report, verifier.state().course()))
}

/// What this module finds besides the verifier: hash tiles, broken files, attachments.
type Found = Vec<(Step, Option<u64>, &'static str)>;

/// The size that a note claims; the verifier checks whether it is signed, and whether the entries are there.
fn size_of(note: &str) -> u64 {
    let claims = Note::parse(note).is_ok();
    note.lines().nth(1).filter(|_| claims).and_then(|line| line.parse().ok()).unwrap_or(0)
}

/// All entries in order; a thread of its own reads ahead.
fn read_all(
    source: &Source,
    size: u64,
    verifier: &mut Verifier,
    found: &mut Found,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<(), SourceError> {
    let (send, receive) = sync_channel(AHEAD);
    thread::scope(|scope| {
        scope.spawn(move || {
            for index in 0..size.div_ceil(WIDTH) {
                let bundle = source.bundle(index, source::width_at(index, size));
                let last = bundle.is_err();
                // The receiver is gone when the verifier has stopped.
                if send.send(bundle).is_err() || last {
                    return;
                }
            }
        });
        push_all(source, &receive, verifier, found, &mut |done| progress(done, size))
    })
}

fn push_all(
    source: &Source,
    bundles: &Receiver<Result<Vec<Vec<u8>>, SourceError>>,
    verifier: &mut Verifier,
    found: &mut Found,
    progress: &mut dyn FnMut(u64),
) -> Result<(), SourceError> {
    let mut tiles = tiles::TileCheck::new();
    for bundle in bundles {
        let entries = match bundle {
            Ok(entries) => entries,
            Err(error) if error.of_record => {
                found.push((Step::Tree, Some(verifier.size()), "broken-bundle"));
                break;
            }
            Err(error) => return Err(error),
        };
        for entry in &entries {
            verifier.push(entry);
            let wrong = tiles.push(source, entry)?;
            found.extend(wrong.into_iter().map(|leaf| (Step::Tree, Some(leaf), "wrong-tile")));
        }
        progress(verifier.size());
    }
    let wrong = tiles.finish(source)?;
    found.extend(wrong.into_iter().map(|leaf| (Step::Tree, Some(leaf), "wrong-tile")));
    Ok(())
}

/// Ballots that later ones have replaced leave the sum: their entries are read once more, bundle by bundle.
fn supply_replaced(source: &Source, size: u64, verifier: &mut Verifier) -> Result<(), SourceError> {
    let mut held: Option<(u64, Vec<Vec<u8>>)> = None;
    for leaf in verifier.wanted() {
        let index = leaf / WIDTH;
        if held.as_ref().is_none_or(|(place, _)| *place != index) {
            held = Some((index, source.bundle(index, source::width_at(index, size))?));
        }
        let place = usize::try_from(leaf % WIDTH).unwrap_or(usize::MAX);
        if let Some(entry) = held.as_ref().and_then(|(_, entries)| entries.get(place)) {
            verifier.supply(leaf, entry);
        }
    }
    Ok(())
}

/// A folder holds the manifest to read, and the poll's files, which it names. A board's address does not serve these.
fn check_files(source: &Source, verifier: &Verifier, found: &mut Found) -> Result<(), SourceError> {
    let (Source::Folder(_), Some(manifest)) = (source, verifier.state().course().manifest()) else { return Ok(()) };
    let mut check = |path: &str, fits: &dyn Fn(&[u8]) -> bool, [wrong, missing]: [&'static str; 2]| {
        let code = match source.get(path) {
            Ok(bytes) if fits(&bytes) => return Ok(()),
            Ok(_) => wrong,
            Err(error) if error.of_record => missing,
            Err(error) => return Err(error),
        };
        found.push((Step::Parameters, Some(0), code));
        Ok(())
    };
    let as_read = |bytes: &[u8]| manifest.to_bytes().is_ok_and(|own| own == bytes);
    check(MANIFEST, &as_read, ["wrong-manifest", "missing-manifest"])?;
    manifest.attachments.iter().try_for_each(|file| {
        let same = |bytes: &[u8]| <[u8; 32]>::from(Sha256::digest(bytes)) == file.sha256.0;
        check(&attachment_path(&file.sha256.0), &same, ["wrong-attachment", "missing-attachment"])
    })
}

/// Where a folder keeps the manifest, as it stands in entry 0.
pub(super) const MANIFEST: &str = "manifest.json";

/// Where a record keeps the file with this SHA-256.
pub(super) fn attachment_path(sha256: &[u8; 32]) -> String {
    format!("attachments/{}", report::hex(sha256))
}

fn add(report: &mut Report, step: Step, index: Option<u64>, code: &'static str) {
    let Some(line) = report.steps.iter_mut().find(|line| line.step == step) else { return };
    line.status = Status::Failed;
    line.count += 1;
    if line.findings.len() < StepReport::SHOWN {
        line.findings.push(Finding { index, code });
    }
}

/// How far it is, on standard error: in place on a terminal, a line for every tenth otherwise.
fn progress() -> impl FnMut(u64, u64) {
    let terminal = io::stderr().is_terminal();
    let (steps, mut shown) = (if terminal { 200 } else { 10 }, 0);
    move |done, size| {
        let step = done * steps / size.max(1);
        if step != shown {
            shown = step;
            let end = if terminal && done < size { "\r" } else { "\n" };
            let _ = write!(io::stderr(), "{done} of {size} entries{end}");
        }
    }
}
