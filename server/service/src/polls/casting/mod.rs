//! What a voter's device asks for and sends.
//!
//! A vote's way: size and frame (cheap, refuses most nonsense) → its slot is the caller's, not recorded before
//! ([`voting`]: many votes in one read) → signature and proofs on a core of its own, no lock held → [`queue`]: many votes
//! in one durable transaction, which judges again what may have changed → the answer with its proof.

mod cast;
mod challenge;
mod context;
mod my_record;
pub(super) mod queue;
mod register;
mod status;
pub(super) mod voting;
