//! What sealing and checking a ballot costs, as ratios to one scalar multiplication on the same machine.
//!
//! `cargo run --release -p ballot --example cost`
//!
//! `challenge form` is the alternative that docs/BALLOT.md weighs: challenges instead of commitments are published,
//! which is shorter and cannot be checked in batches. Its cost is that of the point multiplications it cannot avoid.
#![expect(clippy::unwrap_used, reason = "nothing here is input")]

#[path = "../tests/ballot/world.rs"]
#[expect(dead_code, reason = "shared with the tests, which use all of it")]
mod world;

use ballot::sealed::Batch;
use ballot::{CredentialState, Refusal, check_ballot};
use curve25519_dalek::traits::VartimeMultiscalarMul as _;
use curve25519_dalek::{RistrettoPoint, Scalar};
use std::hint::black_box;
use std::time::Duration;
use world::{Voter, World, draft, option};

#[expect(clippy::disallowed_methods, reason = "a benchmark measures time")]
fn now() -> std::time::Instant {
    std::time::Instant::now()
}

/// The fastest of some rounds, each at least 5 ms long.
fn time<T>(mut run: impl FnMut() -> T) -> Duration {
    let mut best = Duration::MAX;
    for _ in 0..7 {
        let (start, mut runs) = (now(), 0);
        while start.elapsed() < Duration::from_millis(5) {
            black_box(run());
            runs += 1;
        }
        best = best.min(start.elapsed() / runs);
    }
    best
}

fn main() {
    let point = RistrettoPoint::mul_base(&Scalar::from(3_u8));
    let scalar = -Scalar::from(5_u8);
    let unit = time(|| black_box(point) * black_box(scalar));
    let ratio = |duration: Duration| duration.as_secs_f64() / unit.as_secs_f64();
    let pair =
        time(|| RistrettoPoint::vartime_multiscalar_mul([&scalar, &(scalar + scalar)], [&point, &(point + point)]));
    println!("one scalar multiplication: {unit:?}; two at once, variable time: [{:.1}]", ratio(pair));
    println!(
        "  n | seal           | check one      | in batches of 64 | challenge form at least | bytes | challenge form"
    );
    for n in [2_u16, 5, 10, 20] {
        let mut draft = draft((2, 3));
        draft.questions.truncate(1);
        draft.questions[0].options = (0..n).map(|i| option(&format!("option {i}"))).collect();
        let mut world = World::open(&draft, 100);
        let context = world.context();
        let voters: Vec<Voter> = (1..=64).map(|slot| world.voter(slot)).collect();
        let seal = time(|| world.seal(&voters[0], &[vec![1]]));
        let sealed: Vec<_> =
            voters.iter().map(|voter| (world.key(voter).public(), world.seal(voter, &[vec![1]]))).collect();
        let state = |key: [u8; 32], slot: u32| {
            let (superseded, last_hash) = (false, [0; 32]);
            CredentialState { key, slot, generation: 1, superseded, last_number: 0, last_hash }
        };
        let first = state(sealed[0].0, 1);
        let check = time(|| check_ballot(&context, Some(&first), &sealed[0].1.bytes).map(drop));
        let batch = time(|| {
            let items: Result<Vec<_>, Refusal> = sealed
                .iter()
                .zip(1..)
                .map(|((key, s), slot)| Batch::item(&context, Some(&state(*key, slot)), &s.bytes))
                .collect();
            let items = items.unwrap_or_default();
            let mut batch = Batch::new(&context);
            items.iter().for_each(|item| batch.push(item));
            assert!(batch.holds());
        });
        // Two branches of two equations for each option, one branch for the sum; every one two points.
        let alternative = ratio(pair) * f64::from(4 * n + 2);
        let shorter = context.ballot_size() - usize::from(n) * 128 - 64 + 32;
        println!(
            " {n:2} | {seal:9.1?} [{:3.0}] | {check:9.1?} [{:3.0}] | {:9.1?} [{:4.1}] | [{alternative:3.0}] | {:5} | {shorter:5}",
            ratio(seal),
            ratio(check),
            batch / 64,
            ratio(batch / 64),
            context.ballot_size(),
        );
    }
}
