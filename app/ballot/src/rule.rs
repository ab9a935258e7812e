//! From totals to an outcome, by the manifest's rule and nothing else: exact integers, no rounding.

use crate::Manifest;
use crate::entry::{Outcome, Verdict};
use crate::manifest::{Base, Decides, Fraction, Question, Rule, TieBreak};

/// What is compared with a fraction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "kebab-case"))]
pub enum CheckKind {
    /// Ballots against the roll.
    Quorum,
    /// An option's votes against those taking part.
    OfBallots,
    /// An option's votes against the roll.
    OfRoll,
}

/// One comparison, for a page to put into words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Check {
    /// What is compared.
    pub kind: CheckKind,
    /// The option, for votes.
    pub option: Option<u16>,
    /// Ballots or votes.
    pub have: u64,
    /// The fewest that are enough.
    pub need: u64,
    /// The whole that `need` is a share of.
    pub of: u64,
    /// The share.
    pub fraction: (u32, u32),
    /// More than the share (true), or at least (false).
    pub strict: bool,
    /// Whether it is enough.
    pub ok: bool,
}

/// One question's outcome, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct QuestionDecision {
    /// Votes of each option.
    pub totals: Vec<u32>,
    /// Verdict and options.
    pub outcome: Outcome,
    /// What was compared to come to it.
    pub checks: Vec<Check>,
}

/// The poll's outcome.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Decision {
    /// Slots of the roll.
    pub slots: u32,
    /// Ballots that count: those taking part.
    pub counted: u32,
    /// The quorum, where the rule has one.
    pub quorum: Option<Check>,
    /// One for each question.
    pub questions: Vec<QuestionDecision>,
}

fn check(kind: CheckKind, option: Option<u16>, fraction: Fraction, have: u64, of: u64) -> Check {
    let Fraction { num, den, strict } = fraction;
    Check {
        kind,
        option,
        have,
        need: fraction.need(of),
        of,
        fraction: (num, den),
        strict,
        ok: fraction.is_met(have, of),
    }
}

/// Applies the rule. `slots` are those of the roll, `counted` the ballots that count, `totals` the votes of each
/// option of each question.
#[must_use]
pub fn decide(manifest: &Manifest, slots: u32, counted: u32, totals: &[&[u32]]) -> Decision {
    let rule = &manifest.rule;
    let quorum = rule.quorum.map(|f| check(CheckKind::Quorum, None, f, counted.into(), slots.into()));
    let met = quorum.is_none_or(|check| check.ok);
    let pairs = manifest.questions.iter().zip(totals);
    let questions = pairs.map(|(question, totals)| one(rule, question, totals, (slots, counted), met)).collect();
    Decision { slots, counted, quorum, questions }
}

fn one(
    rule: &Rule,
    question: &Question,
    totals: &[u32],
    (slots, counted): (u32, u32),
    quorum: bool,
) -> QuestionDecision {
    let votes = |option: u16| u64::from(totals.get(usize::from(option)).copied().unwrap_or(0));
    let options = 0..u16::try_from(totals.len()).unwrap_or(u16::MAX);
    let passing = |option: u16| {
        let pass = rule.pass?;
        let (kind, of) = match pass.base {
            Base::Ballots => (CheckKind::OfBallots, counted),
            Base::Roll => (CheckKind::OfRoll, slots),
        };
        Some(check(kind, Some(option), pass.fraction, votes(option), of.into()))
    };
    let verdict = |ok: bool| {
        if ok { Verdict::Passed } else { Verdict::NotPassed }
    };
    let single = |option: u16| {
        let check = passing(option);
        let ok = check.is_none_or(|c| c.ok);
        (verdict(ok), if ok { vec![option] } else { Vec::new() }, check.into_iter().collect())
    };
    let (verdict, chosen, checks): (_, _, Vec<Check>) = match question.decides {
        Decides::Ranking => {
            let mut order: Vec<u16> = options.collect();
            order.sort_by_key(|option| std::cmp::Reverse(votes(*option)));
            (Verdict::Ranked, order, Vec::new())
        }
        Decides::Yes => single(question.yes.unwrap_or(0)),
        Decides::Each => {
            let checks: Vec<Check> = options.filter_map(passing).collect();
            (Verdict::Each, checks.iter().filter(|c| c.ok).filter_map(|c| c.option).collect(), checks)
        }
        Decides::Plurality => {
            let most = options.clone().map(votes).max().unwrap_or(0);
            let first: Vec<u16> = options.filter(|option| votes(*option) == most).collect();
            match (first.as_slice(), rule.tie) {
                ([option], _) | ([option, ..], TieBreak::ListedFirst) => single(*option),
                _ => (Verdict::Tie, first, Vec::new()),
            }
        }
    };
    // Without a quorum nothing is decided; an order is no decision.
    let outcome = match verdict {
        Verdict::Ranked => Outcome { verdict, chosen },
        _ if !quorum => Outcome { verdict: Verdict::NoQuorum, chosen: Vec::new() },
        _ => Outcome { verdict, chosen },
    };
    QuestionDecision { totals: totals.to_vec(), outcome, checks }
}
