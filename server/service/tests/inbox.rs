//! Inboxes and mail.

use crate::{
    stories,
    world::{DAY, ROLL, World, proof, refused, wrong_field},
};
use std::sync::atomic::Ordering;
use types::{ErrorCode, identity::MailSettings};

fn settings(email: &str) -> MailSettings {
    MailSettings { email: email.to_owned(), mail_wanted: true, language: "zh-Hant".to_owned() }
}

/// The token in the link of a mail.
fn token(text: &str, page: &str) -> String {
    let after = text.split(&format!("{page}?token=")).nth(1).expect("a link");
    after.split_whitespace().next().expect("a token").to_owned()
}

stories! {
    async fn mail_goes_to_confirmed_addresses_in_the_accounts_language(world: World) {
        let estate = world.estate().await;
        world.import(&estate, ROLL).await;
        let codes = world.codes(&estate).await;
        let anna = world.sign_up("anna").await;
        assert_eq!(wrong_field(world.service.set_mail(&anna, settings("a@b.c\nBcc: x@y.z")).await).0, "email");
        world.service.set_mail(&anna, settings("anna@example.com")).await.expect("set");
        // The mail server refuses twice: the job is tried again, later.
        world.post.refuse.store(2, Ordering::SeqCst);
        for _ in 0..3 {
            world.work().await;
            world.pass(60_000);
        }
        let sent = std::mem::take(&mut *world.post.sent.lock().expect("no panic before"));
        assert_eq!(sent.len(), 1);
        assert_eq!((sent[0].to.as_str(), sent[0].subject.as_str()), ("anna@example.com", "確認您的電子郵件"));
        let link = token(&sent[0].text, "/mail/confirm");
        assert!(!world.service.me(&anna).await.expect("me").email_confirmed);
        assert_eq!(refused(world.service.confirm_email(&link[1..]).await), ErrorCode::CodeExpired);
        assert_eq!(refused(world.service.unsubscribe(&link).await), ErrorCode::CodeExpired, "a link serves one purpose");
        world.service.confirm_email(&link).await.expect("confirmed");
        assert!(world.service.me(&anna).await.expect("me").email_confirmed);

        let (name, code) = &codes[0];
        world.service.verify_by_code(&anna, proof(name, code)).await.expect("verified");
        world.work().await;
        let sent = std::mem::take(&mut *world.post.sent.lock().expect("no panic before"));
        assert_eq!(sent.len(), 1);
        assert_eq!(sent[0].subject, "您已完成身分驗證");
        let link = token(&sent[0].text, "/mail/unsubscribe");
        assert!(sent[0].unsubscribe.as_ref().is_some_and(|url| url.ends_with(&link)));
        world.service.unsubscribe(&link).await.expect("ended");
        assert!(!world.service.me(&anna).await.expect("me").mail_wanted);
    }

    async fn a_link_confirms_only_the_address_it_was_sent_to_and_not_for_ever(world: World) {
        let anna = world.sign_up("anna").await;
        let mut links = Vec::new();
        for email in ["one@example.com", "two@example.com"] {
            world.service.set_mail(&anna, settings(email)).await.expect("set");
            world.work().await;
            let sent = std::mem::take(&mut *world.post.sent.lock().expect("no panic before"));
            links.push(token(&sent[0].text, "/mail/confirm"));
        }
        assert_eq!(refused(world.service.confirm_email(&links[0]).await), ErrorCode::CodeExpired);
        world.pass(3 * DAY);
        assert_eq!(refused(world.service.confirm_email(&links[1]).await), ErrorCode::CodeExpired);
    }

    async fn the_inbox_is_read_page_by_page(world: World) {
        let estate = world.estate().await;
        world.work().await;
        // Each role granted is a notice; two beside the clerk's first.
        let inbox = world.service.notices(&estate.clerk, None).await.expect("an inbox");
        assert_eq!((inbox.unread, inbox.notices[0].kind.as_str()), (1, "role-granted"));
        assert_eq!(inbox.notices[0].args["area"], "青禾小区");
        world.service.mark_read(&estate.clerk, Some(inbox.notices[0].id)).await.expect("marked");
        assert_eq!(world.service.me(&estate.clerk).await.expect("me").unread, 0);
        for after in ["x", "1.2", "", "9999999999999999999999.0"] {
            assert_eq!(refused(world.service.notices(&estate.clerk, Some(after.to_owned())).await), ErrorCode::Invalid, "{after}");
        }
        assert_eq!(refused(world.service.notices(&world.device("x"), None).await), ErrorCode::SignInNeeded);
    }
}
