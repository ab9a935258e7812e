//! Proving who one is by the letter's code.

use crate::{
    stories,
    world::{DAY, ROLL, World, proof, refused},
};
use types::{
    ErrorCode,
    identity::VerifyByCode,
    roll::{LetterRequest, PersonQuery},
};

fn code<'a>(codes: &'a [(String, String)], name: &str) -> &'a str {
    &codes.iter().find(|(named, _)| named == name).expect("a letter").1
}

stories! {
    async fn name_home_and_code_make_a_verified_resident(world: World) {
        let estate = world.estate().await;
        world.import(&estate, ROLL).await;
        let codes = world.codes(&estate).await;
        assert_eq!(codes.len(), 2, "children get none");
        let anna = world.sign_up("anna").await;
        let typed = format!(" {} ", code(&codes, "张伟").to_lowercase().replace('-', " "));
        let form = VerifyByCode { building: "３ 号楼".to_owned(), unit: "01单元".to_owned(), room: "401室".to_owned(), ..proof("张 伟", &typed) };
        let identity = world.service.verify_by_code(&anna, form).await.expect("verified");
        assert_eq!((identity.name.as_str(), identity.address.as_str()), ("张伟", "3栋-1-401"));
        assert_eq!(identity.area_names, ["青禾小区"]);
        let me = world.service.me(&world.sign_in("anna").await).await.expect("me");
        assert_eq!(me.identity, Some(identity.clone()));
        world.pass(2 * 365 * DAY);
        assert_eq!(world.service.me(&world.sign_in("anna").await).await.expect("me").identity, None, "it expires");
    }

    async fn one_household_gets_a_new_letter_and_the_others_keep_theirs(world: World) {
        let estate = world.estate().await;
        let more = "赵梅,3栋,2单元,101,1970-03-03,女,,,是,\n";
        world.import(&estate, &format!("{ROLL}{more}")).await;
        let before = world.codes(&estate).await;
        let query = PersonQuery { area: estate.area, text: "张".to_owned(), after: None };
        let zhang = world.service.persons(&estate.clerk, query).await.expect("a page").persons.remove(0);
        let form = LetterRequest { area: zhang.area, household: Some(zhang.household), unverified_only: true };
        let batch = world.service.issue_letters(&estate.clerk, form).await.expect("a letter");
        assert_eq!(batch.letters.len(), 1);
        assert_eq!((batch.letters[0].household, batch.letters[0].codes.len()), (zhang.household, 2));
        let anna = world.sign_up("anna").await;
        let old = world.service.verify_by_code(&anna, proof("张伟", code(&before, "张伟"))).await;
        assert_eq!(refused(old), ErrorCode::NoMatch, "replaced");
        let zhao = VerifyByCode { unit: "2".to_owned(), room: "101".to_owned(), ..proof("赵梅", code(&before, "赵梅")) };
        assert_eq!(world.service.verify_by_code(&anna, zhao).await.expect("verified").name, "赵梅");
    }

    async fn a_code_works_once_and_a_person_has_one_account(world: World) {
        let estate = world.estate().await;
        world.import(&estate, ROLL).await;
        let codes = world.codes(&estate).await;
        let (anna, ben) = (world.sign_up("anna").await, world.sign_up("ben").await);
        let form = || proof("张伟", code(&codes, "张伟"));
        // At the same time, by two accounts: one of them.
        let (a, b) = tokio::join!(world.service.verify_by_code(&anna, form()), world.service.verify_by_code(&ben, form()));
        assert_eq!([a.is_ok(), b.is_ok()].iter().filter(|ok| **ok).count(), 1);
        assert_eq!(refused(world.service.verify_by_code(&ben, form()).await), ErrorCode::NoMatch, "used");
        let codes = world.codes(&estate).await;
        let (winner, loser) = if a.is_ok() { (&anna, &ben) } else { (&ben, &anna) };
        let again = proof("张伟", code(&codes, "张伟"));
        assert_eq!(refused(world.service.verify_by_code(loser, again).await), ErrorCode::AlreadyVerified);
        let somebody_else = proof("李芳", code(&codes, "李芳"));
        assert_eq!(refused(world.service.verify_by_code(winner, somebody_else).await), ErrorCode::WrongState);
    }

    async fn every_wrong_part_gets_the_same_answer(world: World) {
        let estate = world.estate().await;
        world.import(&estate, ROLL).await;
        let codes = world.codes(&estate).await;
        let (zhang, li) = (code(&codes, "张伟"), code(&codes, "李芳"));
        let somewhere = |building: &str, room: &str| VerifyByCode { building: building.to_owned(), room: room.to_owned(), ..proof("张伟", zhang) };
        let wrong = [proof("王伟", zhang), proof("张伟", li), somewhere("9", "401"), somewhere("3", "999"), proof("张伟", "码\u{0}")];
        for (n, form) in wrong.into_iter().enumerate() {
            let guest = world.sign_up(&format!("guest{n}")).await;
            assert_eq!(refused(world.service.verify_by_code(&guest, form).await), ErrorCode::NoMatch, "{n}");
        }
    }

    async fn five_wrong_codes_lock_the_household_and_its_clerks_are_told(world: World) {
        let estate = world.estate().await;
        world.import(&estate, ROLL).await;
        let codes = world.codes(&estate).await;
        let right = || proof("张伟", code(&codes, "张伟"));
        for n in 0..5 {
            let guest = world.sign_up(&format!("guest{n}")).await;
            let expected = if n == 4 { ErrorCode::CodeLocked } else { ErrorCode::NoMatch };
            assert_eq!(refused(world.service.verify_by_code(&guest, proof("张伟", "00000-0000Z")).await), expected, "{n}");
        }
        let anna = world.sign_up("anna").await;
        assert_eq!(refused(world.service.verify_by_code(&anna, right()).await), ErrorCode::CodeLocked, "the right code too");
        world.work().await;
        let inbox = world.service.notices(&estate.clerk, None).await.expect("an inbox");
        let told: Vec<_> = inbox.notices.iter().filter(|notice| notice.kind == "codes-locked").collect();
        assert_eq!(told.len(), 1);
        assert_eq!(told[0].args["address"], "3栋-1-401");
        let codes = world.codes(&estate).await;
        world.service.verify_by_code(&anna, proof("张伟", code(&codes, "张伟"))).await.expect("a new letter unlocks");
    }

    async fn a_right_code_is_no_wrong_try_whatever_else_stands_in_the_way(world: World) {
        let estate = world.estate().await;
        world.import(&estate, ROLL).await;
        let codes = world.codes(&estate).await;
        let (anna, lifang) = (world.sign_up("anna").await, world.sign_up("lifang").await);
        let form = || proof("李芳", code(&codes, "李芳"));
        let person = world.service.verify_by_code(&anna, proof("张伟", code(&codes, "张伟"))).await.expect("verified").person;
        for n in 0..4 {
            let guest = world.sign_up(&format!("guest{n}")).await;
            assert_eq!(refused(world.service.verify_by_code(&guest, proof("张伟", "00000-0000Z")).await), ErrorCode::NoMatch);
        }
        // The fifth try, by somebody who is somebody else already.
        assert_eq!(refused(world.service.verify_by_code(&anna, form()).await), ErrorCode::WrongState);
        let li = world.service.verify_by_code(&lifang, form()).await.expect("the household is not locked");
        assert_ne!(li.person, person);
    }

    async fn many_guesses_at_once_are_no_more_than_five(world: World) {
        let estate = world.estate().await;
        world.import(&estate, ROLL).await;
        let codes = world.codes(&estate).await;
        let mut guests = Vec::new();
        for n in 0..12 {
            guests.push(world.sign_up(&format!("guest{n}")).await);
        }
        let mut guesses = tokio::task::JoinSet::new();
        for (n, guest) in guests.into_iter().enumerate() {
            let service = world.service.clone();
            guesses.spawn(async move { refused(service.verify_by_code(&guest, proof("张伟", &format!("00000-000{n:02}"))).await) });
        }
        let answers = guesses.join_all().await;
        assert_eq!(answers.iter().filter(|code| **code == ErrorCode::NoMatch).count(), 4, "{answers:?}");
        assert_eq!(answers.iter().filter(|code| **code == ErrorCode::CodeLocked).count(), 8, "{answers:?}");
        let anna = world.sign_up("anna").await;
        assert_eq!(refused(world.service.verify_by_code(&anna, proof("张伟", code(&codes, "张伟"))).await), ErrorCode::CodeLocked);
    }

    async fn one_account_may_not_try_door_after_door(world: World) {
        let estate = world.estate().await;
        world.import(&estate, ROLL).await;
        let guest = world.sign_up("guest").await;
        for n in 0..10 {
            let form = VerifyByCode { room: format!("{}", 500 + n), ..proof("张伟", "00000-00000") };
            assert_eq!(refused(world.service.verify_by_code(&guest, form).await), ErrorCode::NoMatch);
        }
        assert_eq!(refused(world.service.verify_by_code(&guest, proof("张伟", "00000-00000")).await), ErrorCode::TooManyTries);
    }

    async fn codes_expire_and_are_replaced(world: World) {
        let estate = world.estate().await;
        world.import(&estate, ROLL).await;
        let first = world.codes(&estate).await;
        let second = world.codes(&estate).await;
        let anna = world.sign_up("anna").await;
        assert_eq!(refused(world.service.verify_by_code(&anna, proof("张伟", code(&first, "张伟"))).await), ErrorCode::NoMatch);
        world.pass(60 * DAY);
        let anna = world.sign_in("anna").await;
        assert_eq!(refused(world.service.verify_by_code(&anna, proof("张伟", code(&second, "张伟"))).await), ErrorCode::CodeExpired);
    }
}
