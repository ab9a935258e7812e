//! The rule, applied sentence by sentence, and what happens next.

use crate::i18n::{Key, k, t, tf};
use crate::pages::polls::words;
use crate::parts::{number, percent};
use leptos::prelude::*;
use types::polls::{Decision, QuestionResult, RuleCheck, RuleCheckKind, RulePreset};

/// Every check with its numbers, the conclusion, the next step.
#[component]
pub(super) fn Applied(question: QuestionResult, rule: RulePreset) -> impl IntoView {
    let lines = question.checks.iter().map(|check| {
        let sign = if check.passed { "✓ " } else { "✕ " };
        view! { <li><span aria-hidden="true" class:ok=check.passed>{sign}</span> {sentence(check)}</li> }
    });
    let passed = question.options.iter().filter(|option| option.chosen).count();
    let (conclusion, next) = conclusion(question.decision);
    let name = t(words::preset(rule));
    view! {
        <section>
            <h2>{t(k::verify::RULE)}</h2>
            <ul class="plain-list">{lines.collect_view()}</ul>
            <p><strong>{tf(conclusion, &[("rule", &name), ("n", &passed)])}</strong></p>
            <h3>{t(k::verify::NEXT)}</h3>
            <p>{t(next)}</p>
        </section>
    }
}

fn sentence(check: &RuleCheck) -> String {
    let key = match (check.kind, check.passed) {
        (RuleCheckKind::Turnout, true) => k::verify::CHECK_TURNOUT_OK,
        (RuleCheckKind::Turnout, false) => k::verify::CHECK_TURNOUT_NO,
        (RuleCheckKind::Support, true) => k::verify::CHECK_SUPPORT_OK,
        (RuleCheckKind::Support, false) => k::verify::CHECK_SUPPORT_NO,
    };
    let option = check.option.clone().unwrap_or_default();
    let need = words::threshold(check.need_num, check.need_den, check.strict);
    let (have, of, share) = (number(check.have), number(check.of), percent(check.have, check.of));
    tf(key, &[("option", &option), ("have", &have), ("of", &of), ("share", &share), ("need", &need)])
}

const fn conclusion(decision: Decision) -> (Key, Key) {
    match decision {
        Decision::NoQuorum => (k::verify::DECISION_NO_QUORUM, k::verify::NEXT_NO_QUORUM),
        Decision::Passed => (k::verify::DECISION_PASSED, k::verify::NEXT_PASSED),
        Decision::NotPassed => (k::verify::DECISION_REJECTED, k::verify::NEXT_REJECTED),
        Decision::Tie => (k::verify::DECISION_TIE, k::verify::NEXT_TIE),
        Decision::Each => (k::verify::DECISION_EACH, k::verify::NEXT_PASSED),
        Decision::Ranked => (k::verify::DECISION_RANKING, k::verify::NEXT_RANKING),
    }
}
