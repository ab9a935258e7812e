//! Pages per second with a city's data in the store, and with ten times as much.

use crate::{fill::Past, load, site::Site};
use server::cli::replay::found;
use std::fmt::Write as _;
use std::path::Path;
use std::time::{Duration, Instant};
use types::identity::{Role, RoleGrant};
use types::ids::PollId;
use types::roll::{AreaKind, ImportState, NewArea};

const CONNECTIONS: usize = 64;
const TIME: Duration = Duration::from_secs(6);
/// People in one file.
const FILE: usize = 100_000;

/// Home and a poll's page, as requests per second.
struct Rates {
    home: f64,
    poll: f64,
}

pub async fn run(tenfold: bool) {
    println!("\n## Pages, read from the store\n");
    let once = measure(FILE, 1_000).await;
    if tenfold {
        let ten = measure(10 * FILE, 10_000).await;
        println!(
            "- ten times the rows: home {:.2} ×, poll {:.2} × the time per page",
            once.home / ten.home,
            once.poll / ten.poll
        );
    }
}

async fn measure(people: usize, polls: usize) -> Rates {
    let data = tempfile::tempdir().expect("a temporary folder");
    let database = data.path().join("minyi.db").display().to_string();
    let poll = fill(data.path(), &database, people, polls).await;
    let site = Site::start(data.path(), &database).await;
    let mut rates = Vec::new();
    for (what, path) in [("home", "/".to_owned()), ("a poll's page", format!("/polls/{poll}"))] {
        load::pages(site.address, &path, CONNECTIONS, Duration::from_secs(1)).await;
        let (rate, bytes) = load::pages(site.address, &path, CONNECTIONS, TIME).await;
        println!("- {people} residents, {polls} polls, {what}: {rate:.0} pages/s, {bytes} bytes each");
        rates.push(rate);
    }
    Rates { home: rates[0], poll: rates[1] }
}

/// So many residents, so many open polls; answers one of the polls.
async fn fill(data: &Path, database: &str, people: usize, polls: usize) -> PollId {
    let mut past = Past::open(data, database).await;
    // The polls are those of a small community within the city, so that freezing their rolls takes no time.
    let community = found(&past.service, 12, &mut past.rng).await.expect("a community");
    let clerk = community.clerks[0].caller.clone();
    let form = NewArea { parent: None, kind: AreaKind::Community, name: "大社区".to_owned() };
    let city = past.service.create_area(&community.operator, form).await.expect("an area").id;
    let form = RoleGrant { login: "clerk1".to_owned(), role: Role::Clerk, area: city };
    past.service.grant_role(&community.operator, form).await.expect("a role");
    for file in 0..people.div_ceil(FILE) {
        import(&past, &clerk, city, file, FILE.min(people)).await;
    }
    let mut last = None;
    for n in 0..polls {
        last = Some(past.poll(community.area, &community.clerks, &format!("第 {} 次表决", n + 1)).await);
    }
    past.clock.pass(3_600_000);
    past.settle().await;
    last.expect("polls")
}

async fn import(past: &Past, clerk: &service::Caller, area: types::ids::AreaId, file: usize, rows: usize) {
    let mut text = String::from(server::cli::demo::ROLL_HEADINGS);
    for n in 0..rows {
        // 30 people to a building, three to a flat.
        let (building, room) = (n / 30, n % 30 / 3);
        let _ = writeln!(
            text,
            "居民{file}x{n},,1980-01-01,,,{file}-{building},,{},{},",
            room + 101,
            if n % 3 == 0 { "是" } else { "" }
        );
    }
    let start = Instant::now();
    let import = past.service.import_preview(clerk, area, "bench.csv", text.into_bytes()).await.expect("an import");
    past.settle().await;
    let checked = start.elapsed();
    past.service.import_apply(clerk, import).await.expect("a right file");
    past.settle().await;
    if file == 0 {
        let written = start.elapsed() - checked;
        println!(
            "- a roll of {rows} people: checked in {:.1} s, written in {:.1} s",
            checked.as_secs_f64(),
            written.as_secs_f64()
        );
    }
    let view = past.service.import_status(clerk, import).await.expect("an import");
    assert_eq!(view.state, ImportState::Done, "{:?}", view.problems.first());
}
