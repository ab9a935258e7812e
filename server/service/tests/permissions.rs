//! Who may do what, through the use cases; and that what they did is in the log.

use crate::{
    stories,
    world::{ROLL, World, csv, refused, wrong_field},
};
use types::{
    ErrorCode,
    identity::{Role, RoleGrant},
    roll::{AreaKind, LetterRequest, NewArea, PersonQuery},
};

stories! {
    async fn a_clerk_of_one_estate_is_nobody_in_the_next(world: World) {
        let estate = world.estate().await;
        let form = NewArea { parent: None, kind: AreaKind::Estate, name: "别的小区".to_owned() };
        let beside = world.service.create_area(&estate.operator, form).await.expect("an area").id;
        let clerk = &estate.clerk;
        let query = PersonQuery { area: beside, text: String::new(), after: None };
        let letters = LetterRequest { area: beside, household: None, unverified_only: false };
        assert_eq!(refused(world.service.persons(clerk, query).await), ErrorCode::NotAllowed);
        assert_eq!(refused(world.service.roll_counts(clerk, beside).await), ErrorCode::NotAllowed);
        assert_eq!(refused(world.service.issue_letters(clerk, letters).await), ErrorCode::NotAllowed);
        assert_eq!(refused(world.service.import_preview(clerk, beside, "x.csv", csv(ROLL)).await), ErrorCode::NotAllowed);
        assert_eq!(refused(world.service.imports(clerk, beside).await), ErrorCode::NotAllowed);
        assert_eq!(refused(world.service.roles(clerk, beside).await), ErrorCode::NotAllowed);
        assert_eq!(refused(world.service.audit_log(clerk, beside, None).await), ErrorCode::NotAllowed);
        assert_eq!(world.service.my_areas(clerk).await.expect("areas").len(), 1);
        assert_eq!(refused(world.service.roll_counts(&estate.operator, beside).await), ErrorCode::NotAllowed, "operators see no roll");
    }

    async fn roles_are_granted_by_those_who_may(world: World) {
        let estate = world.estate().await;
        world.sign_up("anna").await;
        let grant = |role| RoleGrant { login: "anna".to_owned(), role, area: estate.area };
        assert_eq!(refused(world.service.grant_role(&estate.clerk, grant(Role::Clerk)).await), ErrorCode::NotAllowed);
        world.service.grant_role(&estate.operator, grant(Role::CommitteeLead)).await.expect("granted");
        let anna = world.sign_in("anna").await;
        assert_eq!(refused(world.service.grant_role(&anna, grant(Role::Supervisor)).await), ErrorCode::NotAllowed, "nobody chooses who watches them");
        assert_eq!(refused(world.service.grant_role(&estate.operator, grant(Role::Resident)).await), ErrorCode::NotAllowed);
        let nobody = RoleGrant { login: "nobody".to_owned(), ..grant(Role::Clerk) };
        assert_eq!(wrong_field(world.service.grant_role(&anna, nobody).await), ("login".to_owned(), "no_account".to_owned()));
        let held = world.service.roles(&anna, estate.area).await.expect("roles");
        let clerk = held.iter().find(|held| held.role == Role::Clerk).expect("the clerk");
        assert_eq!(clerk.login, "c***k");
        world.service.revoke_role(&anna, clerk.account, Role::Clerk, estate.area).await.expect("revoked");
        assert_eq!(refused(world.service.roll_counts(&estate.clerk, estate.area).await), ErrorCode::NotAllowed, "at once");
    }

    async fn areas_stand_below_areas_of_a_higher_kind(world: World) {
        let estate = world.estate().await;
        let form = |parent, kind, name: &str| NewArea { parent: Some(parent), kind, name: name.to_owned() };
        let make = async |form| world.service.create_area(&estate.operator, form).await;
        assert_eq!(wrong_field(make(form(estate.area, AreaKind::City, "x")).await).0, "kind");
        assert_eq!(wrong_field(make(form(estate.area, AreaKind::Building, "")).await).0, "name");
        make(form(estate.area, AreaKind::Building, "3栋")).await.expect("made");
        assert_eq!(wrong_field(make(form(estate.area, AreaKind::Building, "03号楼")).await), ("name".to_owned(), "taken".to_owned()));
        assert_eq!(refused(world.service.create_area(&estate.clerk, form(estate.area, AreaKind::Building, "4")).await), ErrorCode::NotAllowed);
    }

    async fn what_was_done_is_in_a_log_whose_chain_holds(world: World) {
        let estate = world.estate().await;
        world.import(&estate, ROLL).await;
        world.codes(&estate).await;
        let log = world.service.audit_log(&estate.clerk, estate.area, None).await.expect("a page");
        let actions: Vec<&str> = log.lines.iter().map(|line| line.action.as_str()).collect();
        for action in ["issue-letters", "roll-applied", "apply-roll", "upload-roll", "grant-role", "create-area"] {
            assert!(actions.contains(&action), "{action} in {actions:?}");
        }
        let all = format!("{:?}", log.lines);
        for personal in ["张伟", "13800000001", "1980"] {
            assert!(!all.contains(personal), "{personal}");
        }
        // Accounts belong to no area: whoever runs the whole installation sees what was done with them, nobody else.
        assert!(!actions.contains(&"create-operator") && !actions.contains(&"sign-up"), "{actions:?}");
        let log = world.service.audit_log(&estate.operator, estate.area, None).await.expect("a page");
        for action in ["create-operator", "sign-up", "issue-letters"] {
            assert!(log.lines.iter().any(|line| line.action == action), "{action}");
        }
        world.service.revoke_operator("operator").await.expect("revoked");
        assert_eq!(refused(world.service.audit_log(&estate.operator, estate.area, None).await), ErrorCode::NotAllowed);
        let log = world.service.audit_log(&estate.clerk, estate.area, None).await.expect("a page");
        let check = world.service.audit_verify(&estate.clerk).await.expect("checked");
        assert_eq!(check.broken_at, None);
        assert!(check.entries >= log.lines.len() as i64);
    }
}
