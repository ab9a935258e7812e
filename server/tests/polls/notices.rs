//! What a poll's residents are told by mail: over SMTP, each once.

use super::world::{HOUR, World, choices, config};
use crate::identity::mail;
use server::cli::devices::prepare_poll;
use std::sync::mpsc::Receiver;
use std::time::Duration;
use types::identity::MailSettings;

/// The lines of the next mail.
fn next(mails: &Receiver<Vec<String>>) -> Vec<String> {
    mails.recv_timeout(Duration::from_secs(10)).expect("a mail")
}

fn subject(mail: &[String]) -> &str {
    mail.iter().find_map(|line| line.strip_prefix("Subject: ")).expect("a subject")
}

#[tokio::test(flavor = "multi_thread")]
async fn opening_ballot_close_and_result_are_mailed_to_who_confirmed_an_address() {
    let (port, mails) = mail::mail_server();
    let folder = tempfile::tempdir().expect("a folder");
    let mut config = config(&folder, None);
    config.mail = Some(mail::config(port));
    let mut world = World::of(3, config, folder).await;
    let caller = world.caller(&world.voter(0).token).await;
    let form = MailSettings { email: "anna@example.com".to_owned(), mail_wanted: true, language: "en".to_owned() };
    world.service.set_mail(&caller, form).await.expect("set");
    world.pass(1).await;
    // Long lines of a mail are broken by "=" at their ends, and "=" itself is written =3D.
    let text = next(&mails).join("\n").replace("=\n", "").replace("=3D", "=");
    let token = text.split("confirm?token=").nth(1).and_then(|rest| rest.split_whitespace().next()).expect("a link");
    world.service.confirm_email(token).await.expect("confirmed");

    let mut draft = world.draft(&[]);
    draft.title = "Lift".to_owned();
    draft.closes_at = draft.opens_at.map(|opens| opens.plus_ms(48 * HOUR));
    let (area, clerks) = (world.people.area, &world.people.clerks);
    let poll = prepare_poll(&world.service, area, draft, clerks, &[], &mut world.rng).await.expect("prepared");
    world.pass(HOUR).await;
    assert_eq!(subject(&next(&mails)), "A poll is open: Lift");
    for n in 0..2 {
        assert_eq!(world.cast(poll, n, &choices(n)).await.status, axum::http::StatusCode::CREATED);
    }
    // Together with the ballots of the same second.
    world.pass(1_000).await;
    let mail = next(&mails);
    assert_eq!(subject(&mail), "A ballot was recorded for you: Lift");
    assert!(mail.iter().any(|line| line.contains("<https://minyi.example/mail/unsubscribe?")), "{mail:?}");
    world.pass(24 * HOUR).await;
    assert_eq!(subject(&next(&mails)), "A poll closes soon: Lift");
    world.pass(24 * HOUR).await;
    assert_eq!(subject(&next(&mails)), "The result is out: Lift");
    assert!(mails.try_recv().is_err(), "nothing twice, and nothing to those without an address");
}
