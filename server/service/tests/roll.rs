//! Importing and reading rolls.

use crate::{
    stories,
    world::{Estate, ROLL, World, csv, refused},
};
use types::{
    ErrorCode,
    roll::{ImportState, ImportView, PersonQuery, TemplateKind},
};

fn reasons(view: &ImportView) -> Vec<(u32, &str, &str)> {
    view.problems.iter().map(|problem| (problem.row, problem.column.as_str(), problem.reason.as_str())).collect()
}

async fn persons(world: &World, estate: &Estate, text: &str) -> Vec<types::roll::PersonView> {
    let query = PersonQuery { area: estate.area, text: text.to_owned(), after: None };
    world.service.persons(&estate.clerk, query).await.expect("a page").persons
}

stories! {
    async fn a_roll_is_checked_shown_and_written_and_again_doubles_nobody(world: World) {
        let estate = world.estate().await;
        let done = world.import(&estate, ROLL).await;
        assert_eq!((done.state, done.added, done.changed, done.unchanged), (ImportState::Done, 3, 0, 0));
        let counts = world.service.roll_counts(&estate.clerk, estate.area).await.expect("counts");
        assert_eq!((counts.persons, counts.households, counts.verified), (3, 2, 0));
        let again = world.import(&estate, ROLL).await;
        assert_eq!((again.added, again.changed, again.unchanged), (0, 0, 3));
        let changed = world.import(&estate, &ROLL.replace("13800000001", "13900000009")).await;
        assert_eq!((changed.added, changed.changed, changed.unchanged), (0, 1, 2));
        let zhang = persons(&world, &estate, "张").await.remove(0);
        assert_eq!(zhang.phone.as_deref(), Some("139****0009"));
        assert_eq!(persons(&world, &estate, "402").await[0].name, "王小明");
    }

    async fn an_identity_number_is_masked_and_finds_its_person_again(world: World) {
        let estate = world.estate().await;
        world.import(&estate, "张伟,3栋,1,401,,,,,是,\n".replace(",,,,,是", ",1949-12-31,,,,是").as_str()).await;
        let numbered = world.import(&estate, "张伟,3栋,1,401,,,11010519491231002X,,是,\n").await;
        assert_eq!((numbered.added, numbered.changed), (0, 1));
        assert_eq!(persons(&world, &estate, "").await[0].id_number.as_deref(), Some("1****************X"));
        let moved = world.import(&estate, "张偉,5栋,2,101,,,11010519491231002x,,是,\n").await;
        assert_eq!((moved.added, moved.changed), (0, 1), "moved, and spelt differently");
        let people = persons(&world, &estate, "").await;
        assert_eq!((people.len(), people[0].building.as_str(), people[0].name.as_str()), (1, "5栋", "张偉"));
    }

    async fn one_wrong_row_and_nothing_can_be_written(world: World) {
        let estate = world.estate().await;
        let lines = "张伟,3栋,1,401,1980-01-01,男,,,是,\n,3栋,1,402,昨天,男,110105194912310021,,也许,\n张伟,3,01单元,401室,1980-01-01,,,,,\n";
        let view = world.read(&estate, "roll.csv", csv(lines)).await;
        assert_eq!(view.state, ImportState::Refused);
        assert_eq!(
            reasons(&view),
            [(3, "姓名", "empty"), (3, "身份证号", "id_check"), (3, "出生日期", "date"), (3, "户代表", "yes_no"), (4, "姓名", "twice")]
        );
        assert_eq!(view.problems[2].value, "昨天");
        assert_eq!(refused(world.service.import_apply(&estate.clerk, view.id).await), ErrorCode::WrongState);
        assert_eq!(world.service.roll_counts(&estate.clerk, estate.area).await.expect("counts").persons, 0);
    }

    async fn strange_files_are_refused_in_words(world: World) {
        let estate = world.estate().await;
        for (name, bytes) in [("x.png", &b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0"[..]), ("x.pdf", b"%PDF-1.7 \xff\xfe"), ("x", b"")] {
            let answer = world.service.import_preview(&estate.clerk, estate.area, name, bytes.to_vec()).await;
            assert_eq!(refused(answer), ErrorCode::WrongFile, "{name}");
        }
        let large = world.service.import_preview(&estate.clerk, estate.area, "x.csv", vec![b'a'; (32 << 20) + 1]).await;
        assert_eq!(refused(large), ErrorCode::TooLarge);
        for (bytes, reason) in [
            (&b"PK\x03\x04 broken"[..], "file_broken"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 broken", "file_broken"),
            (b"a,b\n1,2\n", "column_missing"),
            ("姓名,楼栋,房号,出生日期\n".as_bytes(), "file_empty"),
        ] {
            let view = world.read(&estate, "roll.xlsx", bytes.to_vec()).await;
            assert_eq!((view.state, view.problems[0].reason.as_str()), (ImportState::Refused, reason));
        }
    }

    async fn a_template_with_its_examples_is_refused_and_without_them_passes(world: World) {
        let estate = world.estate().await;
        for kind in [TemplateKind::Xlsx, TemplateKind::Csv] {
            let bytes = world.service.roll_template(kind).await.expect("a template");
            let view = world.read(&estate, "template", bytes).await;
            assert_eq!((view.state, reasons(&view)), (ImportState::Refused, vec![(2, "备注", "example"), (3, "备注", "example")]));
        }
        let bytes = world.service.roll_template(TemplateKind::Csv).await.expect("a template");
        let filled = String::from_utf8(bytes).expect("UTF-8").replace("示例，请删除", "");
        let view = world.read(&estate, "filled", filled.into_bytes()).await;
        assert_eq!((view.state, view.rows, view.added), (ImportState::Ready, 2, 2), "{:?}", view.problems);
        world.service.import_cancel(&estate.clerk, view.id).await.expect("given up");
        assert_eq!(refused(world.service.import_apply(&estate.clerk, view.id).await), ErrorCode::WrongState);
    }

    async fn what_a_file_has_no_column_for_stays_on_the_roll(world: World) {
        let estate = world.estate().await;
        world.import(&estate, "张伟,3栋,1,401,1980-01-01,男,,13800000001,是,轮椅\n").await;
        let short = "姓名,楼栋,单元,房号,出生日期\n张伟,3栋,1,401,1980-02-02\n";
        for changed in [1, 0] {
            let view = world.read(&estate, "short.csv", short.as_bytes().to_vec()).await;
            assert_eq!((view.changed, view.unchanged), (changed, 1 - changed));
            world.service.import_apply(&estate.clerk, view.id).await.expect("begun");
            world.work().await;
            let zhang = persons(&world, &estate, "").await.remove(0);
            assert_eq!((&*zhang.birth, &*zhang.gender, zhang.representative, &*zhang.note), ("1980-02-02", "m", true, "轮椅"));
            assert_eq!(zhang.phone.as_deref(), Some("138****0001"));
        }
        world.import(&estate, "张伟,3栋,1,401,1980-02-02,,,,否,\n").await;
        let zhang = persons(&world, &estate, "").await.remove(0);
        assert_eq!((&*zhang.gender, zhang.representative, &*zhang.note), ("", false, ""), "an empty cell says that there is nothing");
    }

    async fn a_roll_that_changed_since_the_check_refuses_with_the_reason(world: World) {
        let estate = world.estate().await;
        let form = types::roll::NewArea { parent: None, kind: types::roll::AreaKind::Estate, name: "别的小区".to_owned() };
        let area = world.service.create_area(&estate.operator, form).await.expect("an area").id;
        let grant = types::identity::RoleGrant { login: "clerk".to_owned(), role: types::identity::Role::Clerk, area };
        world.service.grant_role(&estate.operator, grant).await.expect("granted");
        let beside = Estate { area, operator: estate.operator.clone(), clerk: estate.clerk.clone() };
        let line = "张伟,1栋,1,1,,,11010519491231002X,,,\n";
        let checked = world.read(&beside, "roll.csv", csv(line)).await;
        assert_eq!(checked.state, ImportState::Ready);
        world.import(&estate, line).await;
        world.service.import_apply(&beside.clerk, checked.id).await.expect("begun");
        world.work().await;
        let view = world.service.import_status(&beside.clerk, checked.id).await.expect("a status");
        assert_eq!((view.state, view.problem_count, reasons(&view)), (ImportState::Refused, 1, vec![(2, "", "elsewhere")]));
        assert_eq!(world.service.roll_counts(&beside.clerk, area).await.expect("counts").persons, 0);
    }

    async fn people_on_anothers_roll_stand_in_the_way(world: World) {
        let estate = world.estate().await;
        world.import(&estate, "张伟,3栋,1,401,,,11010519491231002X,,是,\n").await;
        let form = types::roll::NewArea { parent: None, kind: types::roll::AreaKind::Estate, name: "别的小区".to_owned() };
        let area = world.service.create_area(&estate.operator, form).await.expect("an area").id;
        let grant = types::identity::RoleGrant { login: "clerk".to_owned(), role: types::identity::Role::Clerk, area };
        world.service.grant_role(&estate.operator, grant).await.expect("granted");
        let beside = Estate { area, operator: estate.operator.clone(), clerk: estate.clerk.clone() };
        let view = world.read(&beside, "roll.csv", csv("李芳,1栋,1,1,1980-01-01,,,,,\n张伟,1栋,1,1,,,11010519491231002X,,,\n")).await;
        assert_eq!((view.state, reasons(&view)), (ImportState::Refused, vec![(3, "", "elsewhere")]));
    }

    async fn thousands_of_rows_are_read_with_progress_and_listed_by_pages(world: World) {
        let estate = world.estate().await;
        let lines: String = (0..5000).map(|n| format!("居民{n:04},{}栋,1,{},1980-01-01,,,,,\n", n / 500 + 1, n % 500 + 1)).collect();
        let done = world.import(&estate, &lines).await;
        assert_eq!((done.state, done.rows, done.rows_done, done.added), (ImportState::Done, 5000, 5000, 5000));
        let (mut seen, mut after) = (Vec::new(), None);
        loop {
            let query = PersonQuery { area: estate.area, text: "居民1".to_owned(), after };
            let page = world.service.persons(&estate.clerk, query).await.expect("a page");
            seen.extend(page.persons.into_iter().map(|person| person.name));
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        let expected: Vec<String> = (1000..2000).map(|n| format!("居民{n:04}")).collect();
        assert_eq!(seen, expected);
    }
}
