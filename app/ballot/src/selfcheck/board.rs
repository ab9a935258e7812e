//! `vectors/board.json`: a whole poll, ballots that are refused, a challenge.

use super::{bytes, ensure};
use crate::board::State;
use crate::checkpoint::Note;
use crate::manifest::limits;
use crate::verify::{Options, Verifier};
use crate::{Entry, Payload, sealed};
use serde::Deserialize;

#[derive(Deserialize)]
struct Board {
    checkpoint: String,
    entries: Vec<String>,
    refused: Vec<Refused>,
    ballot: Ballot,
    challenge: Challenge,
    totals: Vec<Vec<u32>>,
}

#[derive(Deserialize)]
struct Refused {
    what: String,
    bytes: String,
    refusal: String,
}

#[derive(Deserialize)]
struct Ballot {
    bytes: String,
    tracker: String,
}

#[derive(Deserialize)]
struct Challenge {
    bytes: String,
    tracker: String,
    choices: Vec<Vec<u16>>,
}

pub(super) fn check(json: &str) -> Result<(), String> {
    let board: Board = serde_json::from_str(json).map_err(|e| e.to_string())?;
    let ballot = bytes(&board.ballot.bytes)?;
    let mut state = State::new();
    let mut verifier = Verifier::new(Options::default());
    for (i, entry) in board.entries.iter().enumerate() {
        let entry = bytes(entry)?;
        ensure(entry.len() <= limits::BYTES && Entry::decode(&entry).is_ok(), format!("entry {i} does not decode"))?;
        if entry == ballot {
            for case in &board.refused {
                let refusal = state.check(&bytes(&case.bytes)?).err().map(crate::Refusal::code);
                ensure(refusal == Some(case.refusal.as_str()), &case.what)?;
            }
            let hash = sealed::ballot_hash(&ballot);
            ensure(crate::Tracker::of(&hash).to_string() == board.ballot.tracker, "tracker")?;
        }
        let checked = state.check(&entry).map_err(|e| format!("entry {i}: {e}"))?;
        state.apply(&checked).map_err(|e| format!("entry {i}: {e}"))?;
        verifier.push(&entry);
    }
    for index in verifier.wanted() {
        let entry = usize::try_from(index).ok().and_then(|i| board.entries.get(i)).ok_or("a wanted entry")?;
        verifier.supply(index, &bytes(entry)?);
    }
    ensure(Note::parse(&board.checkpoint).is_ok(), "checkpoint")?;
    verifier.checkpoint(&board.checkpoint);
    ensure(verifier.finish().exit_code() == 0, "a step of the verifier failed")?;
    let context = state.course().context().ok_or("the poll was not opened")?;
    let opened = sealed::reveal(context, &bytes(&board.challenge.bytes)?).map_err(|e| e.to_string())?;
    ensure(opened.choices == board.challenge.choices, "challenged choices")?;
    ensure(opened.tracker.to_string() == board.challenge.tracker, "challenged tracker")?;
    let result = state.course().result().and_then(|r| r.questions.as_ref()).ok_or("there is no result")?;
    ensure(result.iter().map(|q| &q.totals).eq(&board.totals), "totals")?;
    let last = board.entries.last().map_or(Ok(Vec::new()), |e| bytes(e))?;
    ensure(matches!(Entry::decode(&last).map(|e| e.payload), Ok(Payload::Result(_))), "the last entry")
}
