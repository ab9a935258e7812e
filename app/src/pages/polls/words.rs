//! What polls say of themselves, in sentences.

use crate::i18n::{Key, k, t, tf};
use crate::parts::{Threshold, number, quorum, time};
use leptos::prelude::*;
use types::Timestamp;
use types::polls::{Electorate, KeyHolder, PollCard, PollPage, PollQuestion, PollState, RulePreset, Turnout};

/// The name of a deciding rule.
pub(crate) const fn preset(rule: RulePreset) -> Key {
    match rule {
        RulePreset::ResidentsMeeting => k::polls::PRESET_RESIDENTS_MEETING,
        RulePreset::HouseholdRepresentatives => k::polls::PRESET_HOUSEHOLDS,
        RulePreset::VillageHouseholds => k::polls::PRESET_HOUSEHOLDS_VILLAGE,
        RulePreset::Advisory => k::polls::PRESET_ADVISORY,
    }
}

/// Where a poll stands.
pub(crate) const fn state(state: PollState) -> Key {
    match state {
        PollState::Draft => k::polls::STATE_DRAFT,
        PollState::Ceremony => k::polls::STATE_CEREMONY,
        PollState::Roll => k::polls::STATE_CEREMONY_DONE,
        PollState::Signing => k::polls::STATE_ROLL_FROZEN,
        PollState::Scheduled => k::parts::STATE_SCHEDULED,
        PollState::Open => k::parts::STATE_OPEN,
        PollState::Counting => k::parts::STATE_CLOSED,
        PollState::Finished => k::parts::STATE_RESULT,
        PollState::Lapsed => k::parts::STATE_STOPPED,
    }
}

/// How many options a question asks for.
pub(crate) fn how_many(question: &PollQuestion) -> String {
    let PollQuestion { min, max, .. } = question;
    match (min, max) {
        (1, 1) => t(k::polls::QUESTION_SINGLE).to_owned(),
        (0, max) => tf(k::polls::QUESTION_UPTO, &[("max", max)]),
        (min, max) if min == max => tf(k::polls::QUESTION_EXACT, &[("max", max)]),
        (min, max) => tf(k::polls::QUESTION_RANGE, &[("min", min), ("max", max)]),
    }
}

/// A threshold: "超过一半".
pub(crate) fn threshold(num: u64, den: u64, strict: bool) -> String {
    match (num, den, strict) {
        (1, 2, true) => t(k::polls::SHARE_HALF_MORE).to_owned(),
        (2, 3, false) => t(k::polls::SHARE_TWO_THIRDS).to_owned(),
        (3, 4, false) => t(k::polls::SHARE_THREE_QUARTERS).to_owned(),
        (num, den, true) => tf(k::polls::SHARE_MORE, &[("num", &num), ("den", &den)]),
        (num, den, false) => tf(k::polls::SHARE_LEAST, &[("num", &num), ("den", &den)]),
    }
}

/// How many have voted: "已投 418 / 685".
pub(crate) fn turnout(turnout: &Turnout) -> String {
    tf(k::polls::TURNOUT, &[("n", &number(turnout.voted)), ("all", &number(turnout.slots))])
}

/// The smallest count that reaches a threshold of `slots`.
const fn needed(need: Threshold, slots: u64) -> u64 {
    if need.strict { slots * need.num / need.den + 1 } else { (slots * need.num).div_ceil(need.den) }
}

/// What every page of a poll says whose key the server holds.
pub(crate) fn system_label(key: KeyHolder) -> Option<AnyView> {
    (key == KeyHolder::System)
        .then(|| view! { <p class="system-label" role="note">{t(k::parts::SYSTEM_LABEL)}</p> }.into_any())
}

/// The size of a file: "312 kB", "1.4 MB".
pub(crate) fn file_size(bytes: u64) -> String {
    let kilo = bytes.div_ceil(1000);
    if kilo < 1000 { format!("{kilo} kB") } else { format!("{}.{} MB", kilo / 1000, kilo % 1000 / 100) }
}

