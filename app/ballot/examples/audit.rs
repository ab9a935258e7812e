//! How long a whole board takes to verify, and in how much memory.
//!
//! `cargo run --release -p ballot --example audit -- write 20000 board.bin` makes a board of that many ballots;
//! `cargo run --release -p ballot --features parallel --example audit -- verify board.bin` reads it.
#![expect(clippy::unwrap_used, reason = "nothing here is input")]

#[path = "../tests/ballot/world.rs"]
#[expect(dead_code, reason = "shared with the tests, which use all of it")]
mod world;

use ballot::verify::{Options, Verifier};
use std::fs::File;
use std::io::{BufReader, BufWriter, Read, Write};
use world::{World, draft};

#[expect(clippy::disallowed_methods, reason = "a benchmark measures time")]
fn now() -> std::time::Instant {
    std::time::Instant::now()
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["write", count, file] => write(count.parse().unwrap(), file),
        ["verify", file] => verify(file),
        _ => println!("write COUNT FILE, or verify FILE"),
    }
}

fn write(count: u32, file: &str) {
    let mut draft = draft((2, 3));
    draft.questions.truncate(1);
    let mut world = World::open(&draft, count + 10);
    for slot in 1..=count {
        let mut voter = world.voter(slot);
        world.vote(&mut voter, &[vec![0]]);
        // One voter in twenty votes again.
        if slot % 20 == 0 {
            world.vote(&mut voter, &[vec![1]]);
        }
    }
    world.close();
    let mut out = BufWriter::new(File::create(file).unwrap());
    for entry in &world.board {
        out.write_all(&u16::try_from(entry.len()).unwrap().to_be_bytes()).unwrap();
        out.write_all(entry).unwrap();
    }
}

/// The next entry of the file, and where it starts.
fn next(input: &mut impl Read) -> Option<Vec<u8>> {
    let mut length = [0; 2];
    input.read_exact(&mut length).ok()?;
    let mut entry = vec![0; usize::from(u16::from_be_bytes(length))];
    input.read_exact(&mut entry).ok()?;
    Some(entry)
}

fn verify(file: &str) {
    let start = now();
    let mut verifier = Verifier::new(Options::default());
    let mut input = BufReader::new(File::open(file).unwrap());
    while let Some(entry) = next(&mut input) {
        verifier.push(&entry);
    }
    let wanted: std::collections::BTreeSet<u64> = verifier.wanted().into_iter().collect();
    let mut input = BufReader::new(File::open(file).unwrap());
    for index in 0..verifier.size() {
        let entry = next(&mut input).unwrap();
        if wanted.contains(&index) {
            verifier.supply(index, &entry);
        }
    }
    let report = verifier.finish();
    let seconds = start.elapsed().as_secs_f64();
    println!(
        "{} ballots, {} count, {seconds:.1} s, {:.0} ballots/s",
        report.cast,
        report.counted,
        f64::from(report.cast) / seconds
    );
    for step in report.steps.iter().filter(|step| step.count > 0) {
        println!("V{} {}: {:?}", step.number, step.code, step.findings);
    }
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    println!("{}", status.lines().find(|line| line.starts_with("VmHWM")).unwrap_or("no VmHWM here"));
}
