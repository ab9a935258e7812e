//! The runner of background work.

use super::world::{HOUR, World, config};
use figment::Figment;
use server::config::Config;
use service::Caller;
use std::time::Duration;
use tokio::{net::TcpListener, sync::watch, time};
use types::identity::MailSettings;
use types::polls::PollState;

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_server_that_hangs_does_not_hold_up_a_poll() {
    // Takes connections and never says a word.
    let silent = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let mail = Figment::new()
        .merge(("mail_url", format!("smtp://{}", silent.local_addr().expect("an address"))))
        .merge(("mail_from", "noreply@minyi.example"));
    let folder = tempfile::tempdir().expect("a folder");
    let mut config = config(&folder, None);
    config.mail = Config::from_figment(&mail).expect("right").mail;
    let mut world = World::of(4, config, folder).await;
    let poll = world.scheduled().await;
    for voter in &world.people.voters {
        let caller = world.caller(&voter.token).await;
        for n in 0..5 {
            let form = MailSettings { email: format!("{n}@example.com"), mail_wanted: true, language: "en".to_owned() };
            world.service.set_mail(&caller, form).await.expect("set");
        }
    }
    let (_stop, stopped) = watch::channel(false);
    let runner = tokio::spawn(server::jobs::run(world.service.clone(), "node".to_owned(), stopped));
    let mut hanging = Vec::new();
    for _ in 0..6 {
        hanging.push(silent.accept().await.expect("a connection"));
    }
    world.clock.pass(HOUR);
    let opened = async {
        while world.service.poll_page(&Caller::default(), poll).await.expect("a page").card.state != PollState::Open {
            time::sleep(Duration::from_millis(20)).await;
        }
    };
    // Mail is given up after ten seconds.
    time::timeout(Duration::from_secs(8), opened).await.expect("the poll opens while all mail hangs");
    runner.abort();
}
