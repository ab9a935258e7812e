//! `minyi import-roll`: the roll from Excel or CSV on the server, with the same checks as on the committee's page.

use crate::Portal;
use crate::config::Config;
use crate::portal::StartError;
use app::i18n::{Lang, k, t, t_named, tf};
use app::page::Prefs;
use clap::Args;
use leptos::prelude::{Owner, provide_context};
use service::Service;
use std::io::{self, IsTerminal as _, Write as _};
use std::path::PathBuf;
use std::time::Duration;
use types::Problem;
use types::ids::{AreaId, ImportId, JobId};
use types::roll::{ImportState, ImportView, RowProblem};

/// How often the state is looked at.
const PAUSE: Duration = Duration::from_millis(300);

/// Import a roll from Excel or CSV: all of it, or nothing.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  minyi import-roll roll.xlsx --area 018f…            check and import; minyi area list shows the ids
  minyi import-roll roll.csv --area 018f… --check     only check
  LANG=en_US.UTF-8 minyi import-roll roll.xlsx --area 018f…
                                                      in English; zh_CN simplified, zh_TW and zh_HK traditional Chinese

The template is on the committee's page. A person who is on the roll already is updated, not doubled; nobody is
deleted. One row that is wrong, and nothing is imported: every wrong place is named with its row and column.
May run beside minyi serve; the audit log says that it was done on the server.
Exit codes: 0 imported (or, with --check, nothing wrong) · 1 nothing imported, with the reasons · 64 the command line is wrong")]
pub struct ImportRollArgs {
    /// The file: .xlsx, .xls, .ods or .csv.
    pub file: PathBuf,
    /// The community or estate that the roll is of: its id, as `minyi area list` shows it.
    #[arg(long)]
    pub area: AreaId,
    /// Only check: import nothing.
    #[arg(long)]
    pub check: bool,
}

