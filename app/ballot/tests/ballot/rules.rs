//! The deciding rules at their edges.

use crate::world::draft;
use ballot::entry::{Outcome, Verdict};
use ballot::manifest::{Decides, Fraction, Kind, Preset, Rule, TieBreak, Unit};
use ballot::rule::decide;
use ballot::{Draft, Manifest};

fn manifest(act: impl FnOnce(&mut Draft)) -> Manifest {
    let mut draft = draft((2, 3));
    draft.questions.truncate(1);
    act(&mut draft);
    Manifest::parse(&draft.to_bytes().unwrap()).unwrap()
}

fn outcome(manifest: &Manifest, slots: u32, counted: u32, totals: &[u32]) -> Outcome {
    decide(manifest, slots, counted, &[totals]).questions.remove(0).outcome
}

fn verdict(manifest: &Manifest, slots: u32, counted: u32, totals: &[u32]) -> Verdict {
    outcome(manifest, slots, counted, totals).verdict
}

#[test]
fn a_residents_meeting_needs_more_than_half_and_more_than_half_of_those() {
    let meeting = manifest(|_| {});
    assert_eq!(verdict(&meeting, 100, 50, &[50, 0, 0]), Verdict::NoQuorum);
    assert_eq!(verdict(&meeting, 100, 51, &[26, 25, 0]), Verdict::Passed);
    assert_eq!(verdict(&meeting, 100, 52, &[26, 20, 6]), Verdict::NotPassed);
    let decision = decide(&meeting, 100, 52, &[&[26, 20, 6]]);
    let quorum = decision.quorum.unwrap();
    assert_eq!((quorum.have, quorum.need, quorum.of, quorum.ok), (52, 51, 100, true));
    let check = decision.questions[0].checks[0];
    assert_eq!((check.option, check.have, check.need, check.of, check.ok), (Some(0), 26, 27, 52, false));
}

#[test]
fn village_households_need_two_thirds_exactly() {
    let village = manifest(|d| {
        d.rule = Rule::of(Preset::HouseholdsVillage).unwrap();
        d.electorate.kind = Unit::Households;
    });
    assert_eq!(verdict(&village, 100, 66, &[66, 0, 0]), Verdict::NoQuorum);
    assert_eq!(verdict(&village, 100, 67, &[34, 33, 0]), Verdict::Passed);
    assert_eq!(verdict(&village, 99, 66, &[34, 32, 0]), Verdict::Passed);
}

#[test]
fn plurality_ties_are_ties_unless_the_rule_breaks_them() {
    let plurality = |tie| {
        manifest(|d| {
            d.rule = Rule { preset: Preset::Custom, quorum: None, pass: None, tie };
            (d.questions[0].decides, d.questions[0].yes) = (Decides::Plurality, None);
        })
    };
    let open = plurality(TieBreak::None);
    assert_eq!(outcome(&open, 50, 30, &[10, 12, 8]), Outcome { verdict: Verdict::Passed, chosen: vec![1] });
    assert_eq!(outcome(&open, 50, 30, &[12, 6, 12]), Outcome { verdict: Verdict::Tie, chosen: vec![0, 2] });
    let listed = plurality(TieBreak::ListedFirst);
    assert_eq!(outcome(&listed, 50, 30, &[6, 12, 12]), Outcome { verdict: Verdict::Passed, chosen: vec![1] });
}

#[test]
fn approval_decides_each_option_by_itself_and_advice_only_ranks() {
    let each = manifest(|d| {
        let q = &mut d.questions[0];
        (q.kind, q.min, q.max, q.decides, q.yes) = (Kind::Approval, 0, 3, Decides::Each, None);
    });
    assert_eq!(outcome(&each, 50, 30, &[16, 15, 30]), Outcome { verdict: Verdict::Each, chosen: vec![0, 2] });
    let advice = manifest(|d| {
        d.rule = Rule::of(Preset::Advisory).unwrap();
        (d.questions[0].decides, d.questions[0].yes) = (Decides::Ranking, None);
    });
    assert_eq!(outcome(&advice, 50, 3, &[1, 2, 1]), Outcome { verdict: Verdict::Ranked, chosen: vec![1, 0, 2] });
}

#[test]
fn the_count_that_is_needed_is_the_smallest_that_is_enough() {
    for (num, den) in [(1, 2), (2, 3), (3, 4), (1, 1), (999, 1000)] {
        for strict in [false, true] {
            let fraction = Fraction { num, den, strict };
            for whole in 0..200 {
                let need = fraction.need(whole);
                assert!(fraction.is_met(need, whole) && (need == 0 || !fraction.is_met(need - 1, whole)));
            }
        }
    }
}
