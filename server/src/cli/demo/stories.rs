//! The three polls of 青禾社区: what they ask, and how people answer.

use super::people::Dice;
use types::polls::{Electorate, PollDraft, QuestionDraft, QuestionKind, RulePreset};

/// The drawing in the text about the handrails.
pub(super) const HANDRAILS_DRAWING: &[u8] = include_bytes!("texts/handrails.png");

/// Open: handrails in the walk-ups; one vote per household; yes, no, abstain.
pub(super) fn handrails() -> PollDraft {
    PollDraft {
        title: "1—6 号楼楼道加装扶手和歇脚座椅".to_owned(),
        text: include_str!("texts/handrails.md").to_owned(),
        questions: vec![QuestionDraft {
            title: "是否同意按上述方案，在 1—6 号楼 18 个门洞加装扶手、折叠座椅和防滑条？".to_owned(),
            kind: QuestionKind::YesNo,
            options: Vec::new(),
        }],
        rule: RulePreset::HouseholdRepresentatives,
        ..draft(Electorate::Households)
    }
}

/// Finished: which of six small works first; up to three each; an order, no decision.
pub(super) fn small_works() -> PollDraft {
    let options =
        ["7 号楼东侧健身角", "充电棚扩容和消防", "南门路灯换亮", "小广场遮阳廊", "每月便民服务日", "社区书屋周末开门"];
    PollDraft {
        title: "明年的民生微实事先办哪几件".to_owned(),
        text: include_str!("texts/small_works.md").to_owned(),
        questions: vec![QuestionDraft {
            title: "您最希望先办的小事（选一到三件）".to_owned(),
            kind: QuestionKind::Approval { min: 1, max: 3 },
            options: options.map(str::to_owned).to_vec(),
        }],
        rule: RulePreset::Advisory,
        ..draft(Electorate::Residents)
    }
}

/// Open, system key: the day of the New Year party.
pub(super) fn new_year() -> PollDraft {
    PollDraft {
        title: "新春联欢哪天办".to_owned(),
        text: include_str!("texts/new_year.md").to_owned(),
        questions: vec![QuestionDraft {
            title: "您希望联欢办在哪一天？".to_owned(),
            kind: QuestionKind::Single,
            options: ["周六下午两点", "周日晚上七点", "小年当天晚上六点半"].map(str::to_owned).to_vec(),
        }],
        rule: RulePreset::Advisory,
        key: types::polls::KeyDraft::System,
        ..draft(Electorate::Residents)
    }
}

fn draft(electorate: Electorate) -> PollDraft {
    let mut draft = PollDraft { language: "zh-Hans".to_owned(), ..PollDraft::default() };
    draft.eligibility.electorate = electorate;
    draft
}

/// A household's answer about the handrails: most say yes.
pub(super) fn about_handrails(dice: &mut Dice) -> Vec<u16> {
    vec![match dice.below(20) {
        0..14 => 0,
        14..18 => 1,
        _ => 2,
    }]
}

/// One to three of the six small works; the charging shed and the street lamps are what people talk about.
pub(super) fn about_small_works(dice: &mut Dice) -> Vec<u16> {
    let liked = [1, 1, 1, 2, 2, 2, 0, 0, 3, 4, 4, 5];
    let mut chosen: Vec<u16> = (0..=dice.below(3)).map(|_| liked[dice.below(liked.len())]).collect();
    chosen.sort_unstable();
    chosen.dedup();
    chosen
}

/// A day for the party.
pub(super) fn about_new_year(dice: &mut Dice) -> Vec<u16> {
    vec![[0, 0, 1, 1, 1, 2][dice.below(6)]]
}
