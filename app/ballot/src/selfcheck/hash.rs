//! `vectors/hash.json`: the hash, what is derived with it, and what people type.

use super::{array, bytes, ensure};
use crate::hash::Hash;
use crate::{ClerkKey, PollId, RecoveryCode, Tracker, VoterKey, roll};
use serde::Deserialize;

#[derive(Deserialize)]
struct Vectors {
    t: Vec<Hashed>,
    tracker: Tracked,
    recovery_code: Code,
    voter_key: Derived,
    clerk_key: Derived,
    roll_slot: Slot,
}

#[derive(Deserialize)]
struct Hashed {
    label: String,
    parts: Vec<String>,
    digest: String,
}

#[derive(Deserialize)]
struct Tracked {
    hash: String,
    tracker: String,
}

#[derive(Deserialize)]
struct Code {
    secret: String,
    code: String,
}

#[derive(Deserialize)]
struct Derived {
    seed: String,
    #[serde(default)]
    poll: String,
    public: String,
}

#[derive(Deserialize)]
struct Slot {
    poll: String,
    slot: u32,
    salt: String,
    person: String,
    commitment: String,
}

pub(super) fn check(json: &str) -> Result<(), String> {
    let vectors: Vectors = serde_json::from_str(json).map_err(|e| e.to_string())?;
    for case in &vectors.t {
        let parts = case.parts.iter().map(|part| bytes(part)).collect::<Result<Vec<_>, _>>()?;
        let hash = parts.iter().fold(Hash::new(&case.label), |hash, part| hash.part(part));
        ensure(hash.wide() == array(&case.digest)?, format!("T({}; {:?})", case.label, case.parts))?;
    }
    let Tracked { hash, tracker } = &vectors.tracker;
    ensure(Tracker::of(&array(hash)?).to_string() == *tracker, "tracker")?;
    let Code { secret, code } = &vectors.recovery_code;
    let read: RecoveryCode = code.parse().map_err(|_| "the recovery code is not one")?;
    ensure(*read.secret() == array(secret)? && read.to_string() == *code, "recovery code")?;
    let Derived { seed, poll, public } = &vectors.voter_key;
    ensure(VoterKey::derive(&array(seed)?, PollId(array(poll)?)).public() == array(public)?, "voter's key")?;
    let Derived { seed, public, .. } = &vectors.clerk_key;
    ensure(ClerkKey::derive(&array(seed)?).public().0 == array(public)?, "clerk's key")?;
    let Slot { poll, slot, salt, person, commitment } = &vectors.roll_slot;
    let made = roll::commit(PollId(array(poll)?), *slot, &array(salt)?, person);
    ensure(made == array(commitment)?, "commitment of a slot")
}