/// The rule, sentence by sentence: who must take part, what passes, ties, abstentions, small groups.
pub(crate) fn rule(page: &PollPage) -> Vec<String> {
    let majority = t(k::polls::SHARE_HALF_MORE);
    let slots = page.card.turnout.slots;
    let mut lines = vec![match (quorum(page.rule), page.electorate) {
        (None, _) => t(k::polls::RULE_NO_QUORUM).to_owned(),
        (Some(q), electorate) => {
            let key = match electorate {
                Electorate::Residents => k::polls::RULE_QUORUM_RESIDENTS,
                Electorate::Households => k::polls::RULE_QUORUM_HOUSEHOLDS,
            };
            let mut line = tf(key, &[("share", &threshold(q.num, q.den, q.strict))]);
            if slots > 0 {
                line.push_str(&tf(
                    k::polls::RULE_QUORUM_COUNT,
                    &[("need", &number(needed(q, slots))), ("all", &number(slots))],
                ));
            }
            line
        }
    }];
    lines.extend(page.questions.iter().map(|question| match (page.rule, question.yes_no, question.max) {
        (RulePreset::Advisory, ..) => t(k::polls::RULE_RANKING).to_owned(),
        (_, true, _) => {
            let yes = question.options.first().cloned().unwrap_or_default();
            tf(k::polls::RULE_YES_BALLOTS, &[("option", &yes), ("share", &majority)])
        }
        (_, _, 1) => tf(k::polls::RULE_PLURALITY_BALLOTS, &[("share", &majority)]),
        _ => tf(k::polls::RULE_EACH_BALLOTS, &[("share", &majority)]),
    }));
    lines.dedup();
    if page.rule != RulePreset::Advisory {
        if page.questions.iter().any(|question| !question.yes_no && question.max == 1) {
            lines.push(t(k::polls::RULE_TIE_NONE).to_owned());
        }
        lines.push(t(k::polls::RULE_ABSTAIN).to_owned());
    }
    lines.push(tf(k::polls::RULE_MIN_GROUP, &[("n", &page.min_group)]));
    lines
}

/// The rule in one paragraph, for the ballot.
pub(crate) fn rule_short(page: &PollPage) -> String {
    let lines = rule(page);
    format!("{}：{}", t(k::polls::RULE), lines.into_iter().take(2).collect::<String>())
}

/// What each outcome means.
pub(crate) fn meanings(rule: RulePreset) -> Vec<&'static str> {
    match rule {
        RulePreset::Advisory => vec![t(k::polls::MEANS_ADVISORY)],
        _ => vec![t(k::polls::MEANS_PASS), t(k::polls::MEANS_FAIL), t(k::polls::MEANS_NO_QUORUM)],
    }
}

/// What is read aloud: title, text without its marks, questions with their options, the rule.
pub(crate) fn spoken(page: &PollPage) -> String {
    let text: String = page.text.chars().filter(|c| !matches!(c, '#' | '*' | '_' | '`' | '>' | '|')).collect();
    let questions = page.questions.iter().map(|q| format!("{}\n{}", q.title, q.options.join("。\n")));
    let parts = [page.card.title.clone(), text, questions.collect::<Vec<_>>().join("。\n"), rule(page).concat()];
    parts.join("。\n")
}

/// When a poll opens, closes, or closed: "今晚 8 点截止".
pub(crate) fn when_line(card: &PollCard, now: Timestamp) -> String {
    let (key, at) = match card.state {
        PollState::Open => (k::parts::WHEN_CLOSES, card.closes_at),
        PollState::Counting | PollState::Finished => (k::polls::WHEN_CLOSED, card.closes_at),
        PollState::Lapsed | PollState::Draft => return String::new(),
        _ => (k::parts::WHEN_OPENS, card.opens_at),
    };
    tf(key, &[("when", &time::when(at, now))])
}

#[cfg(test)]
mod tests {
    use super::*;

    const HALF: Threshold = Threshold { num: 1, den: 2, strict: true };
    const TWO_THIRDS: Threshold = Threshold { num: 2, den: 3, strict: false };

    #[test]
    fn a_quorum_is_the_smallest_count_that_reaches_it() {
        assert_eq!(needed(HALF, 10), 6);
        assert_eq!(needed(HALF, 11), 6);
        assert_eq!(needed(TWO_THIRDS, 10), 7);
        assert_eq!(needed(TWO_THIRDS, 9), 6);
    }
}
