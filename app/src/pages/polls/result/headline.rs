//! The outcome in one line.

use crate::i18n::{Key, k, t, tf};
use types::polls::{Decision, PollResult, Published, QuestionResult};

/// What happened, as one would say it at the door.
pub(super) fn headline(result: &PollResult) -> String {
    match &result.outcome {
        Published::Pending => t(k::verify::PENDING).to_owned(),
        Published::Withheld { .. } => t(k::verify::HEAD_WITHHELD).to_owned(),
        Published::Totals { questions } => match questions.as_slice() {
            [only] => question(only),
            several => tf(k::verify::HEAD_SEVERAL, &[("n", &several.len())]),
        },
    }
}

/// The outcome of one question.
pub(super) fn question(question: &QuestionResult) -> String {
    let chosen: Vec<_> =
        question.options.iter().filter(|option| option.chosen).map(|option| option.text.clone()).collect();
    let named = |key: Key| tf(key, &[("option", &chosen.first().map_or("", String::as_str))]);
    match question.decision {
        Decision::NoQuorum => t(k::verify::HEAD_NO_QUORUM).to_owned(),
        Decision::Passed if question.yes_no => t(k::verify::HEAD_PASSED_YES).to_owned(),
        Decision::Passed => named(k::verify::HEAD_PASSED),
        Decision::NotPassed => t(k::verify::HEAD_REJECTED).to_owned(),
        Decision::Tie => t(k::verify::HEAD_TIE).to_owned(),
        Decision::Each if chosen.is_empty() => t(k::verify::HEAD_EACH_NONE).to_owned(),
        Decision::Each => {
            let names = chosen.join(t(k::ballot::LIST_AND));
            tf(k::verify::HEAD_EACH, &[("n", &chosen.len()), ("options", &names)])
        }
        Decision::Ranked => {
            let first = question.options.iter().find(|option| option.place == 1).map_or("", |option| &option.text);
            tf(k::verify::HEAD_RANKING, &[("option", &first)])
        }
    }
}
