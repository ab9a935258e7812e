//! How many of how many, against what is needed. Drawn as SVG with plain attributes: the content security policy
//! allows no style attributes.

use crate::i18n::{k, t, tf};
use leptos::prelude::*;
use types::polls::RulePreset;

/// A share that is needed: more than, or at least, `num/den`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Threshold {
    /// The share's upper number.
    pub(crate) num: u64,
    /// The share's lower number.
    pub(crate) den: u64,
    /// More than, not at least.
    pub(crate) strict: bool,
}

/// The turnout that a rule asks for; docs/BALLOT.md has the rules to the letter.
pub(crate) const fn quorum(rule: RulePreset) -> Option<Threshold> {
    match rule {
        RulePreset::ResidentsMeeting | RulePreset::HouseholdRepresentatives => {
            Some(Threshold { num: 1, den: 2, strict: true })
        }
        RulePreset::VillageHouseholds => Some(Threshold { num: 2, den: 3, strict: false }),
        RulePreset::Advisory => None,
    }
}

/// `part` of `whole` as `61%` or `66.7%`, cut off and not rounded, so that 49.99 % never reads as 50 %.
pub(crate) fn percent(part: u64, whole: u64) -> String {
    let tenths = if whole == 0 { 0 } else { u128::from(part) * 1_000 / u128::from(whole) };
    match tenths % 10 {
        0 => format!("{}%", tenths / 10),
        rest => format!("{}.{rest}%", tenths / 10),
    }
}

fn share(part: u64, whole: u64) -> f64 {
    if whole == 0 { 0.0 } else { (part as f64 / whole as f64 * 100.0).min(100.0) }
}

fn needed(need: Threshold) -> String {
    // Rounded up: reaching the number that is shown must be enough.
    let tenths = (u128::from(need.num) * 1_000).div_ceil(u128::from(need.den.max(1)));
    let share =
        if tenths % 10 == 0 { format!("{}%", tenths / 10) } else { format!("{}.{}%", tenths / 10, tenths % 10) };
    tf(if need.strict { k::parts::NEED_MORE } else { k::parts::NEED }, &[("share", &share)])
}

fn drawing(label: String, at: f64, tick: Option<f64>, look: &'static str) -> impl IntoView {
    view! {
        <svg class=format!("gauge {look}") role="img" aria-label=label>
            <rect class="track" width="100%" height="100%"></rect>
            <rect class="fill" width=format!("{at:.2}%") height="100%"></rect>
            {tick.map(|tick| view! { <rect class="tick" x=format!("{tick:.2}%") width="3" height="100%"></rect> })}
        </svg>
    }
}

/// Turnout or agreement: words, share, what is needed, and the bar with the threshold as a tick.
#[component]
pub(crate) fn Gauge(
    /// What is counted, e.g. "已投 418 户，按户数".
    #[prop(into)]
    label: String,
    /// How many.
    part: u64,
    /// Of how many.
    whole: u64,
    /// What is needed.
    #[prop(optional_no_strip, into)]
    need: Option<Threshold>,
) -> impl IntoView {
    let share_text = percent(part, whole);
    let need_text = need.map(needed);
    let spoken = [label.as_str(), &share_text, need_text.as_deref().unwrap_or_default()].join(" ");
    let tick = need.map(|need| share(need.num, need.den));
    view! {
        <div class="gauge-box">
            <p class="gauge-line">
                <span>{label}</span>
                <span class="num"><strong>{share_text}</strong> " " {need_text.map(|text| view! { <small>{text}</small> })}</span>
            </p>
            {drawing(spoken, share(part, whole), tick, "")}
        </div>
    }
}

/// An option's bar in a result: its name, its number, its share.
#[component]
pub(crate) fn Bar(
    /// The option.
    #[prop(into)]
    label: String,
    /// How many chose it.
    part: u64,
    /// Of how many.
    whole: u64,
    /// What is needed, as a tick.
    #[prop(optional_no_strip, into)]
    need: Option<Threshold>,
    /// It won: the strong colour.
    #[prop(optional)]
    first: bool,
    /// It says neither yes nor no: the grey colour.
    #[prop(optional)]
    neutral: bool,
) -> impl IntoView {
    let number = tf(k::parts::VOTES, &[("n", &super::number(part))]);
    let share_text = percent(part, whole);
    let spoken = format!("{label} {number} {share_text}");
    let look = if first {
        "first"
    } else if neutral {
        "neutral"
    } else {
        "other"
    };
    view! {
        <div class="gauge-box">
            <p class="gauge-line">
                <span class:chosen=first>{label} {first.then(|| view! { <span class="visually-hidden">{t(k::parts::LEADS)}</span> })}</span>
                <span class="num">{number} " " <strong>{share_text}</strong></span>
            </p>
            {drawing(spoken, share(part, whole), need.map(|need| share(need.num, need.den)), look)}
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::percent;

    #[test]
    fn a_share_is_never_shown_larger_than_it_is() {
        assert_eq!(
            [percent(418, 685), percent(1, 2), percent(4_999, 10_000), percent(2, 3), percent(1, 0)],
            ["61%", "50%", "49.9%", "66.6%", "0%"]
        );
    }
}
