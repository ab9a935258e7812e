//! Verifying a record against the sum of its bare proof checks; whether memory grows with the ballots.

use crate::machine;
use crate::world::{Voter, World, draft, note, option};
use ballot::{CredentialState, check_ballot};
use server::cli::verify::{Source, recount};
use std::path::Path;
use std::time::{Duration, Instant};

/// Options of the one question.
const OPTIONS: usize = 5;

/// A finished poll with so many ballots, as a folder; and the mean time of one bare check on one core.
fn write(folder: &Path, ballots: u32) -> Duration {
    let mut draft = draft((2, 3));
    draft.questions.truncate(1);
    draft.questions[0].options = (0..OPTIONS).map(|i| option(&format!("option {i}"))).collect();
    draft.questions[0].yes = Some(0);
    let mut world = World::open(&draft, ballots);
    let context = world.context();
    let mut voters: Vec<Voter> = (1..=ballots).map(|slot| world.voter(slot)).collect();
    let mut checks = Vec::new();
    for (n, voter) in voters.iter_mut().enumerate() {
        let choice = u16::try_from(n % OPTIONS).unwrap_or(0);
        if n < 500 {
            let sealed = world.seal(voter, &[vec![choice]]);
            let state = CredentialState {
                key: world.key(voter).public(),
                slot: voter.slot,
                generation: 1,
                superseded: false,
                last_number: 0,
                last_hash: [0; 32],
            };
            let start = Instant::now();
            check_ballot(&context, Some(&state), &sealed.bytes).expect("a good ballot");
            checks.push(start.elapsed());
            world.post(&sealed.bytes).expect("a good ballot");
            voter.last = Some((1, sealed.hash));
        } else {
            world.vote(voter, &[vec![choice]]);
        }
    }
    world.close();
    world.count();
    crate::folder::save(folder, &world.board, &note(&world.manifest, &world.board));
    checks.sort();
    checks[checks.len() / 2]
}

/// Writes records of a tenth and of all the ballots, and verifies both.
pub fn run(ballots: u32) {
    println!("\n## Verifying a record ({OPTIONS} options)\n");
    for ballots in [ballots / 10, ballots] {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let check = write(folder.path(), ballots);
        let source = Source::open(&folder.path().display().to_string()).expect("the record");
        machine::forget_peak();
        let (before, _) = machine::memory(std::process::id());
        let start = Instant::now();
        let outcome = recount(&source, None, &[], &mut |_, _| ()).expect("the record can be read");
        let took = start.elapsed();
        let (_, peak) = machine::memory(std::process::id());
        assert_eq!(outcome.report.first_failure(), None, "{}", outcome.to_text());
        let bare = check * ballots / u32::try_from(machine::cores()).expect("few cores");
        println!(
            "- {ballots} ballots: {took:.2?}; bare proof checks / cores {bare:.2?} ({check:.0?} each): ratio {:.2}; memory +{:.0} MB over {before:.0} MB",
            took.as_secs_f64() / bare.as_secs_f64(),
            (peak - before).max(0.0),
        );
    }
}
