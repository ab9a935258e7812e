//! The demonstration community; its polls' records, exported, verified, and tampered with.

use super::commands::minyi;
use figment::Figment;
use server::Portal;
use server::cli::demo::{DemoReport, begins, fill};
use server::cli::devices::HandClock;
use server::cli::export_poll::{ExportError, export};
use server::cli::verify::{Source, recount};
use server::config::Config;
use server::world::{SystemClock, SystemEntropy};
use service::{Clock as _, Service};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use types::ErrorCode;

async fn demonstration(data: &Path) -> (Service, DemoReport) {
    let config = Config::from_figment(&Figment::new().merge(("data_dir", data.display().to_string()))).expect("right");
    let now = SystemClock::default().now();
    let clock = Arc::new(HandClock::at(begins(now)));
    let portal = Portal::open_with(&config, "http://127.0.0.1", Arc::clone(&clock) as _, Arc::new(SystemEntropy)).await;
    let service = portal.expect("opens").service;
    service.begin_demonstration().await.expect("the installation is new");
    let report = fill(&service, &clock, &SystemEntropy, now).await.expect("the story is told");
    (service, report)
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("a file").path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

/// The first step that fails, 0 if none; none at all where the record cannot be read.
fn failure(folder: &Path) -> Option<u8> {
    let source = Source::open(&folder.display().to_string()).expect("a folder");
    recount(&source, None, &[], &mut |_, _| ()).ok().map(|outcome| outcome.report.exit_code())
}

#[tokio::test(flavor = "multi_thread")]
async fn its_records_verify_and_every_file_of_them_is_checked() {
    let data = tempfile::tempdir().expect("a folder");
    let (service, report) = demonstration(data.path()).await;
    let polls = [&report.polls.finished, &report.polls.open, &report.polls.system];
    for poll in polls {
        let folder = data.path().join(&poll.id);
        let id = poll.id.parse().expect("an id");
        export(&service, id, &folder).await.expect("exported");
        assert_eq!(failure(&folder), Some(0), "{}", poll.title);
        assert!(
            matches!(export(&service, id, &folder).await, Err(ExportError::NotEmpty(_))),
            "never into a full folder"
        );
    }
    report.keep(data.path()).expect("written");
    let again = minyi(data.path(), &["demo", "--if-empty", "--json"], "");
    let again: DemoReport = serde_json::from_str(&again.expect("the list of before")).expect("JSON");
    assert_eq!(again.accounts, report.accounts, "a second start shows the accounts again");
    assert!(minyi(data.path(), &["demo"], "").expect_err("not empty").contains("not empty"));
    let folder = data.path().join(&report.polls.finished.id);
    for file in files(&folder) {
        let whole = fs::read(&file).expect("readable");
        let mut tampered = whole.clone();
        tampered[whole.len() / 2] ^= 1;
        fs::write(&file, tampered).expect("writable");
        assert!(failure(&folder).is_some_and(|step| step > 0), "{} was tampered with", file.display());
        fs::write(&file, whole).expect("writable");
    }
    assert_eq!(failure(&folder), Some(0));
}

#[tokio::test(flavor = "multi_thread")]
async fn one_that_was_cut_off_is_not_taken_for_a_whole_one() {
    let data = tempfile::tempdir().expect("a folder");
    let config =
        Config::from_figment(&Figment::new().merge(("data_dir", data.path().display().to_string()))).expect("right");
    let service = Portal::open(&config, "http://127.0.0.1").await.expect("opens").service;
    service.begin_demonstration().await.expect("begun, and then the power went");
    for args in [&["demo", "--if-empty"][..], &["demo"]] {
        let said = minyi(data.path(), args, "").expect_err("unfinished");
        assert!(said.contains("delete") && said.contains(&data.path().display().to_string()), "{said}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn it_is_made_in_a_new_installation_only() {
    let data = tempfile::tempdir().expect("a folder");
    let config =
        Config::from_figment(&Figment::new().merge(("data_dir", data.path().display().to_string()))).expect("right");
    let service = Portal::open(&config, "http://127.0.0.1").await.expect("opens").service;
    service.create_operator("somebody", "a long enough password").await.expect("the first account");
    let refused = service.begin_demonstration().await.expect_err("somebody is here already");
    assert_eq!(refused.code, ErrorCode::WrongState);
    assert!(!service.place().await.expect("answers").demonstration);
}
