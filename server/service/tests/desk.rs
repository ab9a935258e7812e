//! Proving who one is at the desk, and taking a verification back.

use crate::{
    stories,
    world::{MINUTE, ROLL, World, refused},
};
use types::{
    ErrorCode,
    identity::{DeskVerify, HandOver},
    roll::{PersonQuery, PersonView},
};

async fn person(world: &World, estate: &crate::world::Estate, name: &str) -> PersonView {
    let query = PersonQuery { area: estate.area, text: name.to_owned(), after: None };
    world.service.persons(&estate.clerk, query).await.expect("a page").persons.remove(0)
}

stories! {
    async fn the_clerk_scans_and_decides(world: World) {
        let estate = world.estate().await;
        world.import(&estate, ROLL).await;
        let anna = world.sign_up("13800000001").await;
        let ticket = world.service.desk_ticket(&anna).await.expect("a ticket");
        assert!(ticket.url.ends_with(&format!("#{}", ticket.token)), "the ticket is in no log");
        let seen = world.service.desk_open(&estate.clerk, &ticket.token.to_lowercase()).await.expect("opened");
        assert_eq!((seen.login.as_str(), seen.verified_as), ("138****0001", None));
        let zhang = person(&world, &estate, "张").await;
        let form = || DeskVerify { token: ticket.token.clone(), person: zhang.id, hand_over: None };
        let identity = world.service.desk_verify(&estate.clerk, form()).await.expect("verified");
        assert_eq!(identity.name, "张伟");
        assert_eq!(refused(world.service.desk_verify(&estate.clerk, form()).await), ErrorCode::CodeExpired, "a ticket works once");
        assert!(person(&world, &estate, "张").await.verified);
    }

    async fn a_ticket_ends_and_is_opened_by_clerks_alone(world: World) {
        let estate = world.estate().await;
        world.import(&estate, ROLL).await;
        let (anna, ben) = (world.sign_up("anna").await, world.sign_up("ben").await);
        let ticket = world.service.desk_ticket(&anna).await.expect("a ticket");
        assert_eq!(refused(world.service.desk_open(&ben, &ticket.token).await), ErrorCode::NotAllowed);
        assert_eq!(refused(world.service.desk_open(&estate.operator, &ticket.token).await), ErrorCode::NotAllowed);
        assert_eq!(refused(world.service.desk_open(&estate.clerk, "XXXXXXXX").await), ErrorCode::CodeExpired);
        world.pass(10 * MINUTE);
        assert_eq!(refused(world.service.desk_open(&estate.clerk, &ticket.token).await), ErrorCode::CodeExpired);
    }

    async fn a_verification_is_handed_over_or_released_but_never_doubled(world: World) {
        let estate = world.estate().await;
        world.import(&estate, ROLL).await;
        let (old, new) = (world.sign_up("old").await, world.sign_up("new").await);
        let zhang = person(&world, &estate, "张").await.id;
        let ticket = world.service.desk_ticket(&old).await.expect("a ticket").token;
        let form = |token: &str, hand_over| DeskVerify { token: token.to_owned(), person: zhang, hand_over };
        world.service.desk_verify(&estate.clerk, form(&ticket, None)).await.expect("verified");
        world.work().await;
        world.pass(MINUTE);
        let ticket = world.service.desk_ticket(&new).await.expect("a ticket").token;
        assert_eq!(refused(world.service.desk_verify(&estate.clerk, form(&ticket, None)).await), ErrorCode::AlreadyVerified);
        let reason = Some(HandOver::Lost);
        world.service.desk_verify(&estate.clerk, form(&ticket, reason)).await.expect("the refusal used up no ticket");
        assert!(world.service.me(&old).await.expect("me").identity.is_none());
        world.work().await;
        let inbox = world.service.notices(&old, None).await.expect("an inbox");
        assert_eq!(inbox.notices[0].kind, "verification-released", "and is told");
        assert_eq!(refused(world.service.release_verification(&new, zhang).await), ErrorCode::NotAllowed);
        world.service.release_verification(&estate.clerk, zhang).await.expect("released");
        assert_eq!(refused(world.service.release_verification(&estate.clerk, zhang).await), ErrorCode::NotFound);
        assert!(world.service.me(&new).await.expect("me").identity.is_none());
    }
}
