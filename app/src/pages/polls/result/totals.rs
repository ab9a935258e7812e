//! How people chose: bars with numbers, and the same as a table.

use super::headline;
use crate::i18n::{k, t, tf};
use crate::parts::{Bar, Table, Threshold, number, percent};
use leptos::prelude::*;
use types::polls::{Decision, OptionResult, QuestionResult, RuleCheck, RuleCheckKind};

/// The totals of one question.
#[component]
pub(super) fn Totals(question: QuestionResult, voted: u64) -> impl IntoView {
    let support = question.checks.iter().find(|check| check.kind == RuleCheckKind::Support);
    let whole = support.map_or(voted, |check| check.of);
    let need = support.map(threshold);
    // Ranked: the order is the result. Everything else keeps the order of the ballot.
    let mut options = question.options.clone();
    if question.decision == Decision::Ranked {
        options.sort_by_key(|option| option.place);
    }
    let bars = options.iter().enumerate().map(|(i, option)| {
        let neutral = question.yes_no && i == 2;
        let need = need.filter(|_| !question.yes_no || i == 0);
        view! { <Bar label=option.text.clone() part=option.votes whole need first=option.chosen neutral/> }
    });
    let bars = bars.collect_view();
    let row = |option: &OptionResult| {
        let share = percent(option.votes, whole);
        view! {
            <tr>
                <th scope="row">{option.text.clone()}</th>
                <td class="num">{number(option.votes)}</td>
                <td class="num">{share}</td>
                <td class="num">{option.place}</td>
            </tr>
        }
    };
    let rows = options.iter().map(row).collect_view();
    let head =
        [k::verify::OPTION, k::verify::VOTES, k::verify::SHARE, k::verify::PLACE].map(|key| t(key).to_owned()).to_vec();
    view! {
        <div class="sheet">
            <h2>{question.title.clone()}</h2>
            <p><strong>{headline::question(&question)}</strong> " " <span class="quiet">{tf(k::verify::TOTALS_OF, &[("n", &number(whole))])}</span></p>
            {bars}
            <details>
                <summary>{t(k::verify::AS_TABLE)}</summary>
                <Table caption=question.title.clone() head>{rows}</Table>
            </details>
        </div>
    }
}

fn threshold(check: &RuleCheck) -> Threshold {
    Threshold { num: check.need_num, den: check.need_den, strict: check.strict }
}
