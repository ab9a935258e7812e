//! What is chosen, in words.

use crate::i18n::{k, t};
use leptos::prelude::*;
use types::polls::PollQuestion;

/// Every question with its choices.
pub(super) fn choices(questions: &[PollQuestion], choices: &[Vec<u16>]) -> AnyView {
    let row = |(question, marks): (&PollQuestion, &Vec<u16>)| {
        view! { <div class="check-row"><dt>{question.title.clone()}</dt> <dd><strong>{chosen(question, marks)}</strong></dd></div> }
    };
    view! { <dl class="sheet">{questions.iter().zip(choices).map(row).collect_view()}</dl> }.into_any()
}

/// The chosen options of one question, or the word for none.
pub(super) fn chosen(question: &PollQuestion, marks: &[u16]) -> String {
    let text = |mark: &u16| question.options.get(usize::from(*mark)).cloned();
    let names: Vec<String> = marks.iter().filter_map(text).collect();
    match (names.is_empty(), question.min) {
        (false, _) => names.join(t(k::ballot::LIST_AND)),
        (true, 0) => t(k::ballot::CHOSE_NONE).to_owned(),
        (true, _) => t(k::ballot::YOU_CHOSE_NOTHING).to_owned(),
    }
}

/// Whether the number of marks is allowed.
pub(super) fn fits(question: &PollQuestion, marks: &[u16]) -> bool {
    u32::try_from(marks.len()).is_ok_and(|n| (question.min..=question.max).contains(&n))
}

/// The marks after a tap on `option`: a single choice moves, an approval toggles and never goes over the limit.
pub(super) fn tapped(question: &PollQuestion, marks: &[u16], option: u16) -> Vec<u16> {
    if question.min == 1 && question.max == 1 {
        return vec![option];
    }
    let mut marks = marks.to_vec();
    match marks.binary_search(&option) {
        Ok(at) => {
            marks.remove(at);
        }
        Err(at) if u32::try_from(marks.len()).is_ok_and(|n| n < question.max) => marks.insert(at, option),
        Err(_) => {}
    }
    marks
}

#[cfg(test)]
mod tests {
    use super::*;

    fn question(min: u32, max: u32) -> PollQuestion {
        let options = ["东", "西", "都不"].map(str::to_owned).to_vec();
        PollQuestion { title: "井位".to_owned(), options, min, max, yes_no: false }
    }

    #[test]
    fn a_single_choice_moves() {
        assert_eq!(tapped(&question(1, 1), &[0], 2), [2]);
        assert_eq!(tapped(&question(1, 1), &[2], 2), [2]);
    }

    #[test]
    fn an_approval_toggles_up_to_its_limit() {
        let two = question(1, 2);
        assert_eq!(tapped(&two, &[2], 0), [0, 2]);
        assert_eq!(tapped(&two, &[0, 2], 1), [0, 2]);
        assert_eq!(tapped(&two, &[0, 2], 0), [2]);
        assert!(fits(&two, &[0, 2]) && !fits(&two, &[]) && fits(&question(0, 2), &[]));
    }
}
