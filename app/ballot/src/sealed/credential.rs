//! Checking credentials: everything that needs only the poll's context.

use crate::entry::{Credential, Entry, Payload, Reissue, signed_part};
use crate::{PollContext, Refusal, sign};

/// Checks the signature of a first credential. That the slot has none yet, and that no other credential has this
/// key, is for the board to check.
///
/// # Errors
/// [`Refusal::NotCanonical`], [`Refusal::WrongPoll`], [`Refusal::UnknownSlot`], [`Refusal::WrongGeneration`],
/// [`Refusal::BadSignature`].
pub fn check_credential(context: &PollContext, bytes: &[u8]) -> Result<Credential, Refusal> {
    let credential = credential_frame(context, bytes)?;
    verify_possession(context, &credential, bytes)?;
    Ok(credential)
}

/// All but the signature.
pub(crate) fn credential_frame(context: &PollContext, bytes: &[u8]) -> Result<Credential, Refusal> {
    let entry = Entry::decode(bytes)?;
    let Payload::Credential(credential) = entry.payload else {
        return Err(Refusal::NotCanonical);
    };
    on_roll(context, &entry.poll, credential.slot)?;
    if credential.generation == 1 { Ok(credential) } else { Err(Refusal::WrongGeneration) }
}

/// The signature of a framed credential.
pub(crate) fn verify_possession(context: &PollContext, credential: &Credential, bytes: &[u8]) -> Result<(), Refusal> {
    let (key, signature) = (&credential.key, &credential.possession);
    sign::verify(key, context.hash(), signed_part(bytes), signature)
}

/// Checks both signatures of a re-issued credential. That its generation is the next one, and that no other
/// credential has this key, is for the board to check.
///
/// # Errors
/// As [`check_credential`], and [`Refusal::UnknownClerk`].
pub fn check_reissue(context: &PollContext, bytes: &[u8]) -> Result<Reissue, Refusal> {
    let entry = Entry::decode(bytes)?;
    let Payload::Reissue(reissue) = entry.payload else {
        return Err(Refusal::NotCanonical);
    };
    on_roll(context, &entry.poll, reissue.slot)?;
    if reissue.generation < 2 {
        return Err(Refusal::WrongGeneration);
    }
    let clerk = context.manifest().clerks.get(usize::from(reissue.clerk)).ok_or(Refusal::UnknownClerk)?;
    let request = bytes.get(..Reissue::REQUEST).ok_or(Refusal::NotCanonical)?;
    sign::verify(&reissue.key, context.hash(), request, &reissue.possession)?;
    sign::verify(&clerk.key.0, context.hash(), signed_part(bytes), &reissue.signature)?;
    Ok(reissue)
}

fn on_roll(context: &PollContext, poll: &crate::PollId, slot: u32) -> Result<(), Refusal> {
    if *poll != context.poll() {
        Err(Refusal::WrongPoll)
    } else if (1..=context.slots()).contains(&slot) {
        Ok(())
    } else {
        Err(Refusal::UnknownSlot)
    }
}
