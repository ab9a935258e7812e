//! The commands that found and look after an installation, run as programs.

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

/// Runs `minyi` on a data folder: what it printed, or why it failed.
pub(super) fn minyi(data: &Path, args: &[&str], input: &str) -> Result<String, String> {
    with_settings(data, args, &[], input)
}

fn with_settings(data: &Path, args: &[&str], settings: &[(&str, &str)], input: &str) -> Result<String, String> {
    let mut child = Command::new(env!("CARGO_BIN_EXE_minyi"))
        .args(args)
        .env_remove("MINYI_DATABASE")
        .env("MINYI_DATA_DIR", data)
        .envs(settings.iter().copied())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("starts");
    // A command that reads nothing may be gone before.
    let _ = child.stdin.take().map(|mut stdin| stdin.write_all(input.as_bytes()));
    let done = child.wait_with_output().expect("ends");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    if done.status.success() { Ok(text(done.stdout)) } else { Err(text(done.stderr)) }
}

#[test]
fn a_real_community_is_founded_from_the_command_line() {
    let data = tempfile::tempdir().expect("a folder");
    let run = |args: &[&str], input: &str| minyi(data.path(), args, input);
    run(&["admin", "create", "--login", "guanli"], "a long enough password\n").expect("an operator");
    let top = run(&["area", "create", "--name", "青禾社区", "--kind", "community"], "").expect("the first area");
    let below = ["area", "create", "--name", "一期", "--kind", "estate", "--parent", top.trim()];
    let below = run(&below, "").expect("one below it");
    let list = run(&["area", "list"], "").expect("a list");
    let lines: Vec<&str> = list.lines().collect();
    assert_eq!(lines.len(), 2, "{list}");
    assert!(lines[0].starts_with(top.trim()) && lines[0].ends_with("  青禾社区"), "{list}");
    assert!(lines[1].starts_with(below.trim()) && lines[1].ends_with("    一期"), "{list}");
    let wrong = run(&["area", "create", "--name", "x", "--kind", "village"], "").expect_err("no such kind");
    assert!(wrong.contains("city, district, street, community, estate, building"), "{wrong}");
    let taken = run(&["area", "create", "--name", "青禾社区", "--kind", "community"], "").expect_err("taken");
    assert!(taken.contains("name: taken"), "{taken}");
}

#[test]
fn an_operator_is_listed_and_revoked() {
    let data = tempfile::tempdir().expect("a folder");
    let run = |args: &[&str], input: &str| minyi(data.path(), args, input);
    for login in ["guanli", "huangwei"] {
        run(&["admin", "create", "--login", login], "a long enough password\n").expect("an operator");
    }
    assert_eq!(run(&["admin", "list"], "").expect("a list"), "guanli\nhuangwei\n");
    run(&["admin", "revoke", "--login", "guanli"], "").expect("revoked");
    assert_eq!(run(&["admin", "list"], "").expect("a list"), "huangwei\n");
    run(&["admin", "revoke", "--login", "guanli"], "").expect_err("no operator any more");
}

#[test]
fn a_command_in_the_wrong_folder_makes_no_empty_database() {
    let data = tempfile::tempdir().expect("a folder");
    let roll = data.path().join("roll.csv");
    std::fs::write(&roll, "姓名").expect("written");
    let (roll, out) = (roll.display().to_string(), data.path().join("out").display().to_string());
    let nowhere = "00000000000000000000000000000001";
    for args in [
        &["backup", &out][..],
        &["export-poll", nowhere, &out],
        &["import-roll", &roll, "--area", nowhere],
        &["area", "list"],
        &["admin", "list"],
    ] {
        let said = minyi(data.path(), args, "").expect_err("there is no installation here");
        assert!(said.contains("there is no database at") && said.contains("MINYI_DATA_DIR"), "{args:?}: {said}");
    }
    assert_eq!(std::fs::read_dir(data.path()).expect("readable").count(), 1, "nothing was made");
}

#[test]
fn a_setting_that_would_do_nothing_is_named_with_what_is_allowed() {
    let data = tempfile::tempdir().expect("a folder");
    for (name, value, allowed) in [
        ("MINYI_CONFIG", "/nowhere/minyi.toml", "the path of a TOML file"),
        ("MINYI_LOG", "sqlx=loud", "info,sqlx=warn"),
        ("MINYI_MAIL_FROM", "noreply@minyi.example", "MINYI_MAIL_URL"),
        ("MINYI_SITE", "/nowhere/site", "target/site"),
    ] {
        let said = with_settings(data.path(), &["serve"], &[(name, value)], "").expect_err(name);
        assert!(said.contains(name) && said.contains(value) && said.contains(allowed), "{said}");
    }
}

#[cfg(unix)]
#[test]
fn the_data_folder_is_its_owners_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let data = tempfile::tempdir().expect("a folder").path().join("data");
    minyi(&data, &["admin", "create", "--login", "guanli"], "a long enough password\n").expect("an operator");
    let mode = std::fs::metadata(&data).expect("made").permissions().mode();
    assert_eq!(mode & 0o777, 0o700);
}
