//! Signing up and in, sessions, passwords.

use crate::{
    stories,
    world::{DAY, MINUTE, PASSWORD, World, refused, wrong_field},
};
use types::{
    ErrorCode,
    identity::{ChangePassword, SignIn, SignUp},
};

fn sign_in(login: &str, password: &str) -> SignIn {
    SignIn { login: login.to_owned(), password: password.to_owned() }
}

stories! {
    async fn a_login_in_any_spelling_is_one_account(world: World) {
        let signed = world.service.sign_up(&world.device("a"), World::form("+86 138 0000 0001")).await.expect("signed up");
        assert_eq!(refused(world.service.sign_up(&world.device("b"), World::form("１３８００００００01")).await), ErrorCode::LoginTaken);
        let again = world.service.sign_in(&world.device("c"), sign_in("13800000001", PASSWORD)).await.expect("signed in");
        assert_eq!(again.account, signed.account);
        assert_ne!(again.token, signed.token);
    }

    async fn what_is_wrong_with_a_form_is_named_by_field(world: World) {
        let device = world.device("a");
        let form = |login: &str, password: &str, language: &str| SignUp {
            login: login.to_owned(),
            password: password.to_owned(),
            language: language.to_owned(),
        };
        let wrong = async |form| wrong_field(world.service.sign_up(&device, form).await);
        assert_eq!(wrong(form("a\u{202E}b c<d", PASSWORD, "en")).await.0, "login");
        assert_eq!(wrong(form("anna", "short", "en")).await, ("password".to_owned(), "password_short".to_owned()));
        assert_eq!(wrong(form("anna", "password123", "en")).await.1, "password_common");
        assert_eq!(wrong(form("anna", PASSWORD, "tlh")).await.0, "language");
    }

    async fn an_estate_behind_one_address_signs_in(world: World) {
        world.sign_up("anna").await;
        let office = world.device("office");
        for n in 0..=100 {
            world.service.sign_in(&office, sign_in("anna", PASSWORD)).await.unwrap_or_else(|problem| panic!("{n}: {problem}"));
        }
        for n in 0..100 {
            assert_eq!(refused(world.service.sign_in(&office, sign_in(&format!("guess{n}"), "x")).await), ErrorCode::WrongCredentials);
        }
        assert_eq!(refused(world.service.sign_in(&office, sign_in("anna", PASSWORD)).await), ErrorCode::TooManyTries, "guessing is bounded");
    }

    async fn a_wrong_password_and_an_unknown_login_get_the_same_answer(world: World) {
        world.sign_up("anna").await;
        for (login, password) in [("anna", "wrong password"), ("nobody", PASSWORD), ("", PASSWORD), ("a b\0c", PASSWORD)] {
            let answer = world.service.sign_in(&world.device("x"), sign_in(login, password)).await;
            assert_eq!(refused(answer), ErrorCode::WrongCredentials, "{login:?}");
        }
    }

    async fn guessing_is_throttled_by_login_and_the_right_password_waits_too(world: World) {
        world.sign_up("anna").await;
        for n in 0..10 {
            let device = world.device(&format!("guesser {n}"));
            assert_eq!(refused(world.service.sign_in(&device, sign_in("anna", "guess guess")).await), ErrorCode::WrongCredentials);
        }
        let problem = world.service.sign_in(&world.device("anna"), sign_in("anna", PASSWORD)).await.expect_err("throttled");
        assert_eq!(problem.code, ErrorCode::TooManyTries);
        assert_eq!(problem.retry_after, Some(15 * 60));
        world.pass(15 * MINUTE);
        world.sign_in("anna").await;
    }

    async fn sign_ups_are_throttled_by_network(world: World) {
        let hasty = || SignUp { password: "short".to_owned(), ..World::form("anna98") };
        for _ in 0..300 {
            assert_eq!(refused(world.service.sign_up(&world.device("one net"), hasty()).await), ErrorCode::Invalid);
        }
        assert_eq!(refused(world.service.sign_up(&world.device("one net"), World::form("anna99")).await), ErrorCode::TooManyTries);
        world.service.sign_up(&world.device("another net"), World::form("anna99")).await.expect("signed up");
    }

    async fn sessions_are_seen_and_ended_by_their_owner_alone(world: World) {
        let (anna, ben) = (world.sign_up("anna").await, world.sign_up("ben").await);
        let second = world.sign_in("anna").await;
        let seen = world.service.sessions(&anna).await.expect("a list");
        assert_eq!(seen.len(), 2);
        assert_eq!(seen.iter().filter(|session| session.current).count(), 1);
        let other = seen.iter().find(|session| !session.current).expect("the second").id;
        assert_eq!(refused(world.service.end_session(&ben, other).await), ErrorCode::NotFound);
        world.service.end_session(&anna, other).await.expect("ended");
        assert_eq!(world.service.sessions(&second).await.expect("a list").len(), 1);
        world.service.sign_out(&anna).await.expect("signed out");
        assert!(world.service.sessions(&anna).await.expect("a list").is_empty());
        assert_eq!(refused(world.service.sessions(&world.device("x")).await), ErrorCode::SignInNeeded);
    }

    async fn a_session_ends_when_unused_and_stays_when_used(world: World) {
        let session = world.service.sign_up(&world.device("anna"), World::form("anna")).await.expect("signed up");
        for _ in 0..4 {
            world.pass(29 * DAY);
            assert!(world.caller("anna", &session.token).await.account.is_some());
        }
        world.pass(30 * DAY);
        assert!(world.caller("anna", &session.token).await.account.is_none());
        for token in ["", "x", "not base64 at all!", &"A".repeat(43), &"A".repeat(10_000)] {
            assert!(world.caller("anna", token).await.account.is_none());
        }
    }

    async fn a_new_password_ends_every_other_session(world: World) {
        let anna = world.sign_up("anna").await;
        let other = world.service.sign_in(&world.device("b"), sign_in("anna", PASSWORD)).await.expect("signed in");
        let change = |current: &str, new: &str| ChangePassword { current: current.to_owned(), new: new.to_owned() };
        assert_eq!(wrong_field(world.service.change_password(&anna, change("wrong one", "a new password")).await).0, "current");
        assert_eq!(wrong_field(world.service.change_password(&anna, change(PASSWORD, "anna")).await).0, "new");
        world.service.change_password(&anna, change(PASSWORD, "a new password")).await.expect("changed");
        assert!(world.caller("b", &other.token).await.account.is_none());
        assert_eq!(world.service.sessions(&anna).await.expect("a list").len(), 1);
        assert_eq!(refused(world.service.sign_in(&world.device("b"), sign_in("anna", PASSWORD)).await), ErrorCode::WrongCredentials);
        world.service.sign_in(&world.device("b"), sign_in("anna", "a new password")).await.expect("signed in");
    }
}
