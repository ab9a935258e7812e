//! Mail over SMTP, spoken with a server on this machine that takes one message at a time.

use super::Door;
use figment::Figment;
use server::config::{Config, MailConfig};
use std::{
    io::{BufRead as _, BufReader, Write as _},
    net::TcpListener,
    sync::mpsc::{Receiver, channel},
};
use types::identity::MailSettings;

/// Speaks as much SMTP (RFC 5321) as taking messages needs; gives each message's lines from MAIL to the final dot.
pub(crate) fn mail_server() -> (u16, Receiver<Vec<String>>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let port = listener.local_addr().expect("an address").port();
    let (sender, messages) = channel();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let Ok(mut stream) = stream else { return };
            let mut lines = BufReader::new(stream.try_clone().expect("a second handle")).lines();
            let mut say = |text: &str| stream.write_all(format!("{text}\r\n").as_bytes()).is_ok();
            say("220 ready");
            let mut message = Vec::new();
            while let Some(Ok(line)) = lines.next() {
                let verb = line.get(..4).unwrap_or_default().to_uppercase();
                match verb.as_str() {
                    "EHLO" => say("250-ready\r\n250-8BITMIME\r\n250 SMTPUTF8"),
                    "QUIT" => {
                        say("221 bye");
                        break;
                    }
                    "DATA" => {
                        say("354 go on");
                        message.extend(lines.by_ref().map_while(Result::ok).take_while(|line| line != "."));
                        let _ = sender.send(std::mem::take(&mut message));
                        say("250 taken")
                    }
                    _ => {
                        message.push(line);
                        say("250 fine")
                    }
                };
            }
        }
    });
    (port, messages)
}

pub(crate) fn config(port: u16) -> MailConfig {
    let figment = Figment::new()
        .merge(("mail_url", format!("smtp://127.0.0.1:{port}")))
        .merge(("mail_from", "民议 <noreply@minyi.example>"));
    Config::from_figment(&figment).expect("right").mail.expect("mail")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_confirmation_goes_out_over_smtp() {
    let (port, messages) = mail_server();
    let door = Door::open(Some(config(port))).await;
    let session = door.sign_up("anna").await;
    let caller = door.service.caller(&session.token, String::new(), String::new()).await.expect("a caller");
    let form = MailSettings { email: "anna@example.com".to_owned(), mail_wanted: true, language: "en".to_owned() };
    door.service.set_mail(&caller, form).await.expect("set");
    door.service.run_due_jobs("test").await.expect("background work");
    let lines = messages.recv_timeout(std::time::Duration::from_secs(10)).expect("a message arrived");
    assert_eq!(lines[0].split(' ').next(), Some("MAIL"));
    assert!(lines[0].contains("<noreply@minyi.example>") && lines[1].contains("<anna@example.com>"), "{lines:?}");
    assert!(lines.iter().any(|line| line == "Subject: Confirm your e-mail address"), "{lines:?}");
    assert!(lines.iter().any(|line| line.starts_with("Message-ID: <confirm-")), "{lines:?}");
    let text = lines.join("").replace("=\r\n", "");
    assert!(text.contains("https://minyi.example/mail/confirm?token"), "{text}");
    assert_eq!(door.service.jobs_waiting().await.expect("counted"), 0);
}