/// Why nothing was imported.
#[derive(Debug, thiserror::Error)]
pub(super) enum ImportError {
    #[error(transparent)]
    Start(#[from] StartError),
    #[error("{0}: {1}")]
    File(PathBuf, io::Error),
    #[error("{0}")]
    Refused(String),
}

/// Runs the command.
pub(super) async fn run(args: ImportRollArgs, config: Config) -> Result<(), ImportError> {
    let lang = language();
    let name = args.file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let bytes = std::fs::read(&args.file).map_err(|error| ImportError::File(args.file.clone(), error))?;
    let service = Portal::open_existing(&config).await?.service;
    let refused = |problem: Problem| ImportError::Refused(in_words(lang, &problem));
    let (import, job) = service.import_on_server(args.area, &name, bytes).await.map_err(refused)?;
    let view = follow(&service, import, job, lang).await.map_err(refused)?;
    if view.state != ImportState::Ready {
        return Err(ImportError::Refused(problems(lang, &view)));
    }
    println!("{}", said(lang, || t(k::committee_roll::CHECK_OK).to_owned()));
    if args.check {
        println!("{}", figures(lang, &view));
        return service.import_on_server_cancel(import).await.map_err(refused);
    }
    let job = service.import_on_server_apply(import).await.map_err(refused)?;
    let view = follow(&service, import, job, lang).await.map_err(refused)?;
    if view.state != ImportState::Done {
        return Err(ImportError::Refused(said(lang, || t(k::committee_roll::FAILED_TEXT).to_owned())));
    }
    println!("{}\n{}", said(lang, || t(k::committee_roll::DONE_TITLE).to_owned()), figures(lang, &view));
    Ok(())
}

/// Does the job until the import rests, and says how far it is. A portal that runs beside may have taken it instead;
/// everything else that waits is the portal's.
async fn follow(service: &Service, import: ImportId, job: JobId, lang: Lang) -> Result<ImportView, Problem> {
    let worker = {
        let (service, owner) = (service.clone(), service.random_name());
        tokio::spawn(async move {
            loop {
                if let Ok(Some(leased)) = service.claim_job(&owner, job).await {
                    // What went wrong is in the log; the job is tried again, here or by the portal.
                    let _ = service.run_job(&owner, leased).await;
                }
                tokio::time::sleep(PAUSE).await;
            }
        })
    };
    let mut shown = String::new();
    let view = loop {
        let view = service.import_on_server_status(import).await?;
        if !view.state.is_moving() {
            break view;
        }
        let line = said(lang, || match view.state {
            ImportState::Applying => {
                tf(k::committee_roll::APPLYING, &[("done", &view.rows_done), ("total", &view.rows)])
            }
            _ => tf(k::committee_roll::READING, &[("done", &view.rows_done)]),
        });
        if line != shown {
            let end = if io::stderr().is_terminal() { "\r" } else { "\n" };
            let _ = write!(io::stderr(), "{line}{end}");
            shown = line;
        }
        tokio::time::sleep(PAUSE).await;
    };
    worker.abort();
    Ok(view)
}

/// The language of the terminal: `LC_ALL`, `LC_MESSAGES`, `LANG`, as POSIX has it.
fn language() -> Lang {
    let set = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .iter()
        .filter_map(|name| std::env::var(name).ok())
        .find(|value| !value.is_empty());
    of_locale(&set.unwrap_or_default())
}

fn of_locale(locale: &str) -> Lang {
    let locale = locale.replace('-', "_").to_lowercase();
    match locale.as_str() {
        zh if zh.starts_with("zh_tw")
            || zh.starts_with("zh_hk")
            || zh.starts_with("zh_mo")
            || zh.starts_with("zh_hant") =>
        {
            Lang::ZhHant
        }
        zh if zh.starts_with("zh") => Lang::ZhHans,
        _ => Lang::En,
    }
}

/// Words in `lang`.
fn said(lang: Lang, words: impl FnOnce() -> String) -> String {
    let owner = Owner::new();
    owner.with(|| {
        provide_context(Prefs { lang, ..Prefs::default() });
        words()
    })
}

fn in_words(lang: Lang, problem: &Problem) -> String {
    said(lang, || {
        let field = problem.fields.first().and_then(|field| t_named(&format!("field_error.{}", field.reason)));
        let words = field.or_else(|| t_named(&format!("error.{}", problem.code.as_str())));
        words.unwrap_or(problem.code.as_str()).to_owned()
    })
}

fn problems(lang: Lang, view: &ImportView) -> String {
    said(lang, || {
        let line = |problem: &RowProblem| {
            let words = t_named(&format!("roll_error.{}", problem.reason))
                .unwrap_or_else(|| t(k::committee_roll::PROBLEM_OTHER));
            let row = if problem.row == 0 {
                String::new()
            } else {
                format!("{} {} ", t(k::committee_roll::COL_ROW), problem.row)
            };
            let value = if problem.value.is_empty() { String::new() } else { format!(" [{}]", problem.value) };
            format!("{row}{}{value}: {words}\n", problem.column)
        };
        let lines: String = view.problems.iter().map(line).collect();
        lines + &tf(k::committee_roll::CHECK_ERRORS, &[("n", &view.problem_count)])
    })
}

fn figures(lang: Lang, view: &ImportView) -> String {
    said(lang, || {
        let figures = [
            (k::committee_roll::ROWS, view.rows),
            (k::committee_roll::ADDED, view.added),
            (k::committee_roll::UPDATED, view.changed),
            (k::committee_roll::UNCHANGED, view.unchanged),
        ];
        figures.map(|(key, n)| format!("{} {n}", t(key))).join(" · ")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_is_the_terminals() {
        for (locale, lang) in [
            ("zh_CN.UTF-8", Lang::ZhHans),
            ("zh_TW.UTF-8", Lang::ZhHant),
            ("zh-HK", Lang::ZhHant),
            ("en_GB.UTF-8", Lang::En),
            ("C", Lang::En),
            ("", Lang::En),
        ] {
            assert_eq!(of_locale(locale), lang, "{locale}");
        }
    }

    #[test]
    fn a_wrong_place_is_named_with_row_and_column_in_the_readers_language() {
        let problem =
            RowProblem { row: 7, column: "房号".to_owned(), value: String::new(), reason: "empty".to_owned() };
        let view = ImportView {
            id: ImportId([0; 16]),
            area: AreaId([0; 16]),
            file_name: "roll.csv".to_owned(),
            state: ImportState::Refused,
            rows: 9,
            rows_done: 9,
            added: 0,
            changed: 0,
            unchanged: 0,
            problem_count: 1,
            problems: vec![problem],
            created_at: types::Timestamp(0),
        };
        let english = problems(Lang::En, &view);
        assert!(english.contains("7 房号: Nothing is filled in"), "{english}");
        assert!(problems(Lang::ZhHans, &view).contains("没有填"));
    }
}
